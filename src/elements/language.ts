import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { directionOf } from '../locale/tags.js';
import { languageFor, loadLanguage, onWords } from '../locale/words.js';

/**
 * The nearest `lang` of what stands in `element`, beyond shadow roots as well. Empty where it says "unknown". Backends
 * write `de_AT` for `de-AT`.
 */
export function langAround(element: Element): string | undefined {
  for (let node: Element | undefined = element; node;) {
    const tagged: Element | null = node.closest('[lang]');
    if (tagged) return tagged.getAttribute('lang')!.trim().replaceAll('_', '-');
    node = hostOf(node);
  }
  return undefined;
}

/** The language of what stands in `element`: the nearest `lang`, else the browser's. */
export function languageOf(element: Element): string {
  return langAround(element) || navigator.language;
}

export interface LanguageInUse {
  tag: string;
  dir: 'ltr' | 'rtl';
  /** For times and lists: with the region that the page says. */
  formats: string;
}

/** The language of the words that `element` shows by now, and which way it is written. */
export function languageInUse(element: Element): LanguageInUse {
  const wanted = languageOf(element);
  const tag = languageFor(wanted);
  const isSame = wanted.split('-')[0]?.toLowerCase() === tag.split('-')[0];
  return { tag, dir: directionOf(tag), formats: isSame ? wanted : tag };
}

function hostOf(element: Element): Element | undefined {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : undefined;
}

/** The trees whose `lang` may count for `element`: its own, that of the host it is in, ... */
function* treesAround(element: Element): Generator<Node> {
  for (let node: Element | undefined = element; node; node = hostOf(node)) yield node.getRootNode();
}

type Host = ReactiveControllerHost & Element;

/** Keeps an element up to date when the language around it changes, or the words of its language have come. */
export class LanguageController implements ReactiveController {
  #language: string | undefined;
  #trees: readonly Node[] = [];
  #endWords = (): void => {};
  /** The load of words that counts; aborted when another one does, or none. */
  #loading: AbortController | undefined;

  /** `source` is the element whose language counts, where that isn't the host itself. */
  constructor(
    private readonly host: Host,
    private readonly source: () => Element = () => host,
  ) {}

  hostConnected(): void {
    this.#endWords = onWords(() => this.host.requestUpdate());
    this.#follow();
  }

  hostUpdate(): void {
    // Either may have been moved meanwhile.
    if (this.host.isConnected) this.#follow();
  }

  hostDisconnected(): void {
    this.#endWords();
    this.#loading?.abort();
    // Back on the page, it loads what is missing.
    this.#language = undefined;
    this.#trees = [];
    unwatch(this);
  }

  /** Something about `lang` changed somewhere. */
  check(): void {
    if (languageOf(this.source()) !== this.#language) this.host.requestUpdate();
  }

  #follow(): void {
    const trees = [...new Set([this.host, this.source()].flatMap((element) => [...treesAround(element)]))];
    if (trees.length !== this.#trees.length || trees.some((tree, index) => tree !== this.#trees[index])) {
      this.#trees = trees;
      watch(this, trees);
    }
    const language = languageOf(this.source());
    if (language === this.#language) return;
    this.#language = language;
    this.#load();
  }

  #load(): void {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    const again = (): void => this.#load();
    void loadLanguage(this.#language).then((isThere) => {
      // Words that couldn't be loaded may come then.
      if (!isThere && !signal.aborted) addEventListener('online', again, { once: true, signal });
    });
  }
}

// One observer looks after all elements on the page.
const watched = new Map<LanguageController, readonly Node[]>();
const checkAll = (): void => {
  for (const controller of watched.keys()) controller.check();
};
let observer: MutationObserver | undefined;

function watch(controller: LanguageController, trees: readonly Node[]): void {
  if (watched.size === 0) addEventListener('languagechange', checkAll);
  watched.set(controller, trees);
  observeTrees();
}

function unwatch(controller: LanguageController): void {
  watched.delete(controller);
  if (watched.size === 0) removeEventListener('languagechange', checkAll);
  observeTrees();
}

function observeTrees(): void {
  observer ??= new MutationObserver(checkAll);
  // It can't be told to leave out one of its trees. What it has seen and not told yet would be lost.
  if (observer.takeRecords().length > 0) queueMicrotask(checkAll);
  observer.disconnect();
  for (const tree of new Set([...watched.values()].flat())) {
    observer.observe(tree, { subtree: true, attributeFilter: ['lang'] });
  }
}
