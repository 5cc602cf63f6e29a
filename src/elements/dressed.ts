import { adoptStyles, type CSSResult, type ReactiveElement } from 'lit';

type Root = HTMLElement | DocumentFragment;

/** A window's style sheets are for its own document: browsers allow them in no other, and take them off on the way. */
const isAtHome = ({ ownerDocument }: Node): boolean => ownerDocument === document;

const classOf = (element: ReactiveElement): typeof ReactiveElement => element.constructor as typeof ReactiveElement;

/** The render root of an element; `dressed` makes it with its styles. */
export function rootOf(element: ReactiveElement, dressed: () => Root): Root {
  return isAtHome(element) ? dressed() : element.attachShadow(classOf(element).shadowRootOptions);
}

/** Gives an element its styles again that is back from the document of another window. */
export function dressAgain(element: ReactiveElement): void {
  const { shadowRoot } = element;
  if (!shadowRoot || !isAtHome(element)) return;
  adoptStyles(shadowRoot, classOf(element).elementStyles);
  element.requestUpdate();
}

/** Gives an element styles that came later, where they are missing. */
export function dressFurther(element: ReactiveElement, { styleSheet }: CSSResult): void {
  if (!styleSheet || !isAtHome(element)) return;
  const root = element.renderRoot as ShadowRoot;
  if (!root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
}
