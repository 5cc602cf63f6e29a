import type { Clock } from '../clock.js';

/** ms: what passes sooner isn't told, and what was told is gone again, so that nobody reads it twice. */
const lasting = 700;
const told = 3_000;

/** The line that a screen reader speaks: of the state alone, one sentence at a time, and each only when it lasts. */
export class Announcer {
  text = '';
  #wanted = '';
  #cancel = (): void => {};

  constructor(
    private readonly clock: Clock,
    private readonly changed: () => void,
  ) {}

  want(sentence: string): void {
    if (sentence === this.#wanted) return;
    this.#wanted = sentence;
    this.#cancel();
    this.text = '';
    if (sentence === '') return;
    this.#after(lasting, () => {
      this.text = sentence;
      this.#after(told, () => (this.text = ''));
    });
  }

  stop(): void {
    this.#cancel();
    this.#wanted = this.text = '';
  }

  #after(delay: number, act: () => void): void {
    this.#cancel = this.clock.after(delay, () => {
      act();
      this.changed();
    });
  }
}
