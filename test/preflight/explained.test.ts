import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { decodeToken, featureNames } from '../../src/claims/index.js';
import {
  dockerJitsiMeet,
  fixes,
  jaas,
  openidProvider,
  preflight,
  findingsWithoutSettings,
  type Deployment,
  type Finding,
} from '../../src/preflight/index.js';
import { unsignedToken } from '../support/jwt.js';

const NOW = 1_800_000_000;
const now = new Date(NOW * 1000);
const good = { iss: 'app', aud: 'jitsi', sub: 'meet.example.com', room: 'room', exp: NOW + 3600, context: {} };
const deployment: Deployment = { appId: 'app', xmppDomain: 'meet.example.com' };

async function findings(claims: object, settings: Deployment = {}, to: { room?: string; tenant?: string } = {}) {
  const token = unsignedToken({ ...good, ...claims }, { alg: 'HS256', typ: 'JWT' });
  return (await preflight(token, { ...deployment, ...settings }, { room: 'room', now, ...to })).findings;
}
const codes = (found: Finding[]) => found.map(({ code }) => code).filter((code) => code !== 'signature-unchecked');
const of = (found: Finding[], code: Finding['code']) => found.find((finding) => finding.code === code);
const sure = (claims: object, header: Record<string, unknown> = { alg: 'HS256', typ: 'JWT' }) =>
  findingsWithoutSettings(decodeToken(unsignedToken({ ...good, ...claims }, header)), { room: 'room', now });

describe('`sub` that is another one has the fix of its cause', () => {
  const appId = 'vpaas-magic-cookie-1a2b';
  it.each<[string, object, { tenant?: string }, RegExp]>([
    ["a user's id", { sub: 'user-17' }, {}, /not the user's id/],
    ['a UUID', { sub: '0b9d2c1e-6a53-4a0e-9d4c-1b2f3a4c5d6e' }, { tenant: 'acme' }, /not the user's id/],
    ['a number', { sub: '4711' }, {}, /not the user's id/],
    ['a tenant that the address lacks', { sub: 'acme' }, {}, /tenant into the address/],
    ['the AppID of JaaS', { sub: appId }, {}, /set the tenant to the AppID/],
    ['another AppID', { sub: appId }, { tenant: 'vpaas-magic-cookie-9' }, /AppID/],
    ['another tenant', { sub: 'acme' }, { tenant: 'other' }, /address's tenant/],
    ['another domain', { sub: 'meet.jitsi' }, {}, /XMPP domain/],
    ['a domain in a tenant', { sub: 'meet.example.com' }, { tenant: 'acme' }, /tenant into `sub`/],
    ['the tenant in letters that Lua does not fold', { sub: 'ÄST' }, { tenant: 'ÄST' }, /lower case/],
  ])('%s', async (_, claims, to, fix) => {
    const found = of(await findings(claims, {}, to), 'sub-other');
    expect(found?.fix).toMatch(fix);
    expect(found?.found).not.toBe(found?.expected);
  });

  it('also where nothing is known but the token', () =>
    expect(of(sure({ sub: appId }), 'sub-other')?.fix).toMatch(/set the tenant to the AppID/));

  it('and says the same of a JaaS deployment', async () => {
    const claims = { ...good, sub: appId, iss: 'chat' };
    const token = unsignedToken(claims, { alg: 'RS256', typ: 'JWT', kid: `${appId}/k` });
    const result = await preflight(token, jaas(), { room: 'room', now });
    expect(of(result.findings, 'sub-other')?.fix).toMatch(/set the tenant to the AppID/);
  });
});

describe('one cause is one finding', () => {
  it.each<[object, string]>([
    [{ iss: undefined, aud: undefined, context: { user: {}, iss: 'app', aud: 'jitsi' } }, 'context.iss, context.aud'],
    [
      {
        iss: undefined,
        aud: undefined,
        room: undefined,
        sub: undefined,
        context: { iss: 1, aud: 1, room: 'r', sub: 's' },
      },
      'context.iss, context.aud, context.room, context.sub',
    ],
    [{ room: undefined, context: { user: { room: 'room' } } }, 'context.user.room'],
    [{ iss: undefined, data: { iss: 'app' } }, 'data.iss'],
  ])('claims inside another one: %j', async (claims, where) => {
    const found = await findings(claims);
    expect(codes(found)).toEqual(['claims-misplaced']);
    expect(of(found, 'claims-misplaced')).toMatchObject({ severity: 'error', found: where });
    expect(codes(sure(claims))).toEqual(['claims-misplaced']);
  });

  it('keeps what the server says first', async () => {
    const found = await findings({ iss: undefined, context: { iss: 'app' } });
    expect(of(found, 'claims-misplaced')?.serverText).toBe("'iss' claim is missing");
  });

  it('takes no context.room for a claim in the wrong place', async () => {
    expect(codes(await findings({ room: undefined, context: { room: { regex: false } } }))).toEqual(['room-missing']);
  });

  it.each(['HS384', 'ES256', 'RS256'])(
    'a token of %s has another algorithm, not a wrong signature too',
    async (alg) => {
      const settings = { keys: { secret: 'k'.repeat(32) } };
      const token = unsignedToken(good, { alg, typ: 'JWT' });
      const result = await preflight(token, { ...deployment, ...settings }, { room: 'room', now });
      expect(codes(result.findings).filter((code) => code !== 'secret-weak')).toEqual(['alg-other']);
    },
  );

  it.each([
    ['nbf', { nbf: NOW * 1000 }, 'error'],
    ['exp', { exp: (NOW + 60) * 1000 }, 'advice'],
    ['iat', { iat: NOW * 1000 }, 'advice'],
  ])('%s in milliseconds is told as that, and nothing else', async (claim, claims, severity) => {
    const found = await findings(claims);
    expect(found.filter((one) => one.code !== 'signature-unchecked')).toMatchObject([
      { code: `${claim}-milliseconds`, severity, fix: expect.stringContaining('1000') },
    ]);
  });

  it('nbf in milliseconds is not blamed on the clock, however wrong that may be', () =>
    expect(
      findingsWithoutSettings(decodeToken(unsignedToken({ ...good, nbf: NOW * 1000 }, { alg: 'HS256', typ: 'JWT' })), {
        room: 'room',
        now,
        trustClock: false,
      }),
    ).toMatchObject([{ code: 'nbf-milliseconds', severity: 'error' }]));

  it.each(['"', "'"])('quotes around a token are named (%s)', async (quote) => {
    const token = `${quote}${unsignedToken(good, { alg: 'HS256', typ: 'JWT' })}${quote}`;
    const { findings: found } = await preflight(token, deployment, { room: 'room', now });
    expect(found[0]).toMatchObject({ code: 'token-not-base64url', fix: expect.stringContaining('quotes') });
  });
});

describe("a provider's token", () => {
  const token = {
    iss: 'https://id.example.com/realms/demo',
    aud: 'account',
    sub: '7c1c9a6e-0000-4000-8000-00000000bbbb',
    azp: 'jitsi-web',
    typ: 'Bearer',
    realm_access: { roles: [] },
    room: undefined,
    context: undefined,
  };

  it('is told as that before all else, on a server that is not set up for it', async () => {
    const found = await findings(token);
    expect(found.find(({ severity }) => severity === 'error')).toMatchObject({
      code: 'provider-token',
      serverText: "invalid 'iss' claim",
      fix: expect.stringContaining('backend'),
    });
    expect(sure(token)[0]).toMatchObject({ code: 'provider-token', severity: 'warning' });
  });

  it.each([
    ['Google', { iss: 'https://accounts.google.com', email: 'ada@example.org', email_verified: true }],
    ['Microsoft', { iss: 'https://login.microsoftonline.com/t/v2.0', oid: 'o', preferred_username: 'ada' }],
    ['Amazon Cognito', { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/p', token_use: 'access' }],
    ['Auth0', { iss: 'https://demo.eu.auth0.com/', gty: 'client-credentials' }],
  ])('is known by what %s writes', async (_, claims) => {
    const found = await findings({ aud: 'client', sub: '1101', room: undefined, context: undefined, ...claims });
    expect(found.find(({ severity }) => severity === 'error')?.code).toBe('provider-token');
  });

  it('is not reported where the server takes it', async () => {
    const settings = openidProvider({ domain: 'meet.example.com', issuer: token.iss, audiences: ['account'] });
    const jwt = unsignedToken({ ...good, ...token }, { alg: 'RS256', typ: 'JWT', kid: 'k' });
    const result = await preflight(jwt, settings, { room: 'any', now });
    expect(result).toMatchObject({ connect: 'unknown', join: 'accepted' });
    expect(codes(result.findings)).not.toContain('provider-token');
  });

  it.each([
    [{ aud: ['account', 'jitsi-web'] }, 'aud-other'],
    [{ sub: undefined }, 'sub-missing'],
  ])('%j is refused there as well', async (change, code) => {
    const settings = openidProvider({ domain: 'meet.example.com', issuer: token.iss, audiences: ['account'] });
    const jwt = unsignedToken({ ...good, ...token, ...change }, { alg: 'RS256', typ: 'JWT', kid: 'k' });
    const result = await preflight(jwt, settings, { room: 'any', now });
    expect(result.connect).toBe('rejected');
    expect(codes(result.findings)).toContain(code);
    // The server is set up for it: that is not the cause.
    expect(codes(result.findings)).not.toContain('provider-token');
  });
});

describe('a claim in a place that no server reads', () => {
  it.each<[object, string, string]>([
    [{ features: { recording: true } }, 'features-misplaced', 'features'],
    [{ user: { name: 'Ada' } }, 'user-misplaced', 'user'],
    [{ context: { name: 'Ada', email: 'ada@example.org' } }, 'user-misplaced', 'context.name'],
    [{ context: { avatar: 'https://example.org/a.png' } }, 'user-misplaced', 'context.avatar'],
    [{ context: { user: { features: { recording: true } } } }, 'features-misplaced', 'context.user.features'],
    [{ context: { features: {} } }, 'features-empty', 'context.features'],
    [{ context: { features: ['recording'] } }, 'features-not-object', 'context.features'],
    [{ moderator: true }, 'moderator-unread', 'moderator'],
    [{ affiliation: 'owner' }, 'moderator-unread', 'affiliation'],
    [{ context: { moderator: true } }, 'moderator-unread', 'context.moderator'],
    [{ context: { user: { role: 'moderator' } } }, 'moderator-unread', 'context.user.role'],
    [{ context: { user: { moderator: 1 } } }, 'moderator-unread', 'context.user.moderator'],
    [{ context: { user: { affiliation: 'OWNER' } } }, 'moderator-unread', 'context.user.affiliation'],
  ])('%j: %s', async (claims, code, claim) => {
    expect(codes(await findings(claims))).toEqual([code]);
    expect(of(await findings(claims), code as Finding['code'])?.claim).toBe(claim);
  });

  it('is not reported for a moderator who is asked for in several ways, one of which is read', async () =>
    expect(codes(await findings({ moderator: true, context: { user: { moderator: true } } }))).toEqual([]));

  it('names every feature that Jitsi knows', () => {
    for (const name of featureNames) expect(fixes['feature-unknown']).toContain(name);
  });
});

it('a pattern that the server does not read is told as that', async () => {
  const claims = { room: 'team_.*', context: { room: { regex: true } } };
  const found = await findings(claims, { domainVerification: false }, { room: 'team_a' });
  expect(codes(found)).toEqual(['room-pattern-off']);
  expect(found.at(-1)?.fix).toContain('enable_domain_verification');
  const docker = { ...dockerJitsiMeet({ JWT_APP_ID: 'app' }), xmppDomain: 'meet.example.com' };
  expect(codes(await findings(claims, docker, { room: 'team_a' }))).toContain('room-pattern-off');
});

describe('keys, as luaossl 20220711 read them (checked with Lua 5.4)', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = (key: KeyObject, type: 'spki' | 'pkcs8' | 'pkcs1') =>
    key.export({ type, format: 'pem' } as never) as string;
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const ed = generateKeyPairSync('ed25519');
  const spki = pem(publicKey, 'spki');

  async function judge(key: string, where: 'secret' | 'publicKeys') {
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' }).sign(privateKey);
    const keys = where === 'secret' ? { secret: key } : { publicKeys: { k: key } };
    return preflight(token, { ...deployment, keys, algorithm: 'RS256' }, { room: 'room', now });
  }

  it.each([
    ['public', spki],
    ['public, PKCS #1', pem(publicKey, 'pkcs1')],
    ['with CRLF', spki.replaceAll('\n', '\r\n')],
    ['without a line break at its end', spki.trimEnd()],
    ['after some text', `# main key\n${spki}`],
  ])('%s: accepted', async (_, key) => {
    for (const where of ['secret', 'publicKeys'] as const)
      expect(await judge(key, where)).toMatchObject({ connect: 'accepted', findings: [] });
  });

  it.each([
    ['PKCS #8', pem(privateKey, 'pkcs8')],
    ['PKCS #1', pem(privateKey, 'pkcs1')],
  ])('private, %s: accepted, with the advice to give the public half', async (_, key) => {
    for (const where of ['secret', 'publicKeys'] as const)
      expect(await judge(key, where)).toMatchObject({
        connect: 'accepted',
        findings: [{ code: 'key-private', severity: 'advice' }],
      });
  });

  it.each([
    [
      'another RSA key',
      pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey, 'spki'),
      'signature-wrong',
      /Sign with/,
    ],
    ['EC', pem(ec.publicKey, 'spki'), 'key-unreadable', /RSA/],
    ['Ed25519', pem(ed.publicKey, 'spki'), 'key-unreadable', /RSA/],
    ['with "\\n" as two characters', spki.replaceAll('\n', '\\n'), 'key-unreadable', /line breaks/],
    ['in quotes', `"${spki}"`, 'key-unreadable', /quotes/],
    ['on one line', spki.replaceAll('\n', ' '), 'key-unreadable', /lines of its own/],
    ['indented', spki.replaceAll('\n', '\n  '), 'key-unreadable', /lines of its own/],
    ['a word', 'not a key at all', 'key-unreadable', /HS256/],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', 'key-unreadable', /x509/],
  ])('%s: refused', async (_, key, code, fix) => {
    const { connect, findings: found } = await judge(key, 'secret');
    expect(connect).toBe('rejected');
    expect(found[0]).toMatchObject({ code, fix: expect.stringMatching(fix) });
  });
});

describe('two sources of public keys', () => {
  const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [one, two] = [pair(), pair()];
  const keys = {
    jwks: { keys: [{ ...one.publicKey.export({ format: 'jwk' }), kid: 'a', use: 'enc' }] },
    publicKeys: { b: two.publicKey.export({ type: 'spki', format: 'pem' }) as string },
  };
  const judge = async (kid: string, key: KeyObject) => {
    const token = await new SignJWT(good).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid }).sign(key);
    const result = await preflight(token, { ...deployment, keys }, { room: 'room', now });
    return result.findings[0]?.serverText ?? result.connect;
  };

  it('the key set is asked first, the key server second', async () => {
    expect(await judge('a', one.privateKey)).toBe('accepted');
    expect(await judge('b', two.privateKey)).toBe('accepted');
    expect(await judge('a', two.privateKey)).toBe('Invalid signature');
    expect(await judge('c', two.privateKey)).toBe('could not obtain public key');
  });
});
