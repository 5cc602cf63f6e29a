import type { RingKey } from './key-ring.js';
import type { SigningKey } from './keys.js';

// Which key of a ring does what, at which second: pure, so that every process that has the ring comes to the same.

export function hasEnded(key: RingKey, seconds: number): boolean {
  return key.acceptedUntil !== undefined && key.acceptedUntil <= seconds;
}

/** The key that signs: of those that have begun and are not over the newest, of two as new the later in the list. */
export function activeAt(keys: readonly RingKey[], seconds: number): RingKey | undefined {
  return keys
    .filter((key) => key.activeFrom <= seconds && !hasEnded(key, seconds))
    .reduce<RingKey | undefined>((best, key) => (!best || key.activeFrom >= best.activeFrom ? key : best), undefined);
}

/** Until when there is a key that signs, without a gap from now on. */
export function coveredUntil(keys: readonly RingKey[], seconds: number): number {
  let covered = seconds;
  for (const key of keys.toSorted(byStart)) {
    if (key.activeFrom <= covered) covered = Math.max(covered, key.acceptedUntil ?? Infinity);
  }
  return covered;
}

/** The ring with one more key, which signs from `start` on at the latest. No key's end is ever put off. */
export function withNext(
  keys: readonly RingKey[],
  next: RingKey,
  { seconds, overlap }: { seconds: number; overlap: number },
): RingKey[] {
  // What begins later has signed nothing yet, and would take over from the new key.
  const kept = keys.filter(
    (key) => !hasEnded(key, seconds) && (key.activeFrom <= seconds || key.activeFrom <= next.activeFrom),
  );
  const end = next.activeFrom + overlap;
  return [...kept.map((key) => ({ ...key, acceptedUntil: Math.min(key.acceptedUntil ?? Infinity, end) })), next];
}

export interface Revocation {
  seconds: number;
  /** Seconds until the spare key signs where the revoked one was still to come. */
  announce: number;
  /** A new key, for where one is needed. */
  spare: SigningKey & { kid: string };
}

/**
 * The ring without a key. Where that one signs, the key that was announced next takes its place, or else the spare one, from
 * the same time on as the revoked one, so that a process whose clock is behind has a key as well. Where the others were to
 * end because of it, the spare one signs by then.
 */
export function withoutKey(keys: readonly RingKey[], kid: string, { seconds, announce, spare }: Revocation): RingKey[] {
  const revoked = keys.find((key) => key.kid === kid)!;
  const rest = keys.filter((key) => key !== revoked && !hasEnded(key, seconds));
  if (activeAt(keys, seconds) === revoked) {
    const { activeFrom } = revoked;
    const [next] = rest.filter((key) => key.activeFrom > seconds).toSorted(byStart);
    if (!next) return [...rest, { ...spare, activeFrom }];
    // Of two keys as new the later in the list signs.
    rest.splice(rest.indexOf(next), 1);
    rest.push({ ...next, activeFrom });
  }
  const covered = coveredUntil(rest, seconds);
  if (covered === Infinity) return rest;
  const activeFrom = Math.min(Math.max(revoked.activeFrom, seconds + announce), covered);
  return [...rest, { ...spare, activeFrom }];
}

function byStart(one: RingKey, other: RingKey): number {
  return one.activeFrom - other.activeFrom;
}
