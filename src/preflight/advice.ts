import { isObject } from '../claims/decode.js';
import { userOf } from '../claims/role.js';
import type { Claims, ReadableToken, TokenHeader } from '../claims/index.js';
import { adviceFixes } from './codes/advice.js';
import { sureFixes } from './codes/sure.js';
import { findingsOf, show } from './finding.js';
import { TOO_LONG } from './sure.js';
import type { Deployment, Finding } from './types.js';

const finding = findingsOf({ ...sureFixes, ...adviceFixes });

const advise = (code: Parameters<typeof finding>[0], claim?: string, found?: string, expected?: string): Finding =>
  finding(code, 'advice', null, { ...(claim && { claim }), ...(found && { found }), ...(expected && { expected }) });

const DAY = 86_400;
/** From here on proxies may refuse the request: nginx takes 8 kB for its first line by default. */
const NEAR_LIMIT = 7_000;
/** Clocks that are kept in time differ by less, in seconds. */
const SKEW = 5;

/** What no server says but its people would want to know. */
export function tokenAdvice({ length, header, claims, times }: ReadableToken, now: Date): Finding[] {
  const found: Finding[] = [];
  const seconds = now.getTime() / 1000;
  const { exp, nbf, iat } = claims;
  if (exp === undefined || exp === false) found.push(advise('exp-missing', 'exp', show(exp)));
  for (const { claim, kind } of times.problems)
    if (kind === 'milliseconds' && claim !== 'iat')
      found.push(advise(`${claim}-milliseconds`, claim, show(claims[claim])));
  const from = [iat, nbf, seconds].find((start) => typeof start === 'number') as number;
  if (typeof exp === 'number' && exp - from > DAY)
    found.push(advise('life-long', 'exp', `${Math.round((exp - from) / 3600)} h`, 'an hour or so'));
  if (typeof iat === 'number' && iat > seconds + SKEW)
    found.push(advise('clock-skew', 'iat', `${Math.round(iat - seconds)} s ahead`));
  found.push(...algAdvice(header));
  if (claims.room === '*') found.push(advise('room-any', 'room', '"*"', 'the one room'));
  if (length > NEAR_LIMIT && length <= TOO_LONG)
    found.push(advise('token-near-limit', undefined, `${length} characters`, `less than ${NEAR_LIMIT}`));
  const personal = personalNames(claims);
  if (personal.length > 0) found.push(advise('personal-data', personal[0], personal.join(', ')));
  if (isUserId(claims)) found.push(advise('sub-other', 'sub', show(claims.sub), 'the domain or the tenant'));
  return found;
}

/** An unsecured token (RFC 7519, section 6) has no signature, so that it may have two parts only. */
export const algAdvice = (header: TokenHeader = {}): Finding[] =>
  typeof header.alg === 'string' && header.alg.toLowerCase() === 'none'
    ? [advise('alg-none', 'header.alg', show(header.alg))]
    : [];

const PERSONAL =
  /^(phone|phone_?number|mobile|address|street|postal_?code|birth_?date|birthday|date_of_birth|dob|gender|nationality|ssn|iban|password|passport|ip|ip_?address)$/i;

const personalNames = (claims: Claims): string[] => [
  ...personalIn('', claims),
  ...personalIn('context.', claims.context),
  ...personalIn('context.user.', userOf(claims)),
];

function personalIn(prefix: string, value: unknown): string[] {
  const names = isObject(value) ? Object.keys(value) : [];
  return names.filter((name) => PERSONAL.test(name)).map((name) => `${prefix}${name}`);
}

/** The widely copied recipe: it works only as long as nobody looks at `sub`. */
function isUserId(claims: Claims): boolean {
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '') return false;
  const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
  return sub === userOf(claims).id || sub === claims.user_id || sub.includes('@') || uuid.test(sub);
}

/** Secrets that people copy hold such words; 32 random bytes don't. */
const WORDS = /secret|passw|change.?me|example|jitsi|qwerty|letmein|12345678|your/i;

/** Whether the secret can be guessed. Nothing of it is told. */
export function secretAdvice({ keys }: Deployment): Finding[] {
  if (!keys || !('secret' in keys)) return [];
  const { secret } = keys;
  const expected = '32 random bytes';
  if (WORDS.test(secret))
    return [advise('secret-weak', undefined, 'a word that stands in documentation or dictionaries', expected)];
  if (new TextEncoder().encode(secret).length < 32)
    return [advise('secret-weak', undefined, 'fewer than 32 bytes', expected)];
  return new Set(secret).size < 10 ? [advise('secret-weak', undefined, 'few different characters', expected)] : [];
}
