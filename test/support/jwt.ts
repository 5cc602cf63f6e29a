const part = (value: unknown): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A token with a made-up signature, for code that only reads tokens. Times in seconds. */
export function unsignedToken(
  claims: Record<string, unknown>,
  header: Record<string, unknown> = { typ: 'JWT', alg: 'HS256' },
): string {
  return `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;
}
