import type { Messages } from './en.js';
import { tagsFor, usualTag } from './tags.js';

/** Words of a language, all of them or some. */
export type Words = Readonly<Partial<Messages>>;

/** Tag in lower case -> its file, loaded when needed. */
export type Files = Readonly<Record<string, () => Promise<{ default: Words }>>>;

/** The words of all languages, as far as they are there. */
export class Library {
  /** Those of the package. */
  readonly #own: Map<string, Words>;
  /** Those of the page, which win. */
  readonly #added = new Map<string, Words>();
  readonly #merged = new Map<string, Messages>();
  readonly #loads = new Map<string, Promise<boolean>>();
  readonly #listeners = new Set<() => void>();

  constructor(
    english: Words,
    private readonly files: Files,
  ) {
    this.#own = new Map([['en', english]]);
  }

  /** Words of the page. They win, key by key; a key that is left out keeps its words. */
  add(tag: string, words: Words): void {
    this.#put(this.#added, tag, words);
  }

  /** Words of the package that came in another way than by `load`. */
  own(tag: string, words: Words): void {
    this.#put(this.#own, tag, words);
  }

  #put(all: Map<string, Words>, tag: string, more: Words): void {
    const name = tag.toLowerCase();
    all.set(name, { ...all.get(name), ...more });
    this.#merged.clear();
    for (const listener of this.#listeners) listener();
  }

  /** Is told when words have come or changed. Returns a function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Each from the nearest tag that has it (`de-AT`, then `de`), else in English. */
  wordsFor(tag = ''): Messages {
    const known = this.#merged.get(tag);
    if (known) return known;
    const shelves = ['en', ...this.#shelvesFor(tag).toReversed()].flatMap((name) => [
      this.#own.get(name),
      this.#added.get(name),
    ]);
    const words = Object.assign({}, ...shelves) as Messages;
    this.#merged.set(tag, words);
    return words;
  }

  /** Whether a key has words in any language of the package that is there. */
  has(key: string): key is keyof Messages {
    return [...this.#own.values()].some((words) => key in words);
  }

  /** The language that `wordsFor` answers in by now: `de` for `de-AT`, and `en` where there are no words. */
  languageFor(tag = ''): string {
    return usualTag(this.#shelvesFor(tag)[0] ?? 'en');
  }

  /** The tags for a language that there are words for, the nearest first. English comes last anyway. */
  #shelvesFor(tag: string): string[] {
    const left = new Set([...this.#own.keys(), ...this.#added.keys()]);
    left.delete('en');
    const found: string[] = [];
    for (const name of tagsFor(tag)) {
      if (left.delete(name)) found.push(name);
      if (left.size === 0) break;
    }
    return found;
  }

  /**
   * Loads the words that the package has for a language, or for English where it has none. Resolves to whether they are
   * there. Where they can't be loaded, English is, and the next call tries again.
   */
  async load(tag = ''): Promise<boolean> {
    const name = this.#fileFor(tag);
    const load = this.#loads.get(name) ?? this.#fetch(name);
    this.#loads.set(name, load);
    if (await load) return true;
    this.#loads.delete(name);
    if (name !== 'en') await this.load('en');
    return false;
  }

  #fileFor(tag: string): string {
    for (const name of tagsFor(tag)) if (name in this.files || name === 'en') return name;
    return 'en';
  }

  async #fetch(name: string): Promise<boolean> {
    const file = this.files[name];
    // A script may have brought it.
    if (!file || (name !== 'en' && this.#own.has(name))) return true;
    try {
      const { default: words } = await file();
      this.own(name, words);
      return true;
    } catch {
      return false;
    }
  }
}
