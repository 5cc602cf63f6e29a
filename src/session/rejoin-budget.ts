import type { Clock } from '../clock.js';

const window = 5 * 60_000;
const most = 3;
const firstWait = 1_000;
const factor = 4;

/** How often a meeting may be taken up again by itself: 3 times in 5 minutes, with growing waits (ms). */
export class RejoinBudget {
  #times: number[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly random: () => number,
  ) {}

  get left(): boolean {
    return this.#recent().length < most;
  }

  /** Before the next try: about 1, 4, 16 s. */
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
    // A clock that was set back makes all of them times to come.
    return this.#times.filter((time) => Math.abs(now - time) < window);
  }
}
