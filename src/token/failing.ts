import type { ErrorCode, JitsiMeetingError } from '../errors.js';
import { Late } from '../late.js';
import { withoutWords } from '../without-words.js';

type Failures = typeof import('./failures.js');

/** What is said of a request for a token that failed: fetched when the first one does, or ahead of that. */
export const failures: Late<Failures> = new Late(() => import('./failures.js'));

/** The code of a refusal by its HTTP status. */
export function codeOf(status: number): ErrorCode {
  if (status === 401) return 'token-auth-required';
  if (status === 403) return 'token-forbidden';
  if (status === 429) return 'token-rate-limited';
  return status >= 500 ? 'token-server' : 'token-endpoint-invalid';
}

/** The error as `make` words it; where the words can't be fetched, what is known without them. */
export async function failed(
  code: ErrorCode,
  make: (words: Failures) => JitsiMeetingError,
  { status }: { status?: number } = {},
): Promise<JitsiMeetingError> {
  const words = await failures.tryToLoad();
  return words ? make(words) : withoutWords(code, status);
}
