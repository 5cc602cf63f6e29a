import type { JitsiMeetingError } from '../../errors.js';
import type { Passing } from '../passing-time.js';

/** ms, a day; a server that asks to wait longer isn't waited for. */
const longestWait = 86_400_000;
const waits = { first: 15_000, factor: 1.5, longest: 60_000 };

/** Tries to join again that come by themselves, where time alone may help. */
export class Tries {
  /** When the next one comes, ms since 1970 by the device. */
  next: number | undefined;
  /** The failure that is tried again, while that is under way. */
  trying: JitsiMeetingError | undefined;
  #failure: JitsiMeetingError | undefined;
  #tried = 0;

  constructor(private readonly random: () => number) {}

  /** A person tries: what comes by itself begins anew after that. */
  begin(): void {
    this.#tried = 0;
    this.trying = undefined;
  }

  look({ state, error, validFrom, isAsked }: Passing, failedAt: number): void {
    if (isAsked || ['joined', 'idle', 'ended'].includes(state)) this.#tried = 0;
    if (isAsked || !['connecting', 'loading', 'ready'].includes(state)) this.trying = undefined;
    if (state !== 'failed') this.next = this.#failure = undefined;
    else if (error && error !== this.#failure) {
      this.#failure = error;
      const wait = nextWait(error, this.#tried, this.random);
      const isEarly = error.code === 'token-not-yet-valid' && validFrom !== undefined && validFrom > failedAt;
      if (isEarly) this.next = validFrom + 1_000;
      else this.next = wait === undefined ? undefined : failedAt + wait;
    }
  }

  /** Whether it is time for the next; then it is under way. */
  takesPlace(now: number): boolean {
    if (this.next === undefined || now < this.next) return false;
    this.trying = this.#failure;
    this.next = undefined;
    this.#tried++;
    return true;
  }

  /** When the screen says something else: at each second, or minute, of the countdown. */
  moments(now: number): number[] {
    if (this.next === undefined) return [];
    const left = this.next - now;
    const unit = left > 90_000 ? 60_000 : 1_000;
    return [this.next, this.next - Math.floor((left - 1) / unit) * unit];
  }
}

/**
 * How long until a join that failed is tried again by itself, ms; `undefined`: not at all. What the server asks for is a
 * lower bound; that people don't come in step, up to a fifth is added.
 * @param tried how often it was tried by itself before
 */
function nextWait({ retryAfter, detail }: JitsiMeetingError, tried: number, random: () => number): number | undefined {
  const passes = detail === 'room-full' || detail === 'not-begun';
  if (retryAfter === undefined && !passes) return undefined;
  if (retryAfter !== undefined && !(retryAfter <= longestWait)) return undefined;
  const wait = Math.min(waits.first * waits.factor ** tried, waits.longest);
  // Where the server names a time, the first try comes then.
  const least = retryAfter !== undefined && tried === 0 ? retryAfter : Math.max(wait, retryAfter ?? 0);
  return least * (1 + random() / 5);
}
