import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { page } from '../jitsi/page.js';

/**
 * Keeps the keyboard where the person was. When the button or the frame that had the focus is removed, the stage gets
 * it; the stage gives it to the frame once that is visible. Focus outside the stage is left alone.
 */
export class FocusKeeper implements ReactiveController {
  /** The element on the stage that last had the focus. When it leaves the page, nothing has the focus. */
  #held: Element | undefined;
  /** What had the focus elsewhere on the page. */
  #elsewhere: Element | null = null;
  #listening: AbortController | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement & { readonly state: string },
    private readonly frame: () => HTMLElement | undefined,
  ) {}

  hostConnected(): void {
    this.#listening = new AbortController();
    // The only event that a page gets when the focus goes into a frame.
    const look = (): void => void setTimeout(this.#look);
    // In Firefox nothing has the focus yet while the event is told.
    window.addEventListener('blur', look, { signal: this.#listening.signal });
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
    if (!active) this.#elsewhere = activeIn(page);
    // An app that closes takes the focus for itself, also from a person who types elsewhere.
    const isTaken = this.host.state === 'leaving' && active === this.frame() && this.#held !== active;
    if (active && isTaken) (this.#elsewhere as HTMLElement | null)?.focus?.({ preventScroll: true });
    else if (active?.closest('.stage')) this.#held = active;
    else if (active || this.#held?.isConnected) this.#held = undefined;
  };
}

/** What has the focus, also in other elements with a shadow. */
function activeIn(root: Pick<DocumentOrShadowRoot, 'activeElement'>): Element | null {
  const { activeElement } = root;
  return (activeElement?.shadowRoot && activeIn(activeElement.shadowRoot)) ?? activeElement;
}
