import { safeDecode } from './name.js';

/** A name that Jitsi's own web server doesn't serve the meeting at. */
export interface UnservedName {
  of: 'room' | 'tenant';
  /** What is wrong, as the rest of a sentence that begins with the name. */
  why: string;
  /** What to do about it. */
  fix: string;
}

/**
 * Jitsi's web server takes the first part of a path for a room or tenant where nginx's `[^/?&:'"]+` matches the decoded
 * name, in its Debian package and in its container alike. It answers 404 to every other name, and 400 to a NUL.
 */
const NOT_SERVED = /[?&:'"\0\n]/g;

/** What Jitsi's web server answers itself. A room is one name whatever its case, so the case doesn't count. */
const ROOMS: ReadonlySet<string> = new Set([
  '_unlock',
  'conference-request',
  'config.js',
  'external_api.js',
  'favicon.ico',
  'http-bind',
  'interface_config.js',
  'manifest.json',
  'pwa-worker.js',
  'robots.txt',
  'xmpp-websocket',
]);
const TENANTS: ReadonlySet<string> = new Set([
  '.well-known',
  '_api',
  '_load-test',
  'colibri-relay-ws',
  'colibri-ws',
  'conference-request',
  'connection_optimization',
  'css',
  'etherpad',
  'fonts',
  'images',
  'lang',
  'libs',
  'socket.io',
  'sounds',
  'static',
  'transcripts',
]);
/** Behind a tenant these count from the beginning of the name. */
const BEHIND_TENANT = /^(http-bind|xmpp-websocket|conference-request)/;

/** Whether Jitsi's web server serves the meeting under these names; `undefined`: it does. */
export function unservedName(address: { room: string; tenant?: string | null }): UnservedName | undefined {
  const tenants = address.tenant ? address.tenant.split('/').map(safeDecode) : [];
  const room = safeDecode(address.room);
  if (room.includes('/')) return { of: 'room', why: 'has a slash in it', fix: withoutSlash(room, tenants.length > 0) };
  for (const name of tenants) {
    const why = name.includes('/')
      ? 'has a slash in one of its names'
      : problemOf(name, TENANTS.has(name.toLowerCase()));
    if (why) return { of: 'tenant', why, fix: 'Use letters, digits, - and _ in the name of the tenant.' };
  }
  const folded = room.toLowerCase();
  const why = problemOf(room, ROOMS.has(folded) || (tenants.length > 0 && BEHIND_TENANT.test(folded)));
  return why ? { of: 'room', why, fix: `Choose another name for the room, without ? & : ' " in it.` } : undefined;
}

function problemOf(name: string, isTaken: boolean): string | undefined {
  if (isTaken) return "is an address of Jitsi's own web server";
  const found = [...new Set(name.match(NOT_SERVED))];
  if (found.length === 0) return undefined;
  const shown = found.map((character) => (character < ' ' ? 'a control character' : character)).join(' ');
  return `has ${shown} in it, and Jitsi's web server answers 404 to such a name`;
}

/** A room with a slash is mostly a tenant and a room, as the option `roomName` of Jitsi's IFrame API takes them. */
function withoutSlash(room: string, hasTenant: boolean): string {
  const names = room.split('/').filter(Boolean);
  const last = names.pop() ?? '';
  if (hasTenant || names.length === 0 || !last || /[?#:]/.test(room)) return 'Set the name of the room alone.';
  return `Set tenant=${JSON.stringify(names.join('/'))} and room=${JSON.stringify(last)}.`;
}
