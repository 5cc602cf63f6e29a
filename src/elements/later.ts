import type { CSSResult, ReactiveElement } from 'lit';
import { dress } from './dressed.js';
import { Late } from '../late.js';
import { ownWords } from '../locale/words.js';
import { whenIdle } from './when-idle.js';

export type Later = typeof import('./later-drawn.js');

/** Draws what isn't shown before the app's own screen or a failure, and has the words for it. */
export const later = new Late(async () => {
  const part: Later = await import('./later-drawn.js');
  ownWords('en', part.en);
  return part;
});

/** Fetches that for an element, and draws the element again when it is there. */
export class LaterDrawn {
  /** Whether it could not be fetched. */
  isMissing = false;
  /** Settles when it is there or missing. */
  settled: Promise<void> | undefined;
  #wantedFor: unknown;

  constructor(
    private readonly host: ReactiveElement,
    private readonly styles: (part: Later) => CSSResult,
  ) {}

  /** What is there by now. */
  get now(): Later | undefined {
    if (later.now) this.#dress(this.styles(later.now));
    return later.now;
  }

  /**
   * The same. Where it is missing, it is looked for once for each occasion: at once, or when the page has
   * nothing else to do.
   */
  for(occasion: unknown, mayWait: boolean): Later | undefined {
    if (!later.now && occasion !== this.#wantedFor) this.settled = this.#fetch(mayWait);
    this.#wantedFor = occasion;
    return this.now;
  }

  async #fetch(mayWait: boolean): Promise<void> {
    this.isMissing = false;
    if (mayWait) await new Promise<void>((resolve) => whenIdle(resolve, 1_000));
    this.isMissing = !(await later.tryToLoad());
    this.settled = undefined;
    this.host.requestUpdate();
  }

  #dress(styles: CSSResult): void {
    const { styleSheet } = styles;
    if (styleSheet && !this.host.shadowRoot?.adoptedStyleSheets.includes(styleSheet)) dress(this.host, styles);
  }
}
