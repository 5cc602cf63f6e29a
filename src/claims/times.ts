import type { Claims } from './decode.js';

/** What is wrong with a time; times are numbers in seconds since 1970 (RFC 7519, NumericDate). */
export interface TimeProblem {
  readonly claim: 'exp' | 'nbf' | 'iat';
  readonly kind: 'missing' | 'string' | 'milliseconds' | 'not-a-number' | 'out-of-range';
}

/** A date is left out when its claim is missing, or holds nothing that can be read as a date. */
export interface TokenTimes {
  /** `exp` as the server reads it: a number of milliseconds is a date in the far future to it. */
  readonly expiresAt?: Date;
  readonly notBefore?: Date;
  readonly issuedAt?: Date;
  /** Empty when `exp` is a plain number of seconds, and `nbf` and `iat` are as well, or are left out. */
  readonly problems: readonly TimeProblem[];
}

/**
 * 100,000,000,000 seconds reach the year 5138, as milliseconds only 1973. So a larger number was meant as milliseconds.
 */
export const MILLISECONDS_FROM = 1e11;

export function describeTimes(claims: Claims): TokenTimes {
  const problems: TimeProblem[] = [];
  const date = (claim: TimeProblem['claim']): Date | undefined => {
    const value = claims[claim];
    const kind = problemOf(value);
    if (kind && !(kind === 'missing' && claim !== 'exp')) problems.push({ claim, kind });
    const at = new Date(typeof value === 'number' ? value * 1000 : NaN);
    return Number.isNaN(at.getTime()) ? undefined : at;
  };
  const [expiresAt, notBefore, issuedAt] = [date('exp'), date('nbf'), date('iat')];
  return {
    ...(expiresAt && { expiresAt }),
    ...(notBefore && { notBefore }),
    ...(issuedAt && { issuedAt }),
    problems,
  };
}

function problemOf(value: unknown): TimeProblem['kind'] | undefined {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return 'string';
  if (typeof value !== 'number') return 'not-a-number';
  if (Number.isNaN(new Date(value * 1000).getTime())) return 'out-of-range';
  return value >= MILLISECONDS_FROM ? 'milliseconds' : undefined;
}
