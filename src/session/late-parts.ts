import type { ErrorCode, JitsiMeetingError } from '../errors.js';
import { loadFailures } from '../jitsi/load.js';
import { Late } from '../late.js';
import { withoutWords } from '../without-words.js';
import { failures } from '../token/failing.js';

export type Explanations = typeof import('./explanations.js');
export type TokenRules = typeof import('./check-token.js');

/** What is said of failures and warnings. Fetched once the app shows itself, or when the first failure comes before that. */
export const explanations: Late<Explanations> = new Late(() => import('./explanations.js'));

/** What is looked for in a token that isn't faultless at the first look. */
export const tokenRules: Late<TokenRules> = new Late(() => import('./check-token.js'));

/** Fetches all that a failure needs: it may come when nothing can be fetched any more. */
export async function fetchExplanations(): Promise<void> {
  await Promise.all([explanations, failures, loadFailures].map((part) => part.tryToLoad()));
}

/** The error as `make` words it; where the words can't be fetched, its code alone. */
export async function explained(
  code: ErrorCode,
  make: (words: Explanations) => JitsiMeetingError,
): Promise<JitsiMeetingError> {
  const words = await explanations.tryToLoad();
  return words ? make(words) : withoutWords(code);
}
