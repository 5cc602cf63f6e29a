import { en, type MessageKey, type Messages, type ScreenKey } from './en.js';

export type { MessageKey, Messages, ScreenKey };

const languages = new Map<string, Messages>([['en', en]]);

/** Adds the sentences of a language, by its tag (`de`, `pt-br`). */
export function addLanguage(tag: string, messages: Messages): void {
  languages.set(tag.toLowerCase(), messages);
}

/** The sentences for a language tag. Without any, those of its base language, and then English. */
export function messagesFor(tag: string | undefined): Messages {
  const wanted = tag?.toLowerCase() ?? '';
  return languages.get(wanted) ?? languages.get(wanted.split('-')[0] ?? '') ?? en;
}

/** Fills `{name}` with `values.name`. The result is text, never markup. */
export function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** `4:09`, `1:05:09`, or, from a day on, `2 d 3 h`. */
export function countdown(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const days = Math.floor(parts[0]! / 24);
  if (days > 0) return `${days} d ${parts[0]! % 24} h`;
  const shown = parts[0] ? parts : parts.slice(1);
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** Keys of the heading and of the sentence of a screen; one of them may be missing. */
export function wordsFor(key: ScreenKey): { title?: MessageKey; text?: MessageKey } {
  const title = `${key}-title`;
  return { ...(isKey(title) && { title }), ...(isKey(key) && { text: key }) };
}

/** Heading and sentence of a screen in one line. */
export function inOneLine(say: (key: MessageKey) => string, key: ScreenKey): string {
  const { title, text } = wordsFor(key);
  return [title, text].flatMap((one) => (one ? [say(one)] : [])).join('. ');
}

const isKey = (key: string): key is MessageKey => key in en;
