import { page } from '../jitsi/page.js';

/** Resolves when the parser has passed the element, so that its children are all there. */
export function whenParsed(element: Element): Promise<void> {
  const passed = (): boolean => {
    if (page.readyState !== 'loading') return true;
    for (let node: Node | null = element; node; node = node.parentNode) if (node.nextSibling) return true;
    return false;
  };
  if (passed()) return Promise.resolve();
  return new Promise((resolve) => {
    const check = (): void => {
      if (!passed()) return;
      observer.disconnect();
      page.removeEventListener('readystatechange', check);
      resolve();
    };
    const observer = new MutationObserver(check);
    observer.observe(document, { childList: true, subtree: true });
    page.addEventListener('readystatechange', check);
  });
}
