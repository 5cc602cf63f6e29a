import { toBytes } from '../claims/decode.js';
import { asString, index, isIndexable, isTable, isTrue, type LuaValue } from './lua/values.js';
import type { JitsiRelease } from './types.js';

/**
 * Why `mod_presence_identity` fails over `context.user` or `context.group`, or `undefined`. It writes each name and value
 * of the user as an XML element into the presence; Prosody's `util.stanza` checks names and texts. Since June 2026 a name
 * that XML doesn't have is left out.
 */
export function identityProblem(
  claims: LuaValue,
  release: JitsiRelease,
): { claim: string; found: LuaValue } | undefined {
  const { user, group } = keptIdentity(claims);
  if (!isTrue(user)) return undefined;
  if (!isTable(user)) return { claim: 'context.user', found: user };
  const unfit = Array.isArray(user)
    ? user.length > 0
    : [...user].some(([name, value]) => (isName(name) ? !isText(textOf(value)) : release === '2026-03'));
  if (unfit) return { claim: 'context.user', found: user };
  if (isTrue(group) && !(typeof group === 'string' && isText(group))) return { claim: 'context.group', found: group };
  return undefined;
}

/** What the server keeps of the person: of `context`, or else of a `user_id` beside it. */
export function keptIdentity(claims: LuaValue): { user: LuaValue; group: LuaValue } {
  const context = index(claims, 'context');
  if (isIndexable(context)) return { user: index(context, 'user'), group: index(context, 'group') };
  const id = context === undefined ? index(claims, 'user_id') : undefined;
  return { user: isTrue(id) ? new Map([['id', id]]) : undefined, group: undefined };
}

/** `tostring` makes a text of anything; only strings can be unfit for XML. */
const textOf = (value: LuaValue): string => asString(value) ?? '';

const isName = (name: string): boolean => name !== '' && !/[<>& '"]/.test(name) && isText(name);

/** Bytes that may stand in XML as Prosody checks it, and are UTF-8. */
function isText(text: string): boolean {
  const bytes = toBytes(text);
  if (!bytes.every((byte) => (byte < 20 ? [9, 10, 13].includes(byte) : byte !== 127 && byte < 248))) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
