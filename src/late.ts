import { JitsiMeetingError, type ErrorCode } from './errors.js';

/** A part of the code that is fetched when it is first needed. A fetch that failed is tried again the next time. */
export class Late<Part> {
  /** Once it is there. */
  now: Part | undefined;
  #underWay: Promise<Part> | undefined;

  constructor(private readonly fetch: () => Promise<Part>) {}

  load(): Promise<Part> {
    return (this.#underWay ??= this.fetch().then(
      (part) => (this.now = part),
      (error: unknown) => {
        this.#underWay = undefined;
        throw error;
      },
    ));
  }

  /** The same for what can go on without it: `undefined` where it can't be fetched. */
  async tryToLoad(): Promise<Part | undefined> {
    return this.now ?? (await this.load().catch(() => undefined));
  }
}

/** An error whose words could not be fetched. */
export function withoutWords(code: ErrorCode, status?: number): JitsiMeetingError {
  return new JitsiMeetingError(code, `It failed (${code}).`, {
    hint: 'A file of this package that says more could not be loaded. Is all of its folder dist published?',
    retryable: status === undefined || status >= 500 || status === 429,
    ...(status !== undefined && { status }),
  });
}
