import type { DecodedToken } from '../claims/index.js';
import type { Grant } from './types.js';

/** A smaller difference than this says nothing: the `Date` header and `iat` count whole seconds. */
const smallestSkew = 2_000;

/**
 * How far the server's clock is ahead of the device's, ms: by the `Date` header of the answer, else by the `iat` of a
 * token that was made for this request. 0 where the two agree, `undefined` where nothing tells.
 */
export function serverSkew(grant: Grant, decoded: DecodedToken, now: number, fresh: boolean): number | undefined {
  const issued = fresh ? decoded.times?.issuedAt?.getTime() : undefined;
  const serverTime = grant.serverTime ?? issued;
  if (serverTime === undefined) return undefined;
  const skew = serverTime - now;
  return Math.abs(skew) > smallestSkew ? skew : 0;
}

/** When the token ends, ms since 1970 by the server's clock: its `exp`, else what the endpoint said. */
export function expiryOf(decoded: DecodedToken, grant: Grant, now: number): number | undefined {
  const exp = decoded.times?.expiresAt?.getTime();
  if (exp !== undefined) return exp;
  return grant.expiresIn === undefined ? undefined : now + grant.expiresIn * 1000;
}
