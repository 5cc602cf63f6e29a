import { systemClock, type Clock } from '../clock.js';
import { parseDomain } from '../room/index.js';
import { page } from './page.js';

/** ms; by then the real frame loads the rest itself. */
const longestLoad = 60_000;

/**
 * A hidden frame with the deployment's own `static/dialInInfo.html`, which loads the app's bundles without camera, call
 * or sound, so that they are in the frame's cache before the meeting (browsers keep it apart from the page's). Removed
 * half loaded it would be worse than nothing: `wanted()` removes it once it has loaded, `done()` at once. A missing or
 * slow page does no harm. Measured in test/data/real-app/README.md: click to joined 6.1 s -> 2.7 s.
 */
export class AppWarmUp {
  #frame: HTMLIFrameElement | undefined;
  #loaded = false;
  #wanted = false;
  #cancelTimeout = (): void => {};

  /** Loads nothing for an invalid domain: joining says what is wrong with it. */
  constructor(value: string, parent: Node, clock: Clock = systemClock) {
    const { domain } = parseDomain(value);
    if (domain === undefined) return;
    const frame = page.createElement('iframe');
    frame.referrerPolicy = 'strict-origin-when-cross-origin';
    frame.src = `https://${domain}/static/dialInInfo.html`;
    frame.tabIndex = -1;
    frame.ariaHidden = 'true';
    frame.title = '';
    frame.style.cssText = 'position:absolute;width:1px;height:1px;border:0;opacity:0;pointer-events:none';
    frame.addEventListener('load', () => {
      this.#loaded = true;
      if (this.#wanted) this.done();
    });
    this.#frame = frame;
    this.#cancelTimeout = clock.after(longestLoad, () => this.done());
    parent.appendChild(frame);
  }

  /** The meeting itself is about to load. */
  wanted(): void {
    this.#wanted = true;
    if (this.#loaded) this.done();
  }

  done(): void {
    this.#cancelTimeout();
    this.#frame?.remove();
    this.#frame = undefined;
  }
}
