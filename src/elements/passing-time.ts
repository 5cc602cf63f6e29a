import { at, type Clock } from '../clock.js';
import type { JitsiMeetingError } from '../errors.js';
import type { MeetingStateName } from '../session/machine-types.js';
import { later } from './later.js';

/** ms until the screen says more of what it waits for, offers to give up, and offers another way in. */
export const patience = { steps: 3_000, cancel: 8_000, tab: 10_000 };

/** What is looked at. */
export interface Passing {
  state: MeetingStateName;
  error: JitsiMeetingError | undefined;
  /** When the token becomes valid, ms by the device's clock. */
  validFrom: number | undefined;
  /** Whether the person is asked for something, or waits for somebody, inside the app. */
  isAsked: boolean;
}

/** ms: a press is answered at least this long, and "Copied" stands this long. */
const answered = 600;
const copied = 2_000;

const isUnderWay = (state: MeetingStateName): boolean => ['connecting', 'loading', 'ready'].includes(state);

/** What changes on a screen as time passes: how long it has waited, when the next try comes, how a press is answered. */
export class PassingTime {
  /** When it began to wait, to load, and when it failed. */
  since = 0;
  loadingSince = 0;
  failedAt = 0;
  nextTry: number | undefined;
  /** The failure that is tried again by itself, while that is under way. */
  trying: JitsiMeetingError | undefined;

  #seen: Passing = { state: 'idle', error: undefined, validFrom: undefined, isAsked: false };
  #tried = 0;
  #isPlanned = true;
  #pressedAt = -Infinity;
  #copiedAt = -Infinity;
  #cancel = (): void => {};

  constructor(
    readonly clock: Clock,
    private readonly random: () => number,
    private readonly join: () => void,
    private readonly changed: () => void,
  ) {}

  look(passing: Passing): void {
    const { state, error } = passing;
    const before = this.#seen;
    this.#seen = passing;
    const isNew = state !== before.state;
    const now = this.clock.now();
    if (isNew && (state === 'connecting' || state === 'reconnecting')) this.since = now;
    if (isNew && state === 'loading') this.loadingSince = now;
    if (state === 'joined' || state === 'idle' || state === 'ended' || passing.isAsked) this.#tried = 0;
    if (!isUnderWay(state) || passing.isAsked) this.trying = undefined;
    if (state !== 'failed') this.nextTry = undefined;
    else if (isNew || error !== before.error) {
      this.failedAt = now;
      this.#isPlanned = false;
    }
    if (state === 'failed' && !this.#isPlanned) this.#plan(passing);
  }

  press(): void {
    this.#pressedAt = this.clock.now();
    this.#tried = 0;
    this.trying = undefined;
  }

  copied(): void {
    this.#copiedAt = this.clock.now();
  }

  /** A press that fails at once would change nothing to be seen. */
  get isAnswering(): boolean {
    return this.clock.now() - this.#pressedAt < answered;
  }

  get isCopied(): boolean {
    return this.clock.now() - this.#copiedAt < copied;
  }

  /** Wakes when the screen says something else. To be called when it has been drawn. */
  schedule(): void {
    this.#cancel();
    const now = this.clock.now();
    const next = Math.min(...this.#moments(now).filter((time) => time > now));
    this.#cancel = next < Infinity ? at(this.clock, next, () => this.#wake()) : () => {};
  }

  stop(): void {
    this.#cancel();
    this.#cancel = () => {};
  }

  /** When the next try comes by itself, once that is known: its rules come with the screen of the failure. */
  #plan({ error, validFrom }: Passing): void {
    const { failedAt } = this;
    if (!later.now) return;
    this.#isPlanned = true;
    const wait = error && later.now.nextWait(error, this.#tried, this.random);
    this.nextTry = wait === undefined ? undefined : failedAt + wait;
    const isEarly = error?.code === 'token-not-yet-valid' && validFrom !== undefined && validFrom > failedAt;
    if (isEarly) this.nextTry = validFrom + 1_000;
  }

  #wake(): void {
    const { nextTry, clock } = this;
    if (nextTry !== undefined && clock.now() >= nextTry) {
      this.trying = this.#seen.error;
      this.nextTry = undefined;
      this.#tried++;
      this.join();
    }
    this.changed();
  }

  #moments(now: number): number[] {
    const { state } = this.#seen;
    const moments = [this.#pressedAt + answered, this.#copiedAt + copied];
    if (['connecting', 'loading', 'reconnecting'].includes(state))
      moments.push(this.since + patience.steps, this.since + patience.cancel);
    if (state === 'loading') moments.push(this.loadingSince + patience.tab);
    if (this.nextTry !== undefined) {
      const left = this.nextTry - now;
      const unit = left > 90_000 ? 60_000 : 1_000;
      moments.push(this.nextTry, this.nextTry - Math.floor((left - 1) / unit) * unit);
    }
    return moments;
  }
}
