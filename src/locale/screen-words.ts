import type { MessageKey, ScreenKey } from './en.js';
import { hasWords } from './words.js';

/** Keys of the heading and of the sentence of a screen; one of them may be missing. */
export function wordsFor(key: ScreenKey): { title?: MessageKey; text?: MessageKey } {
  const title = `${key}-title`;
  return { ...(hasWords(title) && { title }), ...(hasWords(key) && { text: key }) };
}

/** Heading and sentence of a screen in one line, with the full stop that the language has. */
export function inOneLine(say: (key: MessageKey) => string, key: ScreenKey): string {
  const { title, text } = wordsFor(key);
  const all = [title, text].flatMap((one) => (one ? [say(one)] : []));
  const [stop = '.'] = /[。।]$/.exec(all.at(-1)!) ?? [];
  return all.join(stop === '。' ? stop : `${stop} `);
}
