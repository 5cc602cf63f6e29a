import type { Clock } from '../../src/clock.js';

interface Timer {
  due: number;
  run: () => void;
}

/**
 * A clock that moves only when told to. `wall` may jump beside the timers, as in a sleep or when somebody sets it.
 * Between timers it lets promises settle, as a real event loop does.
 */
export class FakeClock implements Clock {
  #elapsed = 0;
  #offset: number;
  readonly #timers = new Set<Timer>();

  constructor(start = Date.parse('2026-11-24T12:00:00Z')) {
    this.#offset = start;
  }

  now(): number {
    return this.#offset + this.#elapsed;
  }

  after(delay: number, run: () => void): () => void {
    const timer = { due: this.#elapsed + Math.max(0, delay), run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  get timers(): number {
    return this.#timers.size;
  }

  /** The wall clock moves and no timer does: the machine slept, or the clock was set. */
  jump(ms: number): void {
    this.#offset += ms;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (!first || timer.due < first.due) first = timer;
    return first;
  }

  async pass(ms: number): Promise<void> {
    const end = this.#elapsed + ms;
    await settle();
    for (;;) {
      const next = this.#first();
      if (!next || next.due > end) break;
      this.#elapsed = Math.max(this.#elapsed, next.due);
      this.#timers.delete(next);
      next.run();
      await settle();
    }
    this.#elapsed = end;
    await settle();
  }
}

/** Lets promises that are ready run their course, without letting time pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTask();
}

/** A browser would let timers wait 4 ms each. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if ('setImmediate' in globalThis) return void setImmediate(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
