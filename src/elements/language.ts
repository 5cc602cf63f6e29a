/** The language of the text in `element`: the nearest `lang`, also outside of shadow roots; otherwise the browser's. */
export function languageOf(element: Element): string {
  for (let node: Element | undefined = element; node;) {
    const tagged: Element | null = node.closest('[lang]');
    if (tagged) return tagged.getAttribute('lang') || navigator.language;
    const root: Node = node.getRootNode();
    node = root instanceof ShadowRoot ? root.host : undefined;
  }
  return navigator.language;
}
