/** Time as a parameter, so that tests can control it. Everything is in milliseconds. */
export interface Clock {
  /** The wall clock, as `Date.now()`. */
  now(): number;
  /** Calls `run` once, `delay` ms from now; the function returned cancels that. */
  after(delay: number, run: () => void): () => void;
}

/** A longer one would overflow, and fire at once; 25 days. */
const longestTimer = 2 ** 31 - 1;

/** The clock of the device. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delay, run) {
    let id: ReturnType<typeof setTimeout> | undefined;
    const wait = (left: number): void => {
      const step = Math.min(left, longestTimer);
      id = setTimeout(() => (left > step ? wait(left - step) : run()), step);
    };
    if (delay !== Infinity) wait(Math.max(0, delay));
    return () => clearTimeout(id);
  },
};

/** Timers stop while a machine sleeps and are slow in the background, so none is set for longer than this. */
const longestTick = 15_000;

/**
 * Calls `run` once when the wall clock reaches `time`, also when a sleep or a change of the clock jumped over it; a
 * time that is not a number never comes.
 */
export function at(clock: Clock, time: number, run: () => void): () => void {
  if (Number.isNaN(time)) return () => {};
  let cancel: () => void;
  const tick = (): void => {
    const left = time - clock.now();
    if (left <= 0) run();
    else wait(left);
  };
  const wait = (left: number): void => {
    cancel = clock.after(Math.min(Math.max(left, 0), longestTick), tick);
  };
  wait(time - clock.now());
  return () => cancel();
}

const smallestJump = 20_000;
/** Browsers let the timers of a page in the background run once a minute. */
const smallestJumpInBackground = 70_000;

/**
 * Calls `onJump` when the wall clock moved by more (ms) than late ticks can explain: the machine slept, or its clock
 * was set.
 */
export function watchForJumps(clock: Clock, inBackground: () => boolean, onJump: (jump: number) => void): () => void {
  const tickLength = 5_000;
  let last = clock.now();
  let throttled = inBackground();
  let cancel: () => void;
  const tick = (): void => {
    const jump = clock.now() - last - tickLength;
    const mayBeLate = throttled || inBackground();
    last = clock.now();
    throttled = inBackground();
    cancel = clock.after(tickLength, tick);
    if (Math.abs(jump) > (mayBeLate ? smallestJumpInBackground : smallestJump)) onJump(jump);
  };
  cancel = clock.after(tickLength, tick);
  return () => cancel();
}

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
