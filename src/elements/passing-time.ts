import { at, type Clock } from '../clock.js';
import type { JitsiMeetingError } from '../errors.js';
import type { MeetingStateName } from '../session/machine-types.js';
import { later } from './later.js';
import type { Tries } from './screens/tries.js';

/** ms until the screen says more of what it waits for, offers to give up, and offers another way in. */
export const patience = { steps: 3_000, cancel: 8_000, tab: 10_000 };

export const isUnderWay = (state: MeetingStateName): boolean =>
  ['connecting', 'loading', 'reconnecting'].includes(state);

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

/** What changes on a screen as time passes: how long it has waited, and how a press is answered. */
export class PassingTime {
  /** When it began to wait, to load, and when it failed. */
  since = 0;
  loadingSince = 0;
  failedAt = 0;
  /** Tries that come by themselves; their rules come with the screen of the failure. */
  tries: Tries | undefined;

  #seen: Passing = { state: 'idle', error: undefined, validFrom: undefined, isAsked: false };
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
    if (state === 'failed' && (isNew || error !== before.error)) this.failedAt = now;
    this.tries ??= later.now && new later.now.Tries(this.random);
    this.tries?.look(passing, this.failedAt);
  }

  press(): void {
    this.#pressedAt = this.clock.now();
    this.tries?.begin();
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

  #wake(): void {
    if (this.tries?.takesPlace(this.clock.now())) this.join();
    this.changed();
  }

  #moments(now: number): number[] {
    const { state } = this.#seen;
    const moments = [this.#pressedAt + answered, this.#copiedAt + copied, ...(this.tries?.moments(now) ?? [])];
    if (isUnderWay(state)) moments.push(this.since + patience.steps, this.since + patience.cancel);
    if (state === 'loading') moments.push(this.loadingSince + patience.tab);
    return moments;
  }
}
