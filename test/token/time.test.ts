import { describe, expect, it } from 'vitest';
import { decodeToken } from '../../src/claims/index.js';
import { expiryOf, serverSkew } from '../../src/token/time.js';
import { unsignedToken } from '../support/jwt.js';

const now = Date.parse('2026-11-24T12:00:00Z');
const endOf = (claims: Record<string, unknown>, expiresIn: unknown): number | undefined => {
  const token = unsignedToken(claims);
  return expiryOf(decodeToken(token), { token, expiresIn: expiresIn as number }, now);
};

describe('the time of the server by iat', () => {
  const skewBy = (iat: unknown): number | undefined => {
    const token = unsignedToken({ iat, exp: now / 1000 + 300 });
    return serverSkew({ token }, decodeToken(token), now, { endpoint: { url: '/t' } });
  };

  it('is not known by what a page holds, or its code gives, of the past: that may be old', () => {
    const by = (source: object, iat: number, exp = 300): number | undefined => {
      const token = unsignedToken({ iat: now / 1000 + iat, exp: now / 1000 + exp });
      return serverSkew({ token }, decodeToken(token), now, source);
    };
    for (const source of [{ provider: () => '' }, { token: 't' }, { endpoint: { url: '/t' } }]) {
      // Made within the last two seconds it is new, wherever it comes from.
      expect(by(source, -1)).toBe(0);
      expect(by(source, 60)).toBe(60_000);
    }
    expect(by({ provider: () => '' }, -60)).toBeUndefined();
    expect(by({ token: 't' }, -60)).toBeUndefined();
    expect(by({ endpoint: { url: '/t' } }, -60)).toBe(-60_000);
    expect(by({ provider: () => '' }, -60, -30), 'one that would be over otherwise').toBe(-60_000);
    expect(by({ provider: () => '' }, -60, 0)).toBe(-60_000);
    expect(by({ provider: () => '' }, -60, 1)).toBeUndefined();
    expect(by({ token: 't' }, -60, -30)).toBeUndefined();
  });

  it('is that of the answer where it tells, and differs by more than two seconds', () => {
    const token = unsignedToken({ iat: now / 1000 + 600 });
    const by = (ahead: number) =>
      serverSkew({ token, serverTime: now + ahead }, decodeToken(token), now, { endpoint: { url: '/t' } });
    for (const ahead of [0, 2_000, -2_000, 1, -1]) expect(by(ahead), `${ahead}`).toBe(0);
    for (const ahead of [2_001, -2_001, 60_000, -60_000]) expect(by(ahead), `${ahead}`).toBe(ahead);
  });

  it('is known where that is a time', () => {
    expect(skewBy(now / 1000)).toBe(0);
    expect(skewBy(now / 1000 + 600)).toBe(600_000);
    expect(skewBy(now / 1000 - 600)).toBe(-600_000);
  });

  it.each([[now], [String(now / 1000)], [Number.MAX_SAFE_INTEGER], [null], [undefined]])(
    'is not known when iat is %j, for example in milliseconds, which no server refuses',
    (iat) => {
      expect(skewBy(iat)).toBeUndefined();
    },
  );
});

describe('the end of a token', () => {
  it('is its exp, whatever else is said', () => {
    expect(endOf({ exp: 2_000_000_000 }, 300)).toBe(2_000_000_000_000);
    expect(endOf({ exp: 2_000_000_000 }, NaN)).toBe(2_000_000_000_000);
  });

  it('is as far from now as was said where it has none', () => {
    expect(endOf({}, 300)).toBe(now + 300_000);
    expect(endOf({}, 0.5)).toBe(now + 500);
  });

  it.each([
    [undefined],
    [null],
    [NaN],
    [Infinity],
    [0],
    [-1],
    ['300'],
    [true],
    [Number.MAX_SAFE_INTEGER],
    [Number.MAX_VALUE],
    [{ valueOf: () => 300 }],
  ])('is not known where %j is said', (expiresIn) => {
    expect(endOf({}, expiresIn)).toBeUndefined();
  });

  it.each([[Number.MAX_SAFE_INTEGER], [-1e300], ['2000000000'], [null], [8_640_000_000_001]])(
    'is not known where exp is %j, of which no date can be made',
    (exp) => {
      expect(endOf({ exp }, undefined)).toBeUndefined();
    },
  );
});
