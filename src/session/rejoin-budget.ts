import type { Clock } from '../clock.js';

const window = 5 * 60_000;
const most = 3;
const firstWait = 1_000;
const factor = 4;

/** How often the session may rejoin by itself: 3 times in 5 minutes, with growing waits (ms). */
export class RejoinBudget {
  #times: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  get left(): boolean {
    return this.#recent().length < most;
  }

  /** ms before the next try: about 1,000, 4,000, 16,000. */
  get wait(): number {
    return firstWait * factor ** this.#recent().length * (0.8 + 0.4 * this.random());
  }

  spend(): void {
    this.#times = [...this.#recent(), this.clock.now()];
  }

  reset(): void {
    this.#times = [];
  }

  #recent(): number[] {
    const now = this.clock.now();
    // After the clock was set back, the noted times lie in the future.
    return this.#times.filter((time) => Math.abs(now - time) < window);
  }
}
