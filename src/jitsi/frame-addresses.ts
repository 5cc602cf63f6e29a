import { page } from './page.js';

/** Of all frames on the page, those in open shadow roots too. */
export function frameAddresses(root: ParentNode = page.documentElement): string[] {
  return Array.from(root.querySelectorAll('*')).flatMap((element) => {
    if (element.shadowRoot) return frameAddresses(element.shadowRoot);
    return element instanceof HTMLIFrameElement ? element.src : [];
  });
}
