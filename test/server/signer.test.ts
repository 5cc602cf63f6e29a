import { runInNewContext } from 'node:vm';
import { decodeJwt, decodeProtectedHeader, exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createTokenSigner, featureNames, jaas, type MeetingGrant } from '../../src/server/index.js';

const secret = 'a-secret-of-at-least-thirty-two-bytes';
const options = { appId: 'my_app', domain: 'meet.example.org', secret };
const now = Date.UTC(2026, 10, 24);
const at = { ...options, now: () => now };

async function claimsOf(grant: MeetingGrant): Promise<Record<string, unknown>> {
  const { token } = await createTokenSigner(at).sign(grant);
  return decodeJwt(token);
}

function refusalOf(make: () => unknown): Error {
  try {
    make();
  } catch (error) {
    return error as Error;
  }
  return expect.fail('it was made');
}

describe('a token signed with a shared secret', () => {
  it('has typ JWT and HS256, and verifies with the secret', async () => {
    const { token } = await createTokenSigner(at).sign({ room: 'daily' });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
    await jwtVerify(token, new TextEncoder().encode(secret), { currentDate: new Date(now) });
  });

  it('is the same on a runtime without node:crypto', async () => {
    const onNode = await createTokenSigner({ ...at, algorithm: 'HS384' }).sign({ room: 'Größe' });
    const getBuiltinModule = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const elsewhere = await createTokenSigner({ ...at, algorithm: 'HS384' }).sign({ room: 'Größe' });
    expect(getBuiltinModule).toHaveBeenCalled();
    getBuiltinModule.mockRestore();
    expect(elsewhere.token).toBe(onNode.token);
  });

  it('takes bytes of another realm, as test runners and workers have them', async () => {
    const bytes = runInNewContext('Uint8Array.from(bytes)', { bytes: [...new TextEncoder().encode(secret)] }) as never;
    const { token } = await createTokenSigner({ ...at, secret: bytes }).sign({ room: 'daily' });
    await jwtVerify(token, new TextEncoder().encode(secret), { currentDate: new Date(now) });
    for (const wrong of [new Uint16Array(64), new DataView(new ArrayBuffer(64)), new ArrayBuffer(64), [1, 2]]) {
      const error = refusalOf(() => createTokenSigner({ ...at, secret: wrong as never }));
      expect(error.message).toContain('neither text nor bytes');
    }
  });

  it('says who issues it, for whom, and for how long, in whole seconds', async () => {
    const { token, expiresIn } = await createTokenSigner(at).sign({ room: 'daily', expiresIn: 600 });
    const seconds = now / 1000;
    expect(expiresIn).toBe(600);
    expect(decodeJwt(token)).toMatchObject({
      iss: 'my_app',
      aud: 'jitsi',
      iat: seconds,
      nbf: seconds - 30,
      exp: seconds + 600,
    });
  });

  it.each([
    ['My Room', 'my%20room'],
    ['my%20room', 'my%20room'],
    ['Größe', 'gr%c3%b6%c3%9fe'],
    ['Ｒｏｏｍ１', 'room1'],
    ['party🎉', 'party%f0%9f%8e%89'],
    ['50%', '50%25'],
    ['a/b', 'a%2fb'],
  ])('spells the room %s as Jitsi does', async (room, claim) => {
    expect((await claimsOf({ room })).room).toBe(claim);
  });

  it('puts the XMPP domain in sub, or the tenant, never the user', async () => {
    const user = { id: 'user-1' };
    expect((await claimsOf({ room: 'daily', user })).sub).toBe('meet.example.org');
    expect((await claimsOf({ room: 'daily', user, tenant: 'acme' })).sub).toBe('acme');
    expect(await claimsOf({ room: 'daily', user })).toMatchObject({ context: { user: { id: 'user-1' } } });
  });

  it('asks for the role in every place that a plugin reads', async () => {
    expect(await claimsOf({ room: 'daily', role: 'moderator' })).toMatchObject({
      moderator: true,
      context: { user: { moderator: true, affiliation: 'owner' } },
    });
    expect(await claimsOf({ room: 'daily' })).toMatchObject({
      moderator: false,
      context: { user: { moderator: false, affiliation: 'member' } },
    });
    expect(await claimsOf({ room: 'daily', role: 'visitor' })).toMatchObject({
      moderator: false,
      context: { user: { moderator: false, affiliation: 'member', role: 'visitor' } },
    });
  });

  it('holds no features unless some are granted', async () => {
    expect((await claimsOf({ room: 'daily' })).context).not.toHaveProperty('features');
    const all = Object.fromEntries(featureNames.map((name) => [name, true]));
    expect(await claimsOf({ room: 'daily', features: all })).toMatchObject({ context: { features: all } });
  });

  it('says that a room is a pattern', async () => {
    const claims = await claimsOf({ room: { pattern: 'team%-%d+' } });
    expect(claims).toMatchObject({ room: 'team%-%d+', context: { room: { regex: true } } });
  });

  it('opens every room only where that is said in so many words', async () => {
    expect((await claimsOf({ room: { any: true } })).room).toBe('*');
    await expect(claimsOf({ room: '*' })).rejects.toThrow(/wildcard/);
    await expect(claimsOf({ room: '%2A' })).rejects.toThrow(/wildcard/);
    await expect(claimsOf({ room: '' })).rejects.toThrow(/empty/);
  });

  it('takes control characters out of names', async () => {
    const claims = await claimsOf({ room: 'daily', user: { name: 'Ada\r\nSet-Cookie: a=b\u0000' } });
    expect(claims).toMatchObject({ context: { user: { name: 'Ada  Set-Cookie: a=b ' } } });
  });

  it('refuses a picture that is a script', async () => {
    const grant = { room: 'daily', user: { avatar: 'javascript:alert(1)' } };
    await expect(claimsOf(grant)).rejects.toMatchObject({ code: 'config-invalid' });
  });
});

describe('a token signed with a private key', () => {
  it('names the key and verifies with its public half, from PEM, JWK or CryptoKey', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    for (const form of [await exportPKCS8(privateKey), await exportJWK(privateKey), privateKey]) {
      const signer = createTokenSigner({
        appId: 'a',
        domain: 'd.example',
        privateKey: form,
        kid: 'k1',
        now: () => now,
      });
      const { token } = await signer.sign({ room: 'daily' });
      expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k1' });
      await jwtVerify(token, publicKey, { currentDate: new Date(now) });
    }
  });

  it('is what JaaS asks for with the JaaS preset', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const appId = 'vpaas-magic-cookie-0123456789abcdef';
    const signer = createTokenSigner(jaas({ appId, privateKey, kid: '4a5b' }));
    const { token } = await signer.sign({ room: 'Daily', role: 'moderator', user: { name: 'Ada' } });
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: `${appId}/4a5b` });
    expect(decodeJwt(token)).toMatchObject({
      sub: appId,
      iss: 'chat',
      aud: 'jitsi',
      room: 'daily',
      context: { user: { moderator: true }, features: { recording: false } },
    });
    await expect(signer.sign({ room: 'daily', tenant: 'other' })).rejects.toThrow(/tenant/);
  });
});

describe('a signer that is asked for something unsafe', () => {
  it('refuses a secret under 32 bytes without quoting it', () => {
    const weak = 'hunter2-hunter2';
    const error = refusalOf(() => createTokenSigner({ ...options, secret: weak }));
    expect(error).toMatchObject({ code: 'config-invalid' });
    expect(JSON.stringify([error.message, error.stack, error])).not.toContain(weak);
  });

  it('refuses lifetimes over a day unless told otherwise, and invalid ones', async () => {
    await expect(claimsOf({ room: 'daily', expiresIn: 86_401 })).rejects.toThrow(/86400/);
    await expect(claimsOf({ room: 'daily', expiresIn: 0 })).rejects.toThrow();
    await expect(claimsOf({ room: 'daily', expiresIn: Number.NaN })).rejects.toThrow();
    const signer = createTokenSigner({ ...at, maxExpiresIn: 200_000 });
    expect((await signer.sign({ room: 'daily', expiresIn: 100_000 })).expiresIn).toBe(100_000);
  });

  it('refuses a PEM as secret: a public one is known to everybody', () => {
    const pem = '-----BEGIN PUBLIC KEY-----\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n-----END PUBLIC KEY-----\n';
    const error = refusalOf(() => createTokenSigner({ ...options, secret: pem }));
    expect(error).toMatchObject({ code: 'config-invalid', message: expect.stringContaining('PEM') });
  });

  it('refuses a room that no token can open', async () => {
    await expect(claimsOf({ room: "bob's room" })).rejects.toThrow(/apostrophe/);
  });

  it('refuses an invalid key without quoting it', () => {
    const privateKey = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';
    const error = refusalOf(() => createTokenSigner({ appId: 'a', domain: 'd', privateKey, kid: 'k' }));
    expect(error).toMatchObject({ code: 'config-invalid' });
    expect(error.message + error.stack).not.toContain('c2VjcmV0');
    expect(error.cause).toBeUndefined();
  });

  it('refuses features that do not exist, roles that do not exist and tokens too long for Prosody', async () => {
    await expect(claimsOf({ room: 'daily', features: { flying: true } as never })).rejects.toThrow(/flying/);
    await expect(claimsOf({ room: 'daily', role: 'owner' as never })).rejects.toThrow(/moderator, participant/);
    await expect(claimsOf({ room: 'daily', user: { name: 'x'.repeat(8_000) } })).rejects.toThrow(/characters/);
  });
});

describe('the length of a token', () => {
  /** A grant whose token has that many characters, or one or two fewer: base64url has no length of 4n+1. */
  async function grantOf(length: number, more: Partial<MeetingGrant> = {}): Promise<MeetingGrant> {
    const grant = (size: number): MeetingGrant => ({ room: 'testroom', ...more, group: 'x'.repeat(size) });
    const { token } = await createTokenSigner(at).sign(grant(4));
    let size = 4 + Math.floor(((length - token.length) * 3) / 4) - 3;
    const lengthOf = (claims: object): number =>
      token.split('.')[0]!.length + Math.ceil((JSON.stringify(claims).length * 4) / 3) + 45;
    const { claims } = await createTokenSigner(at).sign(grant(4));
    const sized = (group: number): object => ({
      ...claims,
      context: { ...(claims['context'] as object), group: 'x'.repeat(group) },
    });
    while (lengthOf(sized(size + 1)) <= length) size += 1;
    return grant(size);
  }

  it.each([
    ['a room', {}, 8141],
    ['a tenant', { tenant: 'acme' }, 8141 - '/acme'.length],
    ['a pattern, whose rooms have one letter at least', { room: { pattern: 'r%d+' } }, 8141 + 'testroom'.length - 1],
  ])('is warned of above what nginx lets through to %s', async (_what, more, limit) => {
    const signer = createTokenSigner(at);
    const fits = await signer.sign(await grantOf(limit, more));
    expect(limit - fits.token.length).toBeLessThan(2);
    expect(fits.warnings).toBeUndefined();
    const long = await signer.sign(await grantOf(limit + 2, more));
    expect(long.token.length).toBeGreaterThan(limit);
    expect(long.warnings).toHaveLength(1);
    expect(long.warnings![0]!.message).toBe(
      `Token signer: the token has ${long.token.length} characters, at most ${limit} pass nginx as Jitsi sets it up (the page would load, and never connect).`,
    );
  });

  it('is refused above what Prosody itself answers to', async () => {
    const signer = createTokenSigner(at);
    const { token, warnings } = await signer.sign(await grantOf(10_020));
    expect(10_020 - token.length).toBeLessThan(2);
    expect(warnings).toHaveLength(1);
    const refusal = signer.sign(await grantOf(10_022));
    await expect(refusal).rejects.toMatchObject({ code: 'config-invalid' });
    await expect(refusal).rejects.toThrow(/at most 10020 get an answer from Prosody/);
  });
});
