import { en, type MessageKey, type Messages } from './en.js';

export type { MessageKey, Messages };

const languages = new Map<string, Messages>([['en', en]]);

/** Makes the words of a language known, by its tag (`de`, `pt-br`). */
export function addLanguage(tag: string, messages: Messages): void {
  languages.set(tag.toLowerCase(), messages);
}

/** The words for a language tag; its base language, then English, where there are none. */
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
