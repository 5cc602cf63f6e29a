import { at, type Clock } from '../clock.js';
import { JitsiMeetingError } from '../errors.js';
import type { CurrentToken } from './token-manager.js';

/** Whether a newer token is being fetched, ahead of the end of the one held; `failed`: none was to be had. */
export type RenewalStatus = 'none' | 'under-way' | 'failed';

export interface RenewalEvents {
  /** The token's end is near; a new one is being asked for. */
  expiring(): void;
  /** The token's end has passed, and no later one came. */
  expired(): void;
  /** It could not be renewed, and asking again would not help. */
  failed(error: JitsiMeetingError): void;
  /** `status` is another one. */
  changed(): void;
}

/** A new token is fetched this long before the end of the old one, or at a fifth of a short life. */
const longestLead = 60_000;
/** So that a thousand pages that were opened together don't ask together. */
const jitter = 0.1;
const firstBackOff = 5_000;
const longestBackOff = 60_000;

/** Asks for the next token ahead of the end of this one, and tells each of its events once. */
export class Renewal {
  status: RenewalStatus = 'none';
  #watched: CurrentToken | undefined;
  #cancelTimers: (() => void)[] = [];

  /** @param clock the server's: both may be set anew while a token is watched */
  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
    private readonly renew: () => Promise<void>,
    private readonly events: RenewalEvents,
  ) {}

  watch(token: CurrentToken): void {
    if (token === this.#watched) return;
    this.stop();
    this.#watched = token;
    const { expiresAt, receivedAt } = token;
    if (expiresAt === undefined || expiresAt <= this.clock.now()) return;
    const lead = Math.min(longestLead, (expiresAt - receivedAt) / 5);
    this.#at(expiresAt - this.#jittered(lead), () => {
      this.#become('under-way');
      this.events.expiring();
      void this.#keepAsking(token);
    });
    this.#at(expiresAt, () => this.events.expired());
  }

  stop(): void {
    this.#watched = undefined;
    this.status = 'none';
    for (const cancel of this.#cancelTimers.splice(0)) cancel();
  }

  /** Until a later token is watched: ever less often, rather than in a loop. */
  async #keepAsking(old: CurrentToken, backOff = firstBackOff): Promise<void> {
    let wait = this.#jittered(backOff);
    try {
      await this.renew();
      // What came ends with the old one. Something later may come yet, but a person isn't told of each try.
      if (this.#watched === old) this.#become('failed');
    } catch (error) {
      if (!JitsiMeetingError.is(error) || error.code === 'aborted') return;
      if (!error.retryable) {
        if (this.#watched !== old) return;
        this.#become('failed');
        return this.events.failed(error);
      }
      wait = Math.max(wait, error.retryAfter ?? 0);
    }
    if (this.#watched !== old) return;
    const next = Math.min(backOff * 2, longestBackOff);
    this.#at(this.clock.now() + wait, () => void this.#keepAsking(old, next));
  }

  #become(status: RenewalStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.events.changed();
  }

  #jittered(ms: number): number {
    return ms * (1 + jitter * (2 * this.random() - 1));
  }

  #at(time: number, run: () => void): void {
    this.#cancelTimers.push(at(this.clock, time, run));
  }
}
