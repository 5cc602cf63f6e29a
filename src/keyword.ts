import { JitsiMeetingError } from './errors.js';

/** The error for a word that an attribute doesn't take. No word at all is fine, and case doesn't matter, as in HTML. */
export function wrongKeyword(
  attribute: string,
  given: string | null | undefined,
  words: readonly string[],
): JitsiMeetingError | undefined {
  if (!given || words.includes(given.toLowerCase())) return undefined;
  const expected = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  const shown = JSON.stringify(given.slice(0, 40));
  return new JitsiMeetingError('config-invalid', `The attribute ${attribute} is ${shown}; expected ${expected}.`, {
    hint: `Left out, ${attribute} is ${words[0]}.`,
  });
}
