import { toBytes } from '../claims/decode.js';
import { show } from './finding.js';
import type { LuaValue } from './lua/values.js';

/** A value of the server's for people: bytes are UTF-8 again. */
export const showLua = (value: LuaValue): string => show(plain(value));

function plain(value: LuaValue): unknown {
  if (typeof value === 'string') return new TextDecoder().decode(toBytes(value));
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (value instanceof Map) return value.size === 0 ? {} : { '…': `${value.size} names` };
  if (Array.isArray(value))
    return value.length === 1 ? [plain(value[0])] : value.map((item) => (typeof item === 'object' ? '…' : plain(item)));
  return value;
}
