import { systemClock, type Clock } from '../clock.js';
import { parseDomain } from '../room/index.js';
import { page } from './page.js';

/**
 * Opens the connection to a deployment ahead of the first request, once for each domain. An invalid domain opens none.
 */
export function preconnect(value: string): void {
  const { domain } = parseDomain(value);
  if (domain === undefined) return;
  const href = `https://${domain}`;
  if (page.head.querySelector(`link[rel="preconnect"][href="${CSS.escape(href)}"]`)) return;
  page.head.append(Object.assign(page.createElement('link'), { rel: 'preconnect', href }));
}

/** ms; by then the real frame loads the rest itself. */
const longestLoad = 60_000;

interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Whether loading 2.3 MB in advance is fair to the visitor: not with data saving, and not over a slow connection. */
export function mayWarmUpApp(connection = (navigator as { connection?: Connection }).connection): boolean {
  return !connection?.saveData && !/[23]g/.test(connection?.effectiveType ?? '');
}

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
