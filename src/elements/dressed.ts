import { adoptStyles, type CSSResult, type ReactiveElement } from 'lit';

/**
 * Gives an element its root, and that its styles, with those that came later. A window's style sheets are for its own
 * document: browsers allow them in no other, and take them off on the way.
 */
export function dress(element: ReactiveElement, ...later: CSSResult[]): ShadowRoot {
  const { elementStyles } = element.constructor as typeof ReactiveElement;
  const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
  if (element.ownerDocument === document) adoptStyles(root, [...elementStyles, ...later]);
  return root;
}
