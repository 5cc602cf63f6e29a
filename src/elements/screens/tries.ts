import type { JitsiMeetingError } from '../../errors.js';

/** ms; a server that asks to wait longer isn't waited for. */
const longestWait = 3_600_000;
const waits = { first: 15_000, factor: 1.5, longest: 60_000 };

/**
 * How long until a join that failed is tried again by itself, ms; `undefined`: not at all. What the server asks for is a
 * lower bound; that people don't come in step, up to a fifth is added.
 * @param tried how often it was tried by itself before
 */
export function nextWait(
  { retryAfter, detail }: JitsiMeetingError,
  tried: number,
  random: () => number,
): number | undefined {
  const passes = detail === 'room-full' || detail === 'not-begun';
  if (retryAfter === undefined && !passes) return undefined;
  if (retryAfter !== undefined && retryAfter > longestWait) return undefined;
  const wait = Math.min(waits.first * waits.factor ** tried, waits.longest);
  // Where the server names a time, the first try comes then.
  const least = retryAfter !== undefined && tried === 0 ? retryAfter : Math.max(wait, retryAfter ?? 0);
  return least * (1 + random() / 5);
}
