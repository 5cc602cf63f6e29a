import { JitsiMeetingError } from '../errors.js';

/** The error for an address to sign in at that shows a name and a password to everybody who opens the page. */
export function wrongSignInUrl(value: string | undefined, base: string): JitsiMeetingError | undefined {
  if (!value || !URL.canParse(value, base)) return undefined;
  const { username, password } = new URL(value, base);
  if (!username && !password) return undefined;
  return new JitsiMeetingError('config-invalid', 'The attribute sign-in-url has a user name or password in it.', {
    hint: 'Set it to the page where a visitor signs in, without either.',
  });
}
