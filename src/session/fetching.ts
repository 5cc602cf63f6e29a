import type { Clock } from '../clock.js';
import { aborted } from '../token/aborted.js';
import { JitsiMeetingError } from '../errors.js';
import { explained, explanations } from './late-parts.js';
import type { Input } from './machine.js';
import type { Preparation, Prepared } from './preparation.js';
import type { Failing } from './recovery-policy.js';

export interface FetchingEvents {
  /** Makes the frame. @throws JitsiMeetingError */
  open(prepared: Prepared): void;
  input(input: Input, facts?: Failing): void;
  /** A join, not a rejoin, has opened its frame. */
  opened(domain: string): void;
}

/** Runs one preparation at a time, and turns its outcome into an input. */
export class Fetching {
  #underWay: AbortController | undefined;
  #cancelFailure = (): void => {};

  constructor(
    private readonly preparation: Preparation,
    private readonly clock: Clock,
    private readonly events: FetchingEvents,
  ) {}

  abort(): void {
    this.#cancelFailure();
    this.#underWay?.abort(aborted());
    this.#underWay = undefined;
  }

  async start(reason: 'join' | 'rejoin'): Promise<void> {
    const { signal } = (this.#underWay = new AbortController());
    let domain: string;
    try {
      const prepared = await this.preparation.run(reason, signal);
      signal.throwIfAborted();
      domain = prepared.target.domain;
      this.events.open(prepared);
    } catch (failure) {
      if (signal.aborted) return;
      // What is said of the failure later depends on them as well.
      await explanations.tryToLoad();
      const error = JitsiMeetingError.is(failure)
        ? failure
        : await explained('conference-failed', ({ unforeseen }) => unforeseen(failure));
      if (signal.aborted) return;
      // In a task of its own, so that a page which joins again at each failure still answers its visitor.
      this.#cancelFailure = this.clock.after(0, () => this.events.input('unprepared', { error }));
      return;
    }
    this.#underWay = undefined;
    this.events.input('prepared');
    if (reason === 'join') this.events.opened(domain);
  }
}
