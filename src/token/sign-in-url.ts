/** An address to sign in at: https, or the origin that answered. Anything else could be `javascript:`, or lead astray. */
export function safeSignInUrl(value: unknown, base: string | undefined): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, base || undefined)) return undefined;
  const url = new URL(value, base || undefined);
  // It would show them, and browsers ask for nothing at such an address.
  if (url.username || url.password) return undefined;
  // A blob: has the origin of the page as well.
  const sameOrigin =
    url.protocol === 'http:' && base !== undefined && URL.canParse(base) && url.origin === new URL(base).origin;
  return url.protocol === 'https:' || sameOrigin ? url.href : undefined;
}
