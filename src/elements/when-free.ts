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
    const look = (): void => {
      if (isHeld(element)) return;
      end();
      resolve();
    };
    const observer = new MutationObserver(look);
    observer.observe(element, { attributeFilter: ['defer-hydration'] });
    // Turbo takes its attribute off some time before the real page is in place of the preview.
    page.addEventListener('turbo:render', look);
    const end = (): void => {
      observer.disconnect();
      page.removeEventListener('turbo:render', look);
    };
    signal.addEventListener('abort', end);
  });
}
