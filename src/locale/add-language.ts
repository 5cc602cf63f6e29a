import { JitsiMeetingError } from '../errors.js';
import { addWords, type Messages } from './words.js';

/**
 * Makes words of a language known, by its tag (`de`, `pt-BR`). They win over those of the package, key by key; a key that
 * is left out keeps its words.
 * @throws JitsiMeetingError config-invalid for what is not text
 */
export function addLanguage(tag: string, messages: Partial<Messages>): void {
  if (typeof tag !== 'string' || tag.trim() === '')
    throw invalid('a language without a tag', 'Expected its tag first, such as "de" or "pt-BR".');
  if (typeof messages !== 'object' || messages === null || Array.isArray(messages))
    throw invalid(`no object for the words of "${tag}"`, 'Expected one, such as { join: "Teilnehmen" }.');
  const given = Object.entries(messages as Record<string, unknown>).filter(([, words]) => words != null);
  for (const [key, words] of given)
    if (typeof words !== 'string')
      throw invalid(
        `a ${typeof words} for "${key}" of "${tag}"`,
        'Expected text. A key that is left out keeps its words.',
      );
  addWords(tag.trim().replaceAll('_', '-'), Object.fromEntries(given));
}

const invalid = (what: string, hint: string): JitsiMeetingError =>
  new JitsiMeetingError('config-invalid', `addLanguage was given ${what}.`, { hint });
