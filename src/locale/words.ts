import type { MessageKey, Messages } from './en.js';
import { enFirst } from './en-first.js';
import { Library, type Words } from './library.js';
import { takeFromScripts } from './script-shelf.js';
import { shipped } from './shipped.js';

const library = new Library(enFirst, shipped);
takeFromScripts(ownWords);

/** Makes words of the package known that came in another way than by `loadLanguage`. */
export function ownWords(tag: string, words: Words): void {
  library.own(tag, words);
}

/** Makes words of the page known. They win over those of the package, key by key. */
export function addWords(tag: string, words: Words): void {
  library.add(tag, words);
}

/**
 * The words for a language tag, as far as they are there: each from the nearest tag that has it (`de-AT`, then `de`),
 * else in English. `loadLanguage` brings those of the package.
 */
export function messagesFor(tag: string | undefined): Messages {
  return library.wordsFor(tag);
}

/** The language that `messagesFor` answers in by now: `de` for `de-AT`, and `en` where there are no words. */
export function languageFor(tag: string | undefined): string {
  return library.languageFor(tag);
}

/**
 * Loads the words that the package has for a language tag, or English where it has none. Resolves to whether they are
 * there; after a failure the next call tries again.
 */
export function loadLanguage(tag: string | undefined): Promise<boolean> {
  return library.load(tag);
}

/** Calls `listener` when words have come or changed. Returns a function that ends it. */
export function onWords(listener: () => void): () => void {
  return library.onChange(listener);
}

/** Whether there are words for a key, in any language. */
export function hasWords(key: string): key is MessageKey {
  return library.has(key);
}

export type { MessageKey, Messages };
