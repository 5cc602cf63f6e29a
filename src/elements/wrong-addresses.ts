import { JitsiMeetingError } from '../errors.js';
import { safeSupportUrl } from './support-url.js';

/** The error for a sign-in address that holds a name and a password, which everyone who opens the page would see. */
export function wrongSignInUrl(value: string | undefined, base: string): JitsiMeetingError | undefined {
  if (!value || !URL.canParse(value, base)) return undefined;
  const { username, password } = new URL(value, base);
  if (!username && !password) return undefined;
  return new JitsiMeetingError('config-invalid', 'The attribute sign-in-url has a user name or password in it.', {
    hint: 'Set it to the page where a visitor signs in, without either.',
  });
}

export function wrongSupportUrl(value: string | undefined, base: string): JitsiMeetingError | undefined {
  if (!value || safeSupportUrl(value, base)) return undefined;
  return new JitsiMeetingError(
    'config-invalid',
    'The attribute support-url is not an address that a visitor can use.',
    {
      hint: 'Expected an https address, a mailto address or an address of this page’s origin, without a name and a password.',
    },
  );
}
