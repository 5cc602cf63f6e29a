/**
 * Reads the document by the getters of its prototypes, because markup can hide its own members: `<img name="head">`
 * makes `document.head` that image ("DOM clobbering").
 */
export const page = {
  get documentElement(): HTMLElement {
    return read(Document.prototype, 'documentElement') as HTMLElement;
  },
  get head(): HTMLElement {
    return read(Document.prototype, 'head') as HTMLElement;
  },
  get body(): HTMLElement | null {
    return read(Document.prototype, 'body') as HTMLElement | null;
  },
  get currentScript(): unknown {
    return read(Document.prototype, 'currentScript');
  },
  get activeElement(): Element | null {
    return read(Document.prototype, 'activeElement') as Element | null;
  },
  get readyState(): DocumentReadyState {
    return read(Document.prototype, 'readyState') as DocumentReadyState;
  },
  get baseURI(): string {
    return this.documentElement.baseURI;
  },
  querySelector(selector: string): Element | null {
    return Document.prototype.querySelector.call(document, selector);
  },
  createElement<Name extends keyof HTMLElementTagNameMap>(name: Name): HTMLElementTagNameMap[Name] {
    return Document.prototype.createElement.call(document, name) as HTMLElementTagNameMap[Name];
  },
  createElementNS(namespace: string, name: string): SVGElement {
    return Document.prototype.createElementNS.call(document, namespace, name) as SVGElement;
  },
  addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    EventTarget.prototype.addEventListener.apply(document, args);
  },
  removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    EventTarget.prototype.removeEventListener.apply(document, args);
  },
};

function read(prototype: object, name: string): unknown {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
  // Documents of test environments may have the getter elsewhere.
  return get ? get.call(document) : Reflect.get(document, name);
}
