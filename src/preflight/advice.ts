import { isObject } from '../plain.js';
import { asksToModerate, userOf } from '../claims/role.js';
import type { Claims, ReadableToken, TokenHeader } from '../claims/index.js';
import { adviceFixes } from './codes/advice.js';
import { anyServerFixes } from './codes/any-server.js';
import { findingsOf, show } from './finding.js';
import { isPrivateKey } from './pem.js';
import { isUserId } from './sub.js';
import type { Deployment, Finding } from './types.js';

const finding = findingsOf({ ...anyServerFixes, ...adviceFixes });

const advise = (code: Parameters<typeof finding>[0], claim?: string, found?: string, expected?: string): Finding =>
  finding(code, 'advice', null, { ...(claim && { claim }), ...(found && { found }), ...(expected && { expected }) });

const DAY = 86_400;
/** Behind nginx a token has some 8,100 characters at most, and headers of proxies and longer names take of that. */
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
    // That one has to wait for ever is an error, and told where the server looks.
    if (kind === 'milliseconds' && claim !== 'nbf')
      found.push(advise(`${claim}-milliseconds`, claim, show(claims[claim])));
  const from = [iat, nbf, seconds].find((start) => typeof start === 'number') as number;
  const inMilliseconds = (claim: string) =>
    times.problems.some((problem) => problem.claim === claim && problem.kind === 'milliseconds');
  if (typeof exp === 'number' && exp - from > DAY && !inMilliseconds('exp'))
    found.push(advise('life-long', 'exp', `${Math.round((exp - from) / 3600)} h`, 'an hour or so'));
  if (typeof iat === 'number' && iat > seconds + SKEW && !inMilliseconds('iat'))
    found.push(advise('clock-skew', 'iat', `${Math.round(iat - seconds)} s ahead`));
  found.push(...algAdvice(header));
  if (claims.room === '*') found.push(advise('room-any', 'room', '"*"', 'the one room'));
  if (length > NEAR_LIMIT)
    found.push(
      finding('token-near-limit', 'warning', null, {
        found: `${length} characters`,
        expected: `less than ${NEAR_LIMIT}`,
      }),
    );
  const personal = personalNames(claims);
  if (personal.length > 0) found.push(advise('personal-data', personal[0], personal.join(', ')));
  found.push(...unreadClaims(claims));
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

/** Claims in places that no server reads. */
function unreadClaims(claims: Claims): Finding[] {
  const found: Finding[] = [];
  const user = userOf(claims);
  const context: Claims = isObject(claims.context) ? claims.context : {};
  const { features } = context;
  if (isObject(features) && Object.keys(features).length === 0)
    found.push(advise('features-empty', 'context.features', '{}'));
  if (claims.features !== undefined) found.push(advise('features-misplaced', 'features', show(claims.features)));
  if (user.features !== undefined)
    found.push(advise('features-misplaced', 'context.user.features', show(user.features)));
  const [person] = context.user === undefined ? personsBeside(claims, context) : [];
  if (person) found.push(advise('user-misplaced', person));
  if (asksToModerate(user.affiliation, user.moderator)) return found;
  const asked: [claim: string, value: unknown][] = [
    ['moderator', claims.moderator],
    ['affiliation', claims.affiliation],
    ['context.moderator', context.moderator],
    ['context.affiliation', context.affiliation],
    ['context.user.role', user.role],
    ['context.user.moderator', user.moderator],
    ['context.user.affiliation', user.affiliation],
  ];
  const [unread] = asked.filter(([, value]) => /^(true|1|yes|moderator|owner|admin|teacher|host)$/i.test(`${value}`));
  if (unread) found.push(advise('moderator-unread', unread[0], show(unread[1])));
  return found;
}

/** Where else backends write the person. A provider's token has name and email at the top, where they belong. */
const personsBeside = (claims: Claims, context: Claims): string[] => [
  ...(isObject(claims.user) ? ['user'] : []),
  ...['name', 'email', 'avatar', 'displayName']
    .filter((name) => context[name] !== undefined)
    .map((n) => `context.${n}`),
];

/** Secrets that people copy hold such words; 32 random bytes don't. */
const WORDS = /secret|passw|change.?me|example|jitsi|qwerty|letmein|12345678|your/i;

/** Whether the secret can be guessed, or a key is where it need not be. Nothing of them is told. */
export function keyAdvice({ keys }: Deployment): Finding[] {
  if (!keys) return [];
  const { secret, publicKeys = {} } = keys;
  const [kid] = Object.entries(publicKeys).find(([, pem]) => isPrivateKey(pem)) ?? [];
  if (kid !== undefined) return [advise('key-private', undefined, `a private key is published as ${show(kid)}`)];
  if (secret === undefined || secret.includes('-----BEGIN'))
    return isPrivateKey(secret) ? [advise('key-private', undefined, 'app_secret holds a private key')] : [];
  const expected = '32 random bytes';
  if (WORDS.test(secret))
    return [advise('secret-weak', undefined, 'a word that stands in documentation or dictionaries', expected)];
  if (new TextEncoder().encode(secret).length < 32)
    return [advise('secret-weak', undefined, 'fewer than 32 bytes', expected)];
  return new Set(secret).size < 10 ? [advise('secret-weak', undefined, 'few different characters', expected)] : [];
}
