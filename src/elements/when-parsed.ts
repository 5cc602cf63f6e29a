import { page } from '../jitsi/page.js';

/** Whether the parser has passed the element, so that its children are all there. */
export function isParsed(element: Element): boolean {
  if (page.readyState !== 'loading') return true;
  for (let node: Node | null = element; node; node = node.parentNode) if (node.nextSibling) return true;
  return false;
}

/** Resolves when it has. */
export function whenParsed(element: Element): Promise<void> {
  if (isParsed(element)) return Promise.resolve();
  return new Promise((resolve) => {
    const check = (): void => {
      if (!isParsed(element)) return;
      observer.disconnect();
      page.removeEventListener('readystatechange', check);
      resolve();
    };
    const observer = new MutationObserver(check);
    observer.observe(document, { childList: true, subtree: true });
    page.addEventListener('readystatechange', check);
  });
}
