import { SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { dockerJitsiMeet, fixes, jaas, preflight, selfHosted, type Deployment } from '../../src/preflight/index.js';
import { unsignedToken } from '../support/jwt.js';

const NOW = 1_800_000_000;
const secret = 'Zk3w9QvT1rXb7LmP5sHd8NcJ2fGy6UaE';
const good = {
  iss: 'app',
  aud: 'jitsi',
  sub: 'meet.example.com',
  room: 'room',
  iat: NOW,
  exp: NOW + 3600,
  context: {},
};
const deployment = selfHosted({ domain: 'meet.example.com', appId: 'app', secret });

const signed = (claims: object, header: object = {}) =>
  new SignJWT(claims as Record<string, unknown>)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(new TextEncoder().encode(secret));

async function check(claims: object, settings: Deployment = deployment, request: object = {}) {
  const token = await signed(claims);
  return preflight(token, settings, { room: 'room', now: new Date(NOW * 1000), ...request });
}

const codes = ({ findings }: Awaited<ReturnType<typeof check>>) => findings.map(({ code }) => code);

describe('preflight', () => {
  it('accepts a proper token and has nothing to say', async () =>
    expect(await check(good)).toEqual({ connect: 'accepted', join: 'accepted', findings: [] }));

  it("doesn't stop at the first problem, and keeps the server's order", async () => {
    const result = await check({ iss: 'wrong', room: 'other', sub: 'user-1', exp: String(NOW), context: {} });
    expect(result.connect).toBe('rejected');
    expect(result.join).toBeNull();
    expect(result.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual([
      'exp-not-number',
      'iss-other',
      'aud-missing',
      'room-other',
      'sub-other',
    ]);
    expect(result.findings[0]).toMatchObject({ claim: 'exp', serverText: 'exp must be number', stage: 'connect' });
  });

  it('says what is there, what should be, and how to get there', async () => {
    const { join, findings } = await check({ ...good, sub: 'user-17' });
    expect(join).toBe('rejected');
    expect(findings[0]).toEqual({
      code: 'sub-other',
      severity: 'error',
      stage: 'join',
      claim: 'sub',
      found: '"user-17"',
      expected: '"meet.example.com"',
      fix: fixes['sub-other'],
      serverText: 'Room and token mismatched',
    });
  });

  it('never accepts a signature that it could not check', async () => {
    const result = await check(good, selfHosted({ domain: 'meet.example.com', appId: 'app' }));
    expect(result).toMatchObject({ connect: 'unknown', join: 'accepted', findings: [{ code: 'signature-unchecked' }] });
  });

  it('is sure of a no even without a key', async () => {
    const result = await check({ ...good, exp: NOW }, selfHosted({ domain: 'meet.example.com', appId: 'app' }));
    expect(result.connect).toBe('rejected');
  });

  it('knows nothing where a deployment says nothing', async () => {
    const result = await check(good, {});
    expect([result.connect, result.join]).toEqual(['unknown', 'unknown']);
    expect(codes(result)).toEqual(['signature-unchecked', 'iss-unchecked', 'domain-unchecked']);
  });

  it('tells no token from an empty one', async () => {
    const request = { room: 'room' };
    const open = { ...deployment, allowEmptyToken: true };
    expect(await preflight(null, open, request)).toMatchObject({ connect: 'accepted', join: 'accepted' });
    expect(await preflight('', open, request)).toMatchObject({ connect: 'rejected', join: null });
    expect(await preflight(null, deployment, request)).toMatchObject({
      connect: 'rejected',
      findings: [{ code: 'token-required', serverText: 'token required' }],
    });
  });

  it('ignores a token on the guest domain, as the server does, and says so', async () => {
    const settings = { ...deployment, guestDomain: 'guest.meet.example.com', domainVerification: false };
    const result = await check({ exp: 1 }, settings, { xmppDomain: 'Guest.meet.example.com' });
    expect([result.connect, result.join]).toEqual(['accepted', 'accepted']);
    expect(codes(result)).toContain('guest-token-ignored');
  });

  it('checks with public keys and with key sets', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k/1' }).sign(privateKey);
    const request = { room: 'room', now: new Date(NOW * 1000) };
    const settings = { appId: 'app', xmppDomain: 'meet.example.com' };
    const publicKeys = { 'k/1': await exportSPKI(publicKey) };
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k/1', use: 'enc' }] };
    for (const keys of [{ publicKeys }, { jwks }])
      expect(await preflight(token, { ...settings, keys }, request)).toMatchObject({ connect: 'accepted' });
    const other = await preflight(token, { ...settings, keys: { publicKeys: { 'k/2': publicKeys['k/1'] } } }, request);
    expect(other).toMatchObject({ connect: 'rejected', findings: [{ code: 'kid-unknown' }] });
  });

  it('leaves a signature unchecked where jose can not be loaded', async () => {
    vi.doMock('jose/key/import', () => {
      throw new Error('offline');
    });
    const certificate = '-----BEGIN CERTIFICATE-----\nany\n-----END CERTIFICATE-----\n';
    const settings = selfHosted({ domain: 'meet.example.com', appId: 'app', keys: { jwks: { k1: certificate } } });
    const token = unsignedToken(good, { alg: 'RS256', typ: 'JWT', kid: 'k1' });
    const result = await preflight(token, settings, { room: 'room', now: new Date(NOW * 1000) });
    vi.doUnmock('jose/key/import');
    expect(result).toMatchObject({ connect: 'unknown', findings: [{ code: 'signature-unchecked' }] });
  });

  it('leaves a pattern undecided that takes too long to try', async () => {
    const slow = { ...good, room: `${'.*'.repeat(20)}x`, context: { room: { regex: true } } };
    const result = await check(slow, deployment, { room: 'a'.repeat(300) });
    expect(result.join).toBe('unknown');
    expect(codes(result)).toContain('room-pattern-undecided');
  });

  it('tells neither the token nor a secret', async () => {
    const weak = selfHosted({ domain: 'meet.example.com', appId: 'app', secret: 'hunter2hunter2' });
    const token = await signed({ ...good, iss: 'x', sub: 'a'.repeat(5000), room: 'b'.repeat(2000) }, { kid: 'k' });
    const text = JSON.stringify(await preflight(token, weak, { room: 'room' }));
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain(token.slice(0, 30));
    for (const part of token.split('.')) expect(text).not.toContain(part.slice(0, 40));
    expect(text.length).toBeLessThan(6000);
  });
});

describe('advice that no server gives', () => {
  it.each([
    [{ exp: NOW + 90_000 }, 'life-long'],
    [{ exp: undefined }, 'exp-missing'],
    [{ exp: (NOW + 60) * 1000 }, 'exp-milliseconds'],
    [{ room: '*' }, 'room-any'],
    [{ iat: NOW + 60 }, 'clock-skew'],
    [{ context: { user: { id: 'u', phone_number: '1' } } }, 'personal-data'],
    [{ pad: 'x'.repeat(5500) }, 'token-near-limit'],
    [{ context: undefined }, 'context-missing'],
    [{ context: { features: { teleport: true } } }, 'feature-unknown'],
  ])('%j: %s', async (change, code) => {
    const result = await check({ ...good, ...change });
    expect(result.connect).toBe('accepted');
    expect(codes(result)).toContain(code);
    expect(result.findings.every(({ severity }) => severity !== 'error')).toBe(true);
  });

  it.each([
    ['Q&A', null, 'room-not-served'],
    ['how?', null, 'room-not-served'],
    ['16:30', 'acme', 'room-not-served'],
    ['acme/daily', null, 'room-not-served'],
    ['config.js', null, 'room-not-served'],
    ['daily', 'static', 'tenant-not-served'],
  ])("warns that Jitsi's web server does not serve the room %j of the tenant %j", async (room, tenant, code) => {
    const token = await signed({ ...good, room: '*', sub: '*' });
    const result = await preflight(token, deployment, { room, tenant, now: new Date(NOW * 1000) });
    expect(result).toMatchObject({ connect: 'accepted', join: 'accepted' });
    expect(result.findings).toContainEqual(expect.objectContaining({ code, severity: 'warning', stage: null }));
  });

  it('says of an apostrophe, which XMPP has not either, one thing only', async () => {
    const result = await preflight(await signed({ ...good, room: '*' }), deployment, {
      room: "Bob's",
      now: new Date(NOW * 1000),
    });
    expect(codes(result).filter((code) => code.includes('room-'))).toEqual(['room-address-unusable', 'room-any']);
  });

  it("reports a user's id in sub even if the server does not compare sub", async () => {
    const settings = { ...deployment, domainVerification: false };
    for (const [sub, context] of [
      ['user-1', { user: { id: 'user-1' } }],
      ['ada@example.com', {}],
      ['0b9d2c1e-6a53-4a0e-9d4c-1b2f3a4c5d6e', {}],
    ] as const)
      expect(await check({ ...good, sub, context }, settings)).toMatchObject({
        join: 'accepted',
        findings: [{ code: 'sub-other', severity: 'advice' }],
      });
  });

  it.each(['short', 'my_jitsi_app_secret_which_is_really_long', 'ab'.repeat(20)])(
    'finds the secret %j weak',
    async (weak) => {
      const { findings } = await check(good, { ...deployment, keys: { secret: weak } });
      expect(findings.map(({ code }) => code)).toContain('secret-weak');
    },
  );

  it('says to sign an unsigned token, and does not mention guests', async () => {
    const unsigned = unsignedToken(good, { alg: 'none', typ: 'JWT' }).replace(/[^.]*$/, '');
    const { connect, findings } = await preflight(unsigned, deployment, { room: 'room' });
    expect(connect).toBe('rejected');
    expect(findings.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
      'error token-malformed',
      'advice alg-none',
    ]);
  });

  it('warns of alg none', async () => {
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.e30.c2ln`;
    const { findings } = await preflight(none, deployment, { room: 'room' });
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['alg-other', 'alg-none']));
  });

  it("says what JaaS and Jitsi's client want of a JaaS token", async () => {
    const claims = { ...good, sub: 'vpaas-magic-cookie-1', iss: 'app', aud: 'x' };
    expect(codes(await check(claims, jaas()))).toEqual(
      expect.arrayContaining([
        'alg-other',
        'iss-other',
        'aud-other',
        'jaas-kid-missing',
        'jaas-aud-other',
        'jaas-iss-other',
        'jaas-features-missing',
      ]),
    );
  });
});

describe('presets', () => {
  it('selfHosted has the defaults of a hand-made install', () =>
    expect(selfHosted({ domain: 'd.example', appId: 'app' })).toEqual({
      xmppDomain: 'd.example',
      appId: 'app',
      allowEmptyToken: false,
      requireRoomClaim: true,
      domainVerification: true,
      proxy: 'nginx',
    }));

  it.each([
    [{ secret: 's' }, 'HS256'],
    [{ keys: { secret: 's' } }, 'HS256'],
    [{ keys: { publicKeys: {} } }, 'RS256'],
    [{}, undefined],
  ])('selfHosted with %j expects the algorithm %s', async (keys, algorithm) => {
    const { findings } = await preflight(
      unsignedToken(good, { alg: 'none', typ: 'JWT', kid: 'k' }),
      selfHosted({ domain: 'meet.example.com', appId: 'app', ...keys }),
      { room: 'room' },
    );
    expect(findings.find(({ code }) => code === 'alg-other')?.expected).toBe(algorithm);
  });

  it('dockerJitsiMeet reads the environment as the image does', () => {
    const env = {
      JWT_APP_ID: 'app',
      JWT_APP_SECRET: 's',
      JWT_ACCEPTED_ISSUERS: 'app,other',
      JWT_ACCEPTED_AUDIENCES: 'jitsi',
      JWT_ALLOW_EMPTY: '1',
      JWT_ENABLE_DOMAIN_VERIFICATION: 'true',
      ENABLE_GUESTS: '1',
      XMPP_MODULES: 'presence_identity',
    };
    expect(dockerJitsiMeet(env)).toEqual({
      appId: 'app',
      keys: { secret: 's' },
      algorithm: 'HS256',
      acceptedIssuers: ['app', 'other'],
      acceptedAudiences: ['jitsi'],
      allowEmptyToken: true,
      requireRoomClaim: true,
      domainVerification: true,
      xmppDomain: 'meet.jitsi',
      guestDomain: 'guest.meet.jitsi',
      plugins: ['presence_identity'],
      proxy: 'nginx',
    });
  });

  it('dockerJitsiMeet leaves domain verification off, as the image does', () =>
    expect(dockerJitsiMeet({ JWT_APP_ID: 'app' })).toMatchObject({
      domainVerification: false,
      allowEmptyToken: false,
      guestDomain: null,
    }));

  it('dockerJitsiMeet takes no secret where a key server is set', () =>
    expect(
      dockerJitsiMeet({ JWT_APP_ID: 'a', JWT_APP_SECRET: 's', JWT_ASAP_KEYSERVER: 'https://keys.example' }),
    ).toMatchObject({
      algorithm: 'RS256',
    }));
});
