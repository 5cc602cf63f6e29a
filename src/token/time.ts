import type { DecodedToken } from '../claims/index.js';
import type { Grant, TokenSource } from './types.js';

/** A smaller difference than this says nothing: the `Date` header and `iat` count whole seconds. */
const smallestSkew = 2_000;

/**
 * How far the server's clock is ahead of the device's, ms: by the `Date` header of the answer, else by the token's `iat`.
 * 0 where the two agree, `undefined` where nothing tells.
 */
export function serverSkew(grant: Grant, decoded: DecodedToken, now: number, source: TokenSource): number | undefined {
  const serverTime = grant.serverTime ?? issueTime(decoded, now, source);
  if (serverTime === undefined) return undefined;
  const skew = serverTime - now;
  return Math.abs(skew) > smallestSkew ? skew : 0;
}

/**
 * `iat`, where it tells what time it is. No token comes from the future, so then the device is behind; one from the past
 * may be hours old: an endpoint makes each anew, what the page holds is old, and code of the page may do either, so that
 * it is taken for new only where it would be over otherwise.
 */
function issueTime({ times }: DecodedToken, now: number, { provider, endpoint }: TokenSource): number | undefined {
  const issuedAt = times?.issuedAt?.getTime();
  if (issuedAt === undefined || issuedAt > now - smallestSkew) return issuedAt;
  const isOver = (times?.expiresAt?.getTime() ?? Infinity) <= now;
  return (provider ? isOver : endpoint) ? issuedAt : undefined;
}

/** When the token ends, ms since 1970 by the server's clock: its `exp`, else what the endpoint said. */
export function expiryOf(decoded: DecodedToken, grant: Grant, now: number): number | undefined {
  const exp = decoded.times?.expiresAt?.getTime();
  if (exp !== undefined) return exp;
  return grant.expiresIn === undefined ? undefined : now + grant.expiresIn * 1000;
}
