import type { MessageKey } from '../locale/en.js';
import { fill } from '../locale/fill.js';
import { messagesFor } from '../locale/words.js';
import { languageOf } from './language.js';
import type { MeetingProperties } from './properties.js';

/** A sentence in the visitor's language, or in the page's own words. */
export function sentenceFor(
  element: HTMLElement & MeetingProperties,
  key: MessageKey,
  values: Record<string, string> = {},
): string {
  // Some words of English are fetched when they are needed.
  const words: string | undefined = element.messages?.[key] ?? messagesFor(languageOf(element))[key];
  return fill(words, { room: element.room, domain: element.domain, ...values });
}
