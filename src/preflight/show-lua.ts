import { toBytes } from '../claims/decode.js';
import { show } from './finding.js';
import type { LuaValue } from './lua/values.js';

/** A value of the server's for people: bytes are UTF-8 again. */
export const showLua = (value: LuaValue): string => show(plain(value));

/** A value of the server's as JSON would give it. */
export function plain(value: LuaValue): unknown {
  if (typeof value === 'string') return new TextDecoder().decode(toBytes(value));
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([name, item]) => [plain(name), plain(item)]));
  return value;
}
