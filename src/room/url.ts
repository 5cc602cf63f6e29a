import { JitsiMeetingError } from '../errors.js';
import { parseDomain } from './domain.js';
import { encode, safeDecode } from './name.js';
import { unservedName } from './served.js';

/** Where a meeting is. */
export interface MeetingAddress {
  /** Host or host:port. */
  readonly domain: string;
  /** The part of the path before the room. */
  readonly tenant?: string | null;
  /** The room's name, percent-encoded or not; `a b` and `a%20b` are the same room. */
  readonly room: string;
}

/** Arguments of `buildMeetingUrl`. */
export interface MeetingUrlOptions extends MeetingAddress {
  /** The token. Everyone who reads an address with a token can enter the room. */
  readonly jwt?: string;
  /** Language of Jitsi's interface, such as `de`. */
  readonly lang?: string;
}

/**
 * The meeting's address, as Jitsi's `urlObjectToString` builds it. Throws `config-invalid` for what has no address, or
 * one that Jitsi's web server doesn't serve.
 */
export function buildMeetingUrl({ domain, tenant, room, jwt, lang }: MeetingUrlOptions): string {
  const parsed = parseDomain(domain);
  if (parsed.problem) throw invalid(parsed.problem, 'Set the host only.');
  const url = new URL(`https://${parsed.domain}/${apiRoomName({ tenant, room })}`);
  if (jwt) {
    // Both places, as Jitsi does: the query is what its older releases read.
    url.searchParams.set('jwt', jwt);
    url.hash = `jwt=${JSON.stringify(jwt)}`;
  }
  if (lang) url.searchParams.set('lang', lang);
  return url.href;
}

/**
 * The path of the meeting, and what has to be given as `roomName` to Jitsi's `JitsiMeetExternalAPI`: it appends that to
 * the address as it is, so that an unescaped `?`, `#` or `..` in a name would reach another address.
 * Throws `config-invalid` for what has no address, or one that Jitsi's web server doesn't serve.
 */
export function apiRoomName({ tenant, room }: Pick<MeetingAddress, 'tenant' | 'room'>): string {
  const unserved = unservedName({ tenant: tenant ?? null, room });
  if (unserved) {
    const { of, why, fix } = unserved;
    const name = safeDecode((of === 'room' ? room : tenant) ?? '');
    throw invalid(`The ${of} ${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)} ${why}.`, fix);
  }
  const tenants = tenant ? tenant.split('/').map((part) => segment(part, 'tenant')) : [];
  return [...tenants, segment(room, 'room')].join('/');
}

/**
 * Besides what `encodeURIComponent` escapes: Jitsi's client drops these from a path (`_fixPathPart`) unless escaped.
 */
const DROPPED = /[!'()*]/g;

function segment(name: string, kind: 'room' | 'tenant'): string {
  const plain = safeDecode(name);
  if (plain === '') throw invalid(`The ${kind} has an empty name or part.`, `Set the name of the ${kind}.`);
  if (isFolder(plain))
    throw invalid(
      `The ${kind} is called "${plain}", which browsers read as a folder.`,
      `Choose another name for the ${kind}.`,
    );
  return encode(plain).replace(DROPPED, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** What Jitsi's client drops from the parts of a path (`_ROOM_EXCLUDE_PATTERN` in Jitsi's `base/util/uri.ts`). */
const UNUSED_IN_PATH = /[:?#[\]@!$&'()*+,;=></"]/g;

/** What `parseMeetingUrl` found in an address. */
export interface ParsedMeetingUrl {
  domain: string;
  tenant: string | null;
  room: string;
}

/**
 * Reads a meeting's address as people paste it: with or without a scheme (Jitsi's `org.jitsi.meet:` too), a query, a
 * token. `undefined` where there is no room in it. What comes out is what `buildMeetingUrl` takes, unless Jitsi's web
 * server doesn't serve such a name.
 */
export function parseMeetingUrl(address: string): ParsedMeetingUrl | undefined {
  let url: URL;
  try {
    url = new URL(`https://${address.trim().replace(/^([a-z][a-z0-9+.-]*:)*\/\//i, '')}`);
  } catch {
    return undefined;
  }
  const parts = url.pathname.split('/').map((part) => part.replace(UNUSED_IN_PATH, ''));
  const room = parts.pop()!;
  const tenants = parts.filter(Boolean);
  if (!room || [room, ...tenants].some(isFolder)) return undefined;
  const tenant = tenants.map((part) => (safeDecode(part).includes('/') ? part : readable(part))).join('/');
  return { domain: url.host, tenant: tenant || null, room: readable(room) };
}

/** Decoded, unless decoding that once more would make another name of it. */
function readable(part: string): string {
  const plain = safeDecode(part);
  return safeDecode(plain) === plain ? plain : part;
}

const isFolder = (name: string): boolean => name === '.' || name === '..';

const invalid = (message: string, hint: string) => new JitsiMeetingError('config-invalid', message, { hint });
