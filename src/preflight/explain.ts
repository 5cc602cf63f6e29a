import { isObject, type JsonObject } from '../claims/decode.js';
import type { Claims, TokenHeader } from '../claims/index.js';
import { sureFixes } from './codes/sure.js';
import { isUndecided, show } from './finding.js';
import type { Finding } from './types.js';

interface Token {
  header: TokenHeader;
  claims: Claims;
}

/**
 * Puts the one cause before, or in the place of, the findings that follow from it. The first error of a stage keeps what
 * the server would say.
 */
export function explain(findings: Finding[], token: Token): Finding[] {
  return withProvider(withMisplaced(findings, token), token);
}

const missing: Partial<Record<Finding['code'], string>> = {
  'iss-missing': 'iss',
  'aud-missing': 'aud',
  'room-missing': 'room',
  'sub-missing': 'sub',
  'exp-missing': 'exp',
};

/** Claims that are missing at the top, but are all in one other place. */
function withMisplaced(findings: Finding[], { header, claims }: Token): Finding[] {
  const places = Object.entries(claims).filter(([, value]) => isObject(value)) as [string, JsonObject][];
  const inContext = isObject(claims.context)
    ? Object.entries(claims.context).filter(([, value]) => isObject(value))
    : [];
  places.push(...(inContext.map(([name, value]) => [`context.${name}`, value]) as [string, JsonObject][]));
  places.push(['header', header]);
  let rest = findings;
  for (const [place, holder] of places) {
    const there = (finding: Finding) => {
      const name = missing[finding.code];
      return (
        name !== undefined &&
        Object.hasOwn(holder, name) &&
        !(place === 'context' && name === 'room' && isObject(holder[name]))
      );
    };
    const [first, ...others] = rest.filter(there);
    if (!first || (others.length === 0 && first.severity === 'advice')) continue;
    const names = [first, ...others].map(({ code }) => `${place}.${missing[code]}`);
    const { severity, stage, serverText } = first;
    const finding: Finding = {
      code: 'claims-misplaced',
      severity,
      stage,
      claim: place,
      found: names.join(', '),
      fix: sureFixes['claims-misplaced'],
      ...(serverText !== undefined && { serverText }),
    };
    rest = rest.flatMap((each) => (each === first ? [finding] : others.includes(each) ? [] : [each]));
  }
  return rest;
}

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
    fix: sureFixes['provider-token'],
    ...(serverText !== undefined && { serverText }),
  };
  return [finding, ...findings];
}

const isSerious = (finding: Finding): boolean => finding.severity !== 'advice' && !isUndecided(finding);
const isStrange = (finding: Finding): boolean => isSerious(finding) && strange.includes(finding.code);

/** Claims that sign-in services write (OpenID Connect, RFC 9068, Firebase), and nobody for Jitsi. */
function isProviderToken(claims: Claims): boolean {
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
  ];
  return signs.some((name) => Object.hasOwn(claims, name)) && (room === undefined || !isObject(context));
}
