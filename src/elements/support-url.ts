import { safeSignInUrl } from '../token/sign-in-url.js';

/** An address of support: https, mailto or this origin. Anything else could be `javascript:`, or lead astray. */
export function safeSupportUrl(value: string | undefined, base: string): string | undefined {
  if (!value) return undefined;
  return /^\s*mailto:/i.test(value) && URL.canParse(value) ? new URL(value).href : safeSignInUrl(value, base);
}
