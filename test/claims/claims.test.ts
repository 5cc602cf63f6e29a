import { describe, expect, it } from 'vitest';
import { decodeToken, describeFeatures, describeRole, describeUser, featureNames } from '../../src/claims/index.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }) =>
  `${part(header)}.${part(claims)}.c2lnbmF0dXJl`;

const times = (claims: object) => decodeToken(token(claims)).times!;

const asking = (user: object) => ({ context: { user } });

describe('decodeToken', () => {
  it('reads header and claims, and keeps what it does not know', () => {
    const decoded = decodeToken(token({ room: 'größe', 'https://x.example/y': [1] }));
    expect(decoded.malformed).toBeUndefined();
    expect(decoded.header).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(decoded.claims).toEqual({ room: 'größe', 'https://x.example/y': [1] });
  });

  it.each([
    ['', /no parts/],
    ['abc', /one part/],
    ['a.b.c.d', /4 parts/],
    ['a.b.c.d.e.f.g', /more than five parts/],
    [undefined as unknown as string, /no text/],
    ['a.b.c.d.e', /five parts/],
    ['!.e30.x', /header/],
    ['e30.bm8.x', /payload/],
    ['e30.W10.x', /payload/],
    ['e30.e30.!', /signature/],
  ])('says why %j is not a token', (jwt, reason) => expect(decodeToken(jwt).malformed).toMatch(reason));

  it('reads what the server reads: padding, empty parts, a dangling character', () => {
    const [header, payload, signature] = token({ a: 1 }).split('.');
    for (const jwt of [
      `${header}==.${payload}=.${signature}`,
      `.${header}..${payload}.${signature}.`,
      `${header}.${payload}.${signature}AAAAA`,
    ])
      expect(decodeToken(jwt).claims).toEqual({ a: 1 });
  });
});

describe('times', () => {
  it('are dates', () => {
    const { expiresAt, notBefore, issuedAt, problems } = times({ exp: 1_800_000_000, nbf: 1_700_000_000.5, iat: 0 });
    expect(expiresAt).toEqual(new Date('2027-01-15T08:00:00Z'));
    expect(notBefore).toEqual(new Date('2023-11-14T22:13:20.500Z'));
    expect(issuedAt).toEqual(new Date(0));
    expect(problems).toEqual([]);
  });

  it.each([
    [{}, 'exp', 'missing'],
    [{ exp: '1800000000' }, 'exp', 'string'],
    [{ exp: 1_800_000_000_000 }, 'exp', 'milliseconds'],
    [{ exp: null }, 'exp', 'not-a-number'],
    [{ exp: 1e300 }, 'exp', 'out-of-range'],
    [{ exp: 8.64e12 + 1 }, 'exp', 'out-of-range'],
    [{ exp: 8.64e12 }, 'exp', 'milliseconds'],
    [{ exp: -8.64e12 - 1 }, 'exp', 'out-of-range'],
    [{ exp: 1, nbf: 8.64e12 + 1 }, 'nbf', 'out-of-range'],
    [{ exp: 1, nbf: 1_800_000_000_000 }, 'nbf', 'milliseconds'],
    [{ exp: 1, iat: true }, 'iat', 'not-a-number'],
  ])('%j: %s is %s', (claims, claim, kind) => expect(times(claims).problems).toEqual([{ claim, kind }]));
});

describe('describeRole', () => {
  it.each([
    [asking({ moderator: true }), 'moderator'],
    [asking({ moderator: 'true' }), 'moderator'],
    [asking({ affiliation: 'teacher' }), 'moderator'],
    [asking({ role: 'visitor' }), 'visitor'],
    [asking({ moderator: 'True' }), 'participant'],
    [asking({ moderator: 1 }), 'participant'],
    [asking({ affiliation: 'OWNER' }), 'participant'],
    [asking({ affiliation: 'owner', moderator: false }), 'moderator'],
    [asking({ affiliation: 'member', moderator: true }), 'moderator'],
    [asking({ moderator: false }), 'participant'],
    [asking({ affiliation: 'member' }), 'participant'],
    [asking({ role: 'visitor', moderator: true }), 'moderator'],
  ])('reads %j as a request', (claims, asked) =>
    expect(describeRole(claims)).toEqual({ name: asked, source: 'claims', asked }),
  );

  it.each([
    undefined,
    {},
    { context: 'x' },
    { context: { user: null } },
    { context: { user: ['moderator'] } },
    // No plugin of Jitsi reads these.
    { moderator: true },
    { affiliation: 'owner' },
    { context: { moderator: true } },
    asking({ role: 'moderator' }),
    { context: { features: { moderation: true } } },
  ])('knows nothing from %j', (claims) => expect(describeRole(claims)).toEqual({ name: 'unknown', source: 'none' }));

  it('lets what the server decided come first, and keeps what was asked for', () =>
    expect(describeRole(asking({ moderator: true }), 'participant')).toEqual({
      name: 'participant',
      source: 'live',
      asked: 'moderator',
    }));

  it('takes Jitsi\'s "none" as no answer', () =>
    expect(describeRole(asking({ moderator: true }), 'none').source).toBe('claims'));
});

describe('describeFeatures', () => {
  it('leaves all 20 to the server where the token says nothing', () => {
    const features = describeFeatures({ context: {} });
    expect(Object.keys(features)).toEqual([...featureNames]);
    expect(featureNames).toHaveLength(20);
    expect(new Set(Object.values(features))).toEqual(new Set(['default']));
  });

  it('reads what is granted; what is missing then is off', () => {
    const features = describeFeatures({
      context: { features: { recording: true, livestreaming: 'true', flip: 'yes' } },
    });
    expect(Object.entries(features).filter(([, on]) => on)).toEqual([
      ['livestreaming', true],
      ['recording', true],
    ]);
  });

  it('takes missing features on JaaS as none', () =>
    expect(new Set(Object.values(describeFeatures({ sub: 'vpaas-magic-cookie-1' })))).toEqual(new Set([false])));
});

describe('describeUser', () => {
  it('reads whom the token speaks of as the client does', () =>
    expect(
      describeUser({
        context: { user: { id: '1', name: ' Ada ', email: 'ada@x.example', avatar: 'a', avatarUrl: 'b' } },
      }),
    ).toEqual({
      id: '1',
      name: 'Ada',
      email: 'ada@x.example',
      avatar: 'b',
    }));

  it('leaves out what is not a text', () =>
    expect(describeUser({ context: { user: { name: 5, email: ' ' } } })).toEqual({}));
});
