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
