import { type Claims, featureNames, type ReadableToken } from '../claims/index.js';
import { jaasPrefix } from '../claims/jaas.js';
import { isObject } from '../plain.js';
import { adviceFixes } from './codes/advice.js';
import { findingsOf, show } from './finding.js';
import type { Finding } from './types.js';

const finding = findingsOf(adviceFixes);

const warn = (code: keyof typeof adviceFixes, claim: string, found: unknown, expected?: string): Finding =>
  finding(code, 'warning', null, { claim, found: show(found), ...(expected && { expected }) });

/**
 * What Jitsi's client shows the person as wrong with a token, whatever the server thinks of it (`validateJwt` in Jitsi's
 * `react/features/base/jwt/functions.ts`); times that are plainly wrong are told elsewhere.
 */
export function clientFindings({ header, claims }: ReadableToken): Finding[] {
  const found = [...jaasFindings(header.kid, claims)];
  for (const claim of ['exp', 'nbf'] as const) {
    const value = claims[claim];
    if (typeof value === 'number' && !isTime(value)) found.push(warn('time-odd', claim, value));
  }
  if (!claims.context) found.push(warn('context-missing', 'context', claims.context));
  else if (isObject(claims.context)) found.push(...featureFindings(claims.context.features));
  return found;
}

/** Whether a number of seconds is a time to the millisecond. */
const isTime = (seconds: number): boolean => seconds * 1000 === new Date(seconds * 1000).getTime();

function featureFindings(features: unknown): Finding[] {
  // Of a list or a text the client takes the numbers of its items for names.
  if (Array.isArray(features) || typeof features === 'string')
    return features.length > 0 ? [warn('features-not-object', 'context.features', features, 'an object')] : [];
  if (!isObject(features)) return [];
  return Object.entries(features).flatMap(([name, value]) => {
    const claim = `context.features.${name}`;
    if (!(featureNames as readonly string[]).includes(name)) return [warn('feature-unknown', claim, value)];
    const plain = [true, false, 'true', 'false'].includes(value as boolean | string);
    return plain ? [] : [warn('feature-value', claim, value, 'true or false')];
  });
}

function jaasFindings(kid: unknown, { sub, aud, iss, context }: Claims): Finding[] {
  // Jitsi's client looks for the prefix without its last dash.
  if (typeof sub !== 'string' || !sub.startsWith(jaasPrefix.slice(0, -1))) return [];
  const found: Finding[] = [];
  if (!kid) found.push(warn('jaas-kid-missing', 'header.kid', kid, `${sub}/KEY`));
  else if (typeof kid !== 'string' || kid.slice(0, Math.max(0, kid.indexOf('/'))) !== sub)
    found.push(warn('jaas-kid-other', 'header.kid', kid, `${sub}/KEY`));
  if (aud !== 'jitsi') found.push(warn('jaas-aud-other', 'aud', aud, '"jitsi"'));
  if (iss !== 'chat') found.push(warn('jaas-iss-other', 'iss', iss, '"chat"'));
  if (!isObject(context) || !context.features) found.push(warn('jaas-features-missing', 'context.features', undefined));
  return found;
}
