/** Characters of a problem's `detail` that are shown. */
const longest = 300;

/** What could be (part of) a token: three parts of base64url, or one that begins as JSON in base64 does. */
const tokenLike = /[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\beyJ[\w-]+/g;

/**
 * What an endpoint says of its refusal (RFC 9457, `detail`), as plain text of one line for the page's developer.
 * `undefined` where it says nothing. Written by others: it may hold anything, and a token is taken out.
 */
export function problemDetail({ detail }: Record<string, unknown>): string | undefined {
  if (typeof detail !== 'string') return undefined;
  const line = detail
    .slice(0, 4 * longest)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(tokenLike, '(a token)')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line || undefined;
}
