import { MILLISECONDS_FROM } from '../claims/times.js';
import type { DecodedToken } from '../claims/index.js';
import { isObject } from '../plain.js';
import { normaliseRoom } from '../room/name.js';
import { normaliseTenant } from '../room/tenant.js';
import type { Target } from './target.js';

/** Characters that any server and proxy takes, the names of the meeting included. */
const longestPlain = 6_000;

/**
 * Whether there is surely nothing to find in a token without a deployment's settings, so that the rules needn't be
 * fetched: the usual token, as `findingsWithoutSettings` would read it. What is unusual but good is left to the rules.
 * @param now by the server's clock, ms
 */
export function isFaultless(decoded: DecodedToken | undefined, { room, tenant }: Target, now: number): boolean {
  const node = normaliseRoom(room);
  if (node === '' || node.includes("'") || node.length > 500 || (tenant?.length ?? 0) > 100) return false;
  if (!decoded) return true;
  if (decoded.malformed !== undefined || decoded.length > longestPlain) return false;
  const { header, claims } = decoded;
  const { exp, nbf = 0, iss, aud, sub, room: claimed, context } = claims;
  const seconds = Math.floor(now / 1000);
  return (
    header.typ === 'JWT' &&
    typeof exp === 'number' &&
    seconds < exp &&
    typeof nbf === 'number' &&
    nbf <= Math.min(seconds, MILLISECONDS_FROM) &&
    iss !== undefined &&
    aud !== undefined &&
    (claimed === '*' || (claimed === node && !(isObject(context) && context.room))) &&
    typeof sub === 'string' &&
    (tenant ? sub === '*' || sub === normaliseTenant(tenant) : /[.*]|^localhost$/.test(sub))
  );
}
