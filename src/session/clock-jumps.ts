import type { Clock } from '../clock.js';

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
