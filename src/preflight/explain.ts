import type { JsonObject } from '../claims/decode.js';
import { isObject } from '../plain.js';
import type { Claims, TokenHeader } from '../claims/index.js';
import { anyServerFixes } from './codes/any-server.js';
import { isUndecided, show } from './finding.js';
import type { Finding } from './types.js';

interface Token {
  header: TokenHeader;
  claims: Claims;
}

/**
 * Puts the one cause before, or in the place of, the findings that follow from it. The first error of a stage keeps
 * what the server would say. `isKnown`: the deployment accepts the issuer, so that a provider isn't the cause.
 */
export function explain(findings: Finding[], token: Token, isKnown = false): Finding[] {
  const placed = withMisplaced(findings, token);
  return isKnown ? placed : withProvider(placed, token);
}

const missing: Partial<Record<Finding['code'], string>> = {
  'iss-missing': 'iss',
  'aud-missing': 'aud',
  'room-missing': 'room',
  'sub-missing': 'sub',
  'exp-missing': 'exp',
};

/** Claims that are missing at the top, but are all in one other place. */
function withMisplaced(findings: Finding[], token: Token): Finding[] {
  const lacking = findings.filter(({ code }) => missing[code] !== undefined);
  if (lacking.length === 0) return findings;
  const replaced = new Map<Finding, Finding[]>();
  for (const [place, holder] of placesOf(token)) {
    const there = lacking.filter((finding) => !replaced.has(finding) && isThere(missing[finding.code]!, place, holder));
    const [first, ...others] = there;
    if (!first || (others.length === 0 && first.severity === 'advice')) continue;
    const { severity, stage, serverText } = first;
    const finding: Finding = {
      code: 'claims-misplaced',
      severity,
      stage,
      claim: place,
      found: there.map(({ code }) => `${place}.${missing[code]}`).join(', '),
      fix: anyServerFixes['claims-misplaced'],
      ...(serverText !== undefined && { serverText }),
    };
    replaced.set(first, [finding]);
    for (const other of others) replaced.set(other, []);
  }
  return replaced.size === 0 ? findings : findings.flatMap((finding) => replaced.get(finding) ?? [finding]);
}

/** The objects of a token in which somebody may have put claims. */
function placesOf({ header, claims }: Token): [place: string, holder: JsonObject][] {
  const inContext = isObject(claims.context) ? objectsOf(claims.context, 'context.') : [];
  return [...objectsOf(claims, ''), ...inContext, ['header', header]];
}

const objectsOf = (holder: JsonObject, prefix: string): [string, JsonObject][] =>
  Object.entries(holder).flatMap(([name, value]) => (isObject(value) ? [[`${prefix}${name}`, value]] : []));

/** `context.room` as an object says how the claim `room` is read. It is not a room name. */
const isThere = (name: string, place: string, holder: JsonObject): boolean =>
  Object.hasOwn(holder, name) && !(place === 'context' && name === 'room' && isObject(holder[name]));

/** What a server that isn't set up for a provider's tokens stumbles over. */
const strange: readonly Finding['code'][] = [
  'iss-other',
  'aud-other',
  'kid-unknown',
  'kid-not-in-jwks',
  'typ-not-jwt',
  'alg-other',
  'signature-wrong',
  'room-missing',
  'aud-missing',
  'sub-missing',
];

function withProvider(findings: Finding[], { claims }: Token): Finding[] {
  const serious = findings.filter((each) => isSerious(each) && each.stage === 'connect');
  const first = serious.find(({ severity }) => severity === 'error') ?? serious[0];
  if (!first || !isProviderToken(claims) || !findings.some(isStrange)) return findings;
  const { severity, stage, serverText } = first;
  const finding: Finding = {
    code: 'provider-token',
    severity,
    stage,
    claim: 'iss',
    found: show(claims.iss),
    fix: anyServerFixes['provider-token'],
    ...(serverText !== undefined && { serverText }),
  };
  return [finding, ...findings];
}

const isSerious = (finding: Finding): boolean => finding.severity !== 'advice' && !isUndecided(finding);
const isStrange = (finding: Finding): boolean => isSerious(finding) && strange.includes(finding.code);

/** Claims that sign-in services write (OpenID Connect, RFC 9068, Firebase), and tokens for Jitsi don't have. */
export function isProviderToken(claims: Claims): boolean {
  const { iss, room, context } = claims;
  if (typeof iss !== 'string' || !/^https?:\/\//.test(iss)) return false;
  const signs = [
    'azp',
    'realm_access',
    'session_state',
    'sid',
    'auth_time',
    'nonce',
    'at_hash',
    'scope',
    'scp',
    'tid',
    'firebase',
    'client_id',
    'email_verified',
    'preferred_username',
    'oid',
    'acr',
    'amr',
    'token_use',
    'gty',
    'hd',
  ];
  return signs.some((name) => Object.hasOwn(claims, name)) && (room === undefined || !isObject(context));
}
