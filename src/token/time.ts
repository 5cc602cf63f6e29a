import type { DecodedToken } from '../claims/index.js';
import type { TokenResponse, TokenSource } from './types.js';

/** A smaller difference than this says nothing: the `Date` header and `iat` count whole seconds. */
const smallestSkew = 2_000;

/**
 * How far the server's clock is ahead of the device's, ms: by the `Date` header of the answer, else by the token's
 * `iat`. 0 where the two agree, `undefined` where nothing tells.
 */
export function serverSkew(
  received: TokenResponse,
  decoded: DecodedToken,
  now: number,
  source: TokenSource,
): number | undefined {
  const serverTime = received.serverTime ?? issueTime(decoded, now, source);
  if (serverTime === undefined) return undefined;
  const skew = serverTime - now;
  return Math.abs(skew) > smallestSkew ? skew : 0;
}

/**
 * `iat`, where it tells what time it is. No token comes from the future, so then the device is behind; one from the
 * past may be hours old: an endpoint makes each anew, what the page holds is old, and code of the page may do either,
 * so that it is taken for new only where it would be over otherwise.
 */
function issueTime({ times }: DecodedToken, now: number, { provider, endpoint }: TokenSource): number | undefined {
  // It may be in milliseconds, for example, which does not make a server refuse the token.
  if (times?.problems.some(({ claim }) => claim === 'iat')) return undefined;
  const issuedAt = times?.issuedAt?.getTime();
  if (issuedAt === undefined || issuedAt > now - smallestSkew) return issuedAt;
  const isOver = (times?.expiresAt?.getTime() ?? Infinity) <= now;
  return (provider ? isOver : endpoint) ? issuedAt : undefined;
}

/** When the token ends, ms since 1970 by the server's clock: its `exp`, else how long it lives by who gave it. */
export function expiryOf(decoded: DecodedToken, { expiresIn }: TokenResponse, now: number): number | undefined {
  const exp = decoded.times?.expiresAt?.getTime();
  if (exp !== undefined) return exp;
  if (typeof expiresIn !== 'number' || !(expiresIn > 0)) return undefined;
  // Code of the page and endpoints may say anything, and of most numbers no date can be made.
  const end = new Date(now + expiresIn * 1000).getTime();
  return Number.isNaN(end) ? undefined : end;
}
