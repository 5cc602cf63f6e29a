import * as fc from 'fast-check';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { decodeToken } from '../../src/claims/index.js';
import { stat } from '../support/stats.js';

const RUNS = 5000;
const part = (text: string) => Buffer.from(text).toString('base64url');

const name = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', 'constructor', 'exp', 'context'),
);
const value = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(2 ** 53 + 2, -0, 1e308, '\ud800', 'x\udfff', 'NaN', '\u0000'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ unit: 'binary' }),
);
/** JSON of an object, with names that may come twice or be `__proto__`. */
const object = fc
  .array(fc.tuple(name, value), { maxLength: 6 })
  .map((entries) => `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join(',')}}`);

const signature = fc
  .uint8Array({ minLength: 1, maxLength: 64 })
  .map((bytes) => Buffer.from(bytes).toString('base64url'));
const token = fc
  .tuple(object, object, signature)
  .map(([header, claims, signed]) => `${part(header)}.${part(claims)}.${signed}`);

describe('decodeToken reads what jose reads', () => {
  it(`of ${RUNS} tokens`, () => {
    fc.assert(
      fc.property(token, (jwt) => {
        const { header, claims, malformed } = decodeToken(jwt);
        expect(malformed).toBeUndefined();
        expect(header).toEqual(decodeProtectedHeader(jwt));
        expect(claims).toEqual(decodeJwt(jwt));
        expect(Object.keys(claims!)).toEqual(Object.keys(decodeJwt(jwt)));
      }),
      { numRuns: RUNS },
    );
  });

  it(`of ${RUNS} damaged ones, wherever jose still reads them`, () => {
    let readByBoth = 0;
    let readByUs = 0;
    const damage = fc.tuple(
      token,
      fc.nat(),
      fc.constantFrom('', '=', '==', '.', 'A', '_', '+', '/', '!', '\u00e9', '%'),
      fc.nat(3),
    );
    fc.assert(
      fc.property(damage, ([jwt, at, inserted, removed]) => {
        const place = at % jwt.length;
        const damaged = jwt.slice(0, place) + inserted + jwt.slice(place + removed);
        const ours = decodeToken(damaged);
        if (ours.malformed === undefined) readByUs++;
        const theirs = tryJose(damaged);
        // Jitsi's server counts no empty parts, and needs a signature that is base64url.
        const [, , signed, more] = damaged.split('.').filter(Boolean);
        if (!theirs || !signed || more !== undefined || /[^\w=-]/.test(signed)) return;
        readByBoth++;
        expect(ours.header).toEqual(theirs.header);
        expect(ours.claims).toEqual(theirs.claims);
      }),
      { numRuns: RUNS },
    );
    stat(`damaged tokens: jose and decodeToken read ${readByBoth} of ${RUNS} alike; decodeToken reads ${readByUs}`);
    expect(readByBoth).toBeGreaterThan(100);
  });
});

function tryJose(jwt: string) {
  try {
    return { header: decodeProtectedHeader(jwt), claims: decodeJwt(jwt) };
  } catch {
    return undefined;
  }
}
