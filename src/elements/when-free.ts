import { page } from '../jitsi/page.js';

/**
 * Whether the element is there before its time: a page from a server has yet to be hydrated (`defer-hydration`, which the
 * framework takes off), or Turbo shows the page as it was last time until the new one comes.
 */
export const isHeld = (element: Element): boolean =>
  element.hasAttribute('defer-hydration') || page.documentElement.hasAttribute('data-turbo-preview');

/** Resolves when it isn't held any more. Waits for nothing after the signal. */
export function whenFree(element: Element, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (isHeld(element)) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(element, { attributeFilter: ['defer-hydration'] });
    observer.observe(page.documentElement, { attributeFilter: ['data-turbo-preview'] });
    signal.addEventListener('abort', () => observer.disconnect());
  });
}
