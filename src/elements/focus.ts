import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { page } from '../jitsi/page.js';

/**
 * Keeps the keyboard where the person was. A button goes with its screen and the frame with its meeting: what had the
 * focus hands it to the stage, and the stage to the frame once that is in sight. Nobody else's focus is touched.
 */
export class FocusKeeper implements ReactiveController {
  /** What on the stage had the focus when last looked at; gone from the page, it leaves the focus to nobody. */
  #held: Element | undefined;
  #listening: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly frame: () => HTMLElement | undefined,
  ) {}

  hostConnected(): void {
    this.#listening = new AbortController();
    // All that a page sees of a person who goes into a frame.
    window.addEventListener('blur', this.#look, { signal: this.#listening.signal });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#held = undefined;
  }

  hostUpdate(): void {
    this.#look();
  }

  hostUpdated(): void {
    const root = this.host.shadowRoot;
    const stage = root?.querySelector<HTMLElement>('.stage');
    const isLost = this.#held?.isConnected === false && (page.activeElement ?? page.body) === page.body;
    if (!stage || !(isLost || root?.activeElement === stage)) return;
    const next = (!stage.querySelector('.panel') && this.frame()) || stage;
    if (root?.activeElement !== next) next.focus({ preventScroll: true });
    this.#held = next;
  }

  readonly #look = (): void => {
    const active = this.host.shadowRoot?.activeElement;
    if (active?.closest('.stage')) this.#held = active;
    else if (active || this.#held?.isConnected) this.#held = undefined;
  };
}
