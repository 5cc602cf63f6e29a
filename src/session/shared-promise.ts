import type { JitsiMeetingError } from '../errors.js';

/** A promise that any number of callers share until it is settled; the next caller begins a new one. */
export class SharedPromise {
  #open: { promise: Promise<void>; resolve: () => void; reject: (error: JitsiMeetingError) => void } | undefined;

  get promise(): Promise<void> {
    if (!this.#open) {
      let resolve!: () => void;
      let reject!: (error: JitsiMeetingError) => void;
      const promise = new Promise<void>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
      });
      this.#open = { promise, resolve, reject };
    }
    return this.#open.promise;
  }

  settle(error?: JitsiMeetingError): void {
    const open = this.#open;
    this.#open = undefined;
    if (error) open?.reject(error);
    else open?.resolve();
  }
}
