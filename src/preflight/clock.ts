import type { DecodedToken } from '../claims/index.js';

/** A device's clock is wrong by minutes, sometimes hours; hardly by more (ms). */
const wrongestClock = 24 * 3600 * 1000;

/**
 * The times that it may be for a server, where only a device's clock tells: what that says, and, where it would make the
 * token invalid, a moment at which it is valid, unless that is too far to be the clock's fault.
 */
export function possibleTimes({ times }: DecodedToken, now: Date): Date[] {
  const latest = (times?.expiresAt?.getTime() ?? Infinity) - 1000;
  const earliest = Math.ceil((times?.notBefore?.getTime() ?? -Infinity) / 1000) * 1000;
  const valid = Math.max(earliest, Math.min(now.getTime(), latest));
  const off = Math.abs(valid - now.getTime());
  return valid > latest || off === 0 || off > wrongestClock ? [now] : [now, new Date(valid)];
}
