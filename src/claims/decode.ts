import { jsonObject } from '../plain.js';
import { describeTimes, type TokenTimes } from './times.js';

/**
 * A token's header or payload. Its issuer may have written anything, so every value is `unknown` until it is checked.
 */
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

/** A token that could be read. Its signature was not checked, and a server may still refuse it. */
export interface ReadableToken {
  readonly malformed?: undefined;
  /** Length of the token, in characters. */
  readonly length: number;
  readonly header: TokenHeader;
  readonly claims: Claims;
  readonly times: TokenTimes;
}

/** A string that can't be read as a token; `malformed` says why, without quoting it. */
export interface MalformedToken {
  readonly malformed: string;
  readonly length: number;
  readonly header?: TokenHeader;
  readonly claims?: undefined;
  readonly times?: undefined;
}

/** What `decodeToken` read; `malformed` tells which of the two it is. */
export type DecodedToken = ReadableToken | MalformedToken;

/**
 * Reads a token (JWS compact serialization) without checking its signature. Never throws.
 *
 * It reads what Jitsi's server reads, which is more than jose does: padding, bytes that are not UTF-8 (they become
 * U+FFFD), a dangling last character.
 */
export function decodeToken(jwt: string): DecodedToken {
  if (typeof jwt !== 'string') return { malformed: 'It is no text.', length: 0 };
  const { length } = jwt;
  const parts = tokenParts(jwt);
  const malformed = (reason: string, header?: TokenHeader) => ({
    malformed: reason,
    length,
    ...(header && { header }),
  });
  if (parts.length === 5)
    return malformed('It has five parts, as an encrypted token (JWE) has; Jitsi reads signed ones.');
  if (parts.length !== 3)
    return malformed(`It has ${countOf(parts)}; header.payload.signature are three.`, readPart(parts[0] ?? ''));
  const [header, claims] = [readPart(parts[0]!), readPart(parts[1]!)];
  if (!header) return malformed('Its first part, the header, is no JSON object in base64url.');
  if (!claims) return malformed('Its second part, the payload, is no JSON object in base64url.', header);
  if (!isBase64url(parts[2]!)) return malformed('Its third part, the signature, is no base64url.', header);
  return { length, header, claims, times: describeTimes(claims) };
}

/**
 * The parts of a token as Jitsi's server splits it: empty ones don't count (luajwtjitsi). At most six are told apart.
 */
export function tokenParts(jwt: string): string[] {
  const parts: string[] = [];
  for (const [part] of jwt.matchAll(/[^.\\]+/g)) if (parts.push(part) === 6) break;
  return parts;
}

/** How many parts a token has, in words. */
export const countOf = ({ length }: string[]): string =>
  length === 1 ? 'one part' : length > 5 ? 'more than five parts' : `${length || 'no'} parts`;

const isBase64url = (text: string): boolean => !/[^\w=-]/.test(text);

/**
 * Decodes base64url to one character for each byte, as Prosody's `basexx` does: `=` is skipped, a dangling character
 * ignored. `undefined` when it isn't base64url.
 */
export function fromBase64url(text: string): string | undefined {
  if (!isBase64url(text)) return undefined;
  const characters = text.replaceAll('=', '').replaceAll('-', '+').replaceAll('_', '/');
  return atob(characters.length % 4 === 1 ? characters.slice(0, -1) : characters);
}

/** The bytes of a string that has one character a byte. */
export function toBytes(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

function readPart(part: string): JsonObject | undefined {
  const binary = fromBase64url(part);
  if (binary === undefined) return undefined;
  const read = jsonObject(new TextDecoder('utf-8', { ignoreBOM: true }).decode(toBytes(binary)));
  return typeof read === 'string' ? undefined : read;
}
