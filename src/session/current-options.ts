import type { MeetingOptions } from './options.js';
import { TargetReader, type Meant, type Target } from './target.js';

/**
 * The options of a session. Building them costs time, so they are read at a few moments only: when the page calls
 * `update` in a meeting, at the beginning of each preparation, when a frame is opened, and when a decision about a
 * failed meeting depends on them. All other code uses `latest`.
 */
export class CurrentOptions {
  #latest: MeetingOptions | undefined;
  readonly #targets = new TargetReader();

  constructor(private readonly options: () => MeetingOptions) {}

  /** The options as they were last read. */
  get latest(): MeetingOptions {
    return this.#latest ?? this.read();
  }

  read(): MeetingOptions {
    this.#latest = this.options();
    return this.#latest;
  }

  /** The meeting that `latest` means. */
  get meant(): Meant {
    return this.#targets.read(this.latest);
  }

  /** Whether they name a way to a token. */
  get hasSource(): boolean {
    const { provider, endpoint, token } = this.latest.source;
    return (provider ?? endpoint ?? token) !== undefined;
  }

  /** @throws JitsiMeetingError config-invalid */
  get target(): Target {
    const { target, error } = this.meant;
    if (target) return target;
    throw error;
  }
}
