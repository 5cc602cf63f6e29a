import { exportSPKI, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { describe, expect, test } from 'vitest';
import { asksToModerate, judgeConnecting, judgeJoining } from '../../demo/standin/judge.js';
import { mintToken, policy } from '../support/standin.js';

const now = new Date();
const seconds = Math.floor(now.getTime() / 1000);
const text = async (token: string | null, changes: Partial<typeof policy> = {}) => {
  const judgement = await judgeConnecting(token, { ...policy, ...changes }, now);
  return judgement.answer === 'refused' ? judgement.text : judgement.answer;
};

describe('on connecting', () => {
  test('a valid token is taken, and its claims are handed on', async () => {
    const judgement = await judgeConnecting(await mintToken({ room: 'abc' }), policy, now);
    expect(judgement).toMatchObject({ answer: 'accepted', claims: { room: 'abc' } });
  });

  test.each([
    ['no token', null, 'token required'],
    ['a string that is no JWT', 'garbage', 'Invalid token'],
    ['three parts that are no JWT', 'a.b.c', 'Invalid header'],
  ])('%s is refused', async (_, token, expected) => expect(await text(token)).toBe(expected));

  test.each([
    ['a wrong secret', {}, { key: 'another-secret-of-at-least-32-bytes!' }, 'Invalid signature'],
    ['typ in lower case', {}, { header: { typ: 'jwt' } }, 'Invalid typ'],
    ['no typ', {}, { header: { typ: undefined } }, 'Invalid typ'],
    ['another algorithm', {}, { header: { alg: 'HS512' } }, 'Invalid or incorrect alg'],
    ['the very second of exp', { iat: undefined, exp: seconds }, {}, 'Not acceptable by exp (0.0 sec since expired)'],
    [
      'a minute after exp',
      { iat: seconds - 360, exp: seconds - 60 },
      {},
      'Not acceptable by exp (60.0 sec since expired, valid for:300.0 sec)',
    ],
    ['a second before nbf', { nbf: seconds + 1 }, {}, 'Not acceptable by nbf'],
    ['another issuer', { iss: 'someone' }, {}, "invalid 'iss' claim"],
    ['no issuer', { iss: undefined }, {}, "'iss' claim is missing"],
    ['no audience', { aud: undefined }, {}, "'aud' claim is missing"],
    ['no room claim', { room: undefined }, {}, 'room claim is missing'],
    ['no sub, though sub is not compared', { sub: undefined }, {}, 'sub claim is missing'],
    ['a token too long for a request', { filler: 'x'.repeat(9500) }, {}, 'silence'],
  ])('%s', async (_, claims, signing, expected) => {
    expect(await text(await mintToken(claims as JWTPayload, signing))).toBe(expected);
  });

  test('a server of March 2026 never answers to a token without a room, and takes one without sub', async () => {
    const old = { release: '2026-03' } as const;
    expect(await text(await mintToken({ room: undefined }), old)).toBe('silence');
    expect(await text(await mintToken({ sub: undefined }), old)).toBe('accepted');
  });

  test('an audience counts only where audiences are configured, and a list never matches', async () => {
    const strict = { acceptedAudiences: ['jitsi'] };
    expect(await text(await mintToken({ aud: 'other' }))).toBe('accepted');
    expect(await text(await mintToken({ aud: 'other' }), strict)).toBe("invalid 'aud' claim");
    expect(await text(await mintToken({ aud: ['jitsi'] }), strict)).toBe("invalid 'aud' claim");
  });

  test('no token is fine where empty tokens are allowed; a bad one still isn’t', async () => {
    expect(await text(null, { allowEmptyToken: true })).toBe('accepted');
    expect(await text(await mintToken({ exp: 1 }), { allowEmptyToken: true })).toMatch(/^Not acceptable by exp/);
  });

  test('an RS256 token is checked with the key that its kid names', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const keys = { appSecret: undefined, publicKeys: { main: await exportSPKI(publicKey) } } as object;
    const sign = (header: object) =>
      new SignJWT({ iss: 'my_app', aud: 'jitsi', room: '*', sub: '*' })
        .setProtectedHeader({ alg: 'RS256', typ: 'JWT', ...header })
        .sign(privateKey);
    expect(await text(await sign({ kid: 'main' }), keys)).toBe('accepted');
    expect(await text(await sign({ kid: 'other' }), keys)).toBe('could not obtain public key');
    expect(await text(await sign({}), keys)).toBe("'kid' claim is missing");
  });
});

const join = (claims: JWTPayload, room: string, tenant: string | null = null, domainVerification = true) => {
  const judgement = judgeJoining(claims, { room, tenant }, { ...policy, domainVerification });
  return judgement.answer === 'refused' ? judgement.text : judgement.answer;
};

describe('on joining', () => {
  const sub = 'meet.example.com';

  test.each([
    ['the room as Jitsi spells it', { room: 'my%20room', sub }, 'My Room', 'accepted'],
    ['the room as people spell it', { room: 'My Room', sub }, 'My Room', 'Room and token mismatched'],
    ['any room', { room: '*', sub }, 'whatever', 'accepted'],
    ['a pattern', { room: 'team.+', sub, context: { room: { regex: true } } }, 'team blue', 'accepted'],
    [
      'a pattern that does not match',
      { room: 'team.+', sub, context: { room: { regex: true } } },
      'other',
      'Room name cannot be matched to the one from token.',
    ],
    ['no sub: a server of March 2026 never answers', { room: '*' }, 'abc', 'silence'],
    [
      'a malformed pattern',
      { room: 'team(', sub, context: { room: { regex: true } } },
      'team',
      'Room claim is not a valid Lua pattern',
    ],
    ['the id of a user in sub', { room: '*', sub: 'user123' }, 'abc', 'Room and token mismatched'],
    ['any sub', { room: '*', sub: '*' }, 'abc', 'accepted'],
  ])('%s', (_, claims, room, expected) => {
    expect(join(claims, room)).toBe(expected);
  });

  test('in a tenant, sub names the tenant', () => {
    expect(join({ room: '*', sub: 'acme' }, 'abc', 'acme')).toBe('accepted');
    expect(join({ room: '*', sub }, 'abc', 'acme')).toBe('Room and token mismatched');
  });

  test('without domain verification sub says nothing, and the room has its own words', () => {
    expect(join({ room: 'abc', sub: 'user123' }, 'abc', null, false)).toBe('accepted');
    expect(join({ room: 'abc' }, 'def', null, false)).toBe('Room does not match the room from token');
  });
});

test.each([
  [{ context: { user: { moderator: true } } }, true],
  [{ context: { user: { moderator: 'true' } } }, true],
  [{ context: { user: { moderator: 'false' } } }, false],
  [{ context: { user: { affiliation: 'owner' } } }, true],
  [{ context: { user: { affiliation: 'member' } } }, false],
  [{ context: { user: { affiliation: 'owner', moderator: false } } }, true],
  // No plugin of Jitsi reads these.
  [{ moderator: true }, false],
  [{ context: { user: { affiliation: 'OWNER' } } }, false],
  [{}, false],
])('%j asks to moderate: %s', (claims, expected) => expect(asksToModerate(claims)).toBe(expected));
