import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isHeld, whenFree } from './when-free.js';
import { isParsed, whenParsed } from './when-parsed.js';

export interface PresenceEvents {
  /** The element was put on the page. */
  arrived(): void;
  /** It was taken out and put back in one task. */
  moved(): void;
  /** It is on the page, and its markup is complete. */
  start(): void;
  /** It was taken out, and not put back in the same task. */
  left(): void;
}

/** Tells a move of the element from its removal. */
export class Presence implements ReactiveController {
  #started = false;
  #waiting = new AbortController();
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly events: PresenceEvents,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const isBack = this.#removal !== undefined;
    clearTimeout(this.#removal);
    this.#removal = undefined;
    // If it was taken out before it started, nothing has begun that could have ended: it arrives anew.
    if (!isBack || !this.#started) this.events.arrived();
    if (isBack) this.events.moved();
    void this.#start();
  }

  hostDisconnected(): void {
    this.#removal = setTimeout(() => {
      this.#removal = undefined;
      this.#started = false;
      this.#waiting.abort();
      this.#waiting = new AbortController();
      this.events.left();
    });
  }

  /**
   * Called when an update begins, before anything is drawn or taken up: what the meeting needs is on its way by then, and
   * what the page sets when it hears of that is taken up with the rest.
   */
  look(): void {
    const { host } = this;
    if (this.#started || !host.isConnected || !isParsed(host) || isHeld(host)) return;
    this.#started = true;
    this.events.start();
  }

  async #start(): Promise<void> {
    const { host } = this;
    await whenParsed(host);
    if (isHeld(host)) await whenFree(host, this.#waiting.signal);
    if (!this.#started) host.requestUpdate();
  }
}
