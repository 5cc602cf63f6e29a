import type { MessageKey, ScreenKey } from './en.js';
import { hasWords } from './words.js';

/** Keys of the heading and of the sentence of a screen; one of them may be missing. */
export function wordsFor(key: ScreenKey): { title?: MessageKey; text?: MessageKey } {
  const title = `${key}-title`;
  return { ...(hasWords(title) && { title }), ...(hasWords(key) && { text: key }) };
}

/** Heading and sentence of a screen in one line. */
export function inOneLine(say: (key: MessageKey) => string, key: ScreenKey): string {
  const { title, text } = wordsFor(key);
  return [title, text].flatMap((one) => (one ? [say(one)] : [])).join('. ');
}
