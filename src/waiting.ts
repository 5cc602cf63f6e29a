import type { Clock } from './clock.js';

/** Resolves after `delay` ms; rejects with the signal's reason when that is aborted first. */
export function sleep(clock: Clock, delay: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delay, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export interface Deadline {
  clock: Clock;
  /** ms */
  limit: number;
  signal?: AbortSignal | undefined;
  /** Makes the error for a run that takes longer. */
  tooLate: () => unknown;
}

/**
 * Resolves or rejects as `run` does. Rejects at once when `signal` is aborted (with its reason) or the time is up,
 * whether or not `run` heeds the signal that it is given, which is aborted by then.
 */
export function withDeadline<T>(
  { clock, limit, signal, tooLate }: Deadline,
  run: (signal: AbortSignal) => T | PromiseLike<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const aborter = new AbortController();
    const end = (): void => {
      cancelTimeout();
      signal?.removeEventListener('abort', onAbort);
    };
    const stop = (reason: unknown): void => {
      end();
      reject(reason);
      aborter.abort(reason);
    };
    const onAbort = (): void => stop(signal?.reason);
    const cancelTimeout = clock.after(limit, () => stop(tooLate()));
    signal?.addEventListener('abort', onAbort);
    // A run that is stopped and fails later is heard here, and not as an unhandled rejection.
    new Promise<T>((resolveRun) => resolveRun(run(aborter.signal))).then(resolve, reject).finally(end);
  });
}
