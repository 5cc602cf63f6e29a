import { JitsiMeetingError } from '../errors.js';
import { safeSignInUrl } from '../token/sign-in-url.js';

/** An address of support: https, mailto or this origin. Anything else could be `javascript:`, or lead astray. */
export function safeSupportUrl(value: string | undefined, base: string): string | undefined {
  if (!value) return undefined;
  return /^\s*mailto:/i.test(value) && URL.canParse(value) ? new URL(value).href : safeSignInUrl(value, base);
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
