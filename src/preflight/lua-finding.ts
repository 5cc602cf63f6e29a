import type { WordsOf } from '../server-texts.js';
import type { FindingCode } from './codes/index.js';
import { findingsOf } from './finding.js';
import type { LuaValue } from './lua/values.js';
import { showLua } from './show-lua.js';
import type { Finding } from './types.js';

/** Makes the errors of a stage, about values as the server's Lua sees them. Without `serverText` no answer comes. */
export const luaErrorsOf =
  <Code extends FindingCode>(fixes: Record<Code, string>, stage: 'connect' | 'join') =>
  <Found extends Code>(
    code: Found,
    serverText?: WordsOf<Found>,
    claim?: string,
    found?: LuaValue,
    expected?: string,
  ): Finding =>
    findingsOf(fixes)(code, 'error', stage, {
      ...(claim && { claim, found: showLua(found) }),
      ...(expected && { expected }),
      ...(serverText && { serverText }),
    });
