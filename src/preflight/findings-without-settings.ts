import type { Claims, DecodedToken, TokenHeader } from '../claims/index.js';
import { MILLISECONDS_FROM } from '../claims/times.js';
import { normaliseRoom, normaliseTenant } from '../room/index.js';
import { anyServerFixes } from './codes/any-server.js';
import { explain } from './explain.js';
import { findingsOf, show } from './finding.js';
import { sizeFindings } from './size.js';
import { subFix } from './sub.js';
import type { Finding } from './types.js';

/** The meeting that a token is meant for, as far as it is known without settings. */
export interface SureRequest {
  room: string;
  tenant?: string | null;
  /** The server's time as well as it is known. */
  now: Date;
  /** Whether `now` is trusted to be the server's time (default). If not, what hangs on it are warnings. */
  trustClock?: boolean;
}

const finding = findingsOf(anyServerFixes);

/**
 * What is sure without the deployment's settings (errors: loading Jitsi's app would be in vain), and what most
 * deployments would refuse (warnings). Without the signature, naturally. `undefined`: no token is sent.
 */
export function findingsWithoutSettings(decoded: DecodedToken | undefined, request: SureRequest): Finding[] {
  const found = sizeFindings(decoded?.length ?? 0, request);
  if (decoded?.malformed !== undefined)
    found.push(finding('token-malformed', 'error', 'connect', { found: decoded.malformed }));
  else if (decoded) {
    const { header, claims } = decoded;
    const said = [
      ...timeFindings(claims, request),
      ...roomFindings(claims, request),
      ...doubts(header, claims, request),
    ];
    found.push(...explain(said, { header, claims }));
  }
  if (unusableRoom(request.room))
    found.push(finding('room-address-unusable', 'error', 'join', { found: show(request.room) }));
  return found;
}

/** Whether XMPP has no address for the room (RFC 7622, and RFC 6122's nodeprep in Prosody). */
export function unusableRoom(room: string): boolean {
  const node = normaliseRoom(room);
  return node === '' || node.includes("'") || node.length > 1023;
}

function timeFindings({ exp, nbf }: Claims, { now, trustClock = true }: SureRequest): Finding[] {
  const severity = trustClock ? 'error' : 'warning';
  const seconds = Math.floor(now.getTime() / 1000);
  const found: Finding[] = [];
  if (typeof exp === 'number' && seconds >= exp)
    found.push(finding('token-expired', severity, 'connect', { claim: 'exp', found: `${seconds - exp} s ago` }));
  // No clock is that wrong.
  if (typeof nbf === 'number' && nbf >= MILLISECONDS_FROM)
    found.push(finding('nbf-milliseconds', 'error', 'connect', { claim: 'nbf', found: show(nbf) }));
  else if (typeof nbf === 'number' && seconds < nbf)
    found.push(
      finding('token-not-yet-valid', severity, 'connect', { claim: 'nbf', found: `${nbf - seconds} s ahead` }),
    );
  return found;
}

/** As Lua's `string.lower`. */
const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Whether `context.room.regex` makes a Lua pattern of the claim `room`. */
export function isRoomPattern({ context }: Claims): boolean {
  const pattern = (context as { room?: { regex?: unknown } } | null | undefined)?.room?.regex;
  return pattern === true || pattern === 'true';
}

function roomFindings(claims: Claims, request: SureRequest): Finding[] {
  const { room } = claims;
  // What a pattern matches only the server can say, or a preflight that knows patterns.
  if (typeof room !== 'string' || room === '*' || isRoomPattern(claims)) return [];
  const expected = normaliseRoom(request.room);
  const claimed = asciiLower(room);
  // A server without domain verification also takes its own notation of a room in a tenant.
  if (claimed === expected || claimed === `[${normaliseTenant(request.tenant ?? '')}]${expected}`) return [];
  return [finding('room-other', 'error', 'join', { claim: 'room', found: show(room), expected: show(expected) })];
}

function doubts(header: TokenHeader, claims: Claims, { tenant }: SureRequest): Finding[] {
  const { exp, nbf, iss, aud, room, sub } = claims;
  const found: Finding[] = [];
  const doubt = (
    code: keyof typeof anyServerFixes,
    stage: 'connect' | 'join',
    claim: string,
    value: unknown,
    expected?: string,
  ) => found.push(finding(code, 'warning', stage, { claim, found: show(value), ...(expected && { expected }) }));
  if (header.typ !== 'JWT') doubt('typ-not-jwt', 'connect', 'header.typ', header.typ, '"JWT"');
  if (exp !== undefined && exp !== false && typeof exp !== 'number')
    doubt('exp-not-number', 'connect', 'exp', exp, 'a number');
  if (nbf !== undefined && nbf !== false && typeof nbf !== 'number')
    doubt('nbf-not-number', 'connect', 'nbf', nbf, 'a number');
  if (iss === undefined) doubt('iss-missing', 'connect', 'iss', iss);
  if (aud === undefined) doubt('aud-missing', 'connect', 'aud', aud);
  if (room === undefined) doubt('room-missing', 'connect', 'room', room);
  else if (typeof room !== 'string') doubt('room-not-text', 'join', 'room', room, 'a text');
  if (sub === undefined) doubt('sub-missing', 'connect', 'sub', sub, tenant ? show(tenant) : 'the domain');
  // Without a tenant it has to be the XMPP domain, which isn't known; but every domain has a dot.
  else if (
    tenant ? asciiLower(String(sub)) !== normaliseTenant(tenant) && sub !== '*' : !/[.*]|^localhost$/.test(String(sub))
  )
    found.push({
      ...finding('sub-other', 'warning', 'join', {
        claim: 'sub',
        found: show(sub),
        expected: tenant ? show(normaliseTenant(tenant)) : 'the domain',
      }),
      fix: subFix(claims, tenant),
    });
  return found;
}
