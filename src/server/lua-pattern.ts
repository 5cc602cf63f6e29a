import { normaliseRoom } from '../room/index.js';

/** For the grant `room: { pattern }`, which Prosody reads as a Lua pattern. */
export const luaPattern = {
  /**
   * A text as a pattern that matches just that text in a room's name, as Prosody spells the name:
   * `{ pattern: luaPattern.escape(team) + '%-%d+' }`.
   */
  escape(text: string): string {
    return normaliseRoom(text).replaceAll(/[^a-z0-9_]/g, '%$&');
  },
};
