import type { MeetingOptions } from './options.js';
import { TargetReader, type Meant, type Target } from './target.js';

/**
 * The options of a session. Building them costs, so they are read at a few moments only: when the page calls `update` in a
 * meeting, at the beginning of each preparation, when a frame is opened, and when something has to be decided about a
 * meeting that failed. In between everybody is handed `latest`.
 */
export class CurrentOptions {
  #latest: MeetingOptions | undefined;
  readonly #targets = new TargetReader();

  constructor(private readonly options: () => MeetingOptions) {}

  /** As they were when they were last read. */
  get latest(): MeetingOptions {
    return this.#latest ?? this.read();
  }

  read(): MeetingOptions {
    this.#latest = this.options();
    return this.#latest;
  }

  /** Which meeting the options that were last read mean. */
  get meant(): Meant {
    return this.#targets.read(this.latest);
  }

  /** @throws JitsiMeetingError config-invalid */
  get target(): Target {
    const { target, error } = this.meant;
    if (target) return target;
    throw error;
  }
}
