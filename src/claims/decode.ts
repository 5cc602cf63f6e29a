import { describeTimes, type TokenTimes } from './times.js';

/** A token's header or payload. Whoever issued it may have written anything: every value is `unknown` until looked at. */
export type JsonObject = { readonly [name: string]: unknown };

/** The header (RFC 7515, section 4.1). */
export interface TokenHeader extends JsonObject {
  readonly typ?: unknown;
  readonly alg?: unknown;
  readonly kid?: unknown;
}

/** The claims that Jitsi reads (RFC 7519, and `context` as in Jitsi's `tokens.md`), and every other one as it came. */
export interface Claims extends JsonObject {
  readonly iss?: unknown;
  readonly aud?: unknown;
  readonly sub?: unknown;
  readonly room?: unknown;
  readonly exp?: unknown;
  readonly nbf?: unknown;
  readonly iat?: unknown;
  readonly context?: unknown;
}

/** A token that could be read. That says nothing of its signature, nor of who would accept it. */
export interface ReadableToken {
  readonly malformed?: undefined;
  readonly header: TokenHeader;
  readonly claims: Claims;
  readonly times: TokenTimes;
}

/** A string that is no readable token; `malformed` says why, without quoting it. */
export interface MalformedToken {
  readonly malformed: string;
  readonly header?: TokenHeader;
  readonly claims?: undefined;
  readonly times?: undefined;
}

export type DecodedToken = ReadableToken | MalformedToken;

/**
 * Reads a token (JWS compact serialization) without checking its signature. Never throws.
 *
 * It reads what Jitsi's server reads, which is more than jose does: padding, bytes that are no UTF-8 (they become U+FFFD),
 * a dangling last character.
 */
export function decodeToken(jwt: string): DecodedToken {
  const parts = typeof jwt === 'string' ? tokenParts(jwt) : [];
  if (parts.length === 5)
    return { malformed: 'It has five parts, as an encrypted token (JWE) has; Jitsi reads signed ones.' };
  if (parts.length !== 3)
    return { malformed: `It has ${parts.length || 'no'} parts; header.payload.signature are three.` };
  const [header, claims] = [readPart(parts[0]!), readPart(parts[1]!)];
  if (!header) return { malformed: 'Its first part, the header, is no JSON object in base64url.' };
  if (!claims) return { malformed: 'Its second part, the payload, is no JSON object in base64url.', header };
  if (fromBase64url(parts[2]!) === undefined)
    return { malformed: 'Its third part, the signature, is no base64url.', header };
  return { header, claims, times: describeTimes(claims) };
}

/** The parts of a token as Jitsi's server splits it: empty ones don't count (luajwtjitsi, `split_token`). */
export const tokenParts = (jwt: string): string[] => jwt.split(/[.\\]/).filter(Boolean);

/** Bytes of base64url as Prosody's `basexx` reads it: `=` is skipped, a dangling character ignored. Others: `undefined`. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const characters = text.replaceAll('=', '');
  if (/[^\w-]/.test(characters)) return undefined;
  const whole = characters.length % 4 === 1 ? characters.slice(0, -1) : characters;
  return Uint8Array.from(atob(whole.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));
}

function readPart(part: string): JsonObject | undefined {
  const bytes = fromBase64url(part);
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
