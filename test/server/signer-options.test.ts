import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import { createTokenSigner, jaas, type TokenSignerOptions } from '../../src/server/index.js';

const good = { appId: 'my_app', domain: 'meet.example.org', secret: 'x'.repeat(32) };

const make = (options: object) => createTokenSigner({ ...good, ...options } as TokenSignerOptions);

function refusalOf(run: () => unknown): JitsiMeetingError {
  try {
    run();
  } catch (error) {
    expect((error as JitsiMeetingError).code).toBe('config-invalid');
    return error as JitsiMeetingError;
  }
  return expect.fail('it was made');
}

const write = (domain: string): string => `Write "${domain}". It is the XMPP domain`;

describe('the domain of a signer is what Prosody compares sub with', () => {
  it.each<[string, unknown, string, string]>([
    ['an address', 'https://meet.example.org', '"https://meet.example.org"', write('meet.example.org')],
    ['an address with a path', 'https://meet.example.org/acme', '', write('meet.example.org')],
    ['with a port', 'meet.example.org:8443', '"meet.example.org:8443"', write('meet.example.org')],
    ['with a slash', 'meet.example.org/', '"meet.example.org/"', write('meet.example.org')],
    ['with a tenant', 'meet.example.org/acme', '', write('meet.example.org')],
    ['in upper case', 'Meet.Example.ORG', '"Meet.Example.ORG"', write('meet.example.org')],
    ['with a blank before', ' meet.example.org', '" meet.example.org"', write('meet.example.org')],
    ['with a line break behind', 'meet.example.org\n', '"meet.example.org\\n"', write('meet.example.org')],
    ['of a web socket', 'wss://meet.example.org/xmpp-websocket', '', write('meet.example.org')],
    ['in full width', 'ｍｅｅｔ.example.org', '', write('meet.example.org')],
    ['a person at it', 'ada@meet.example.org', '"ada@meet.example.org"', 'It is the XMPP domain'],
    ['a wildcard', '*', '"*"', 'It is the XMPP domain'],
    ['with a blank inside', 'meet example', '"meet example"', 'It is the XMPP domain'],
    ['with two dots', 'meet..example', '"meet..example"', ''],
    ['beginning with a dot', '.example.org', '".example.org"', ''],
    ['ending with a dot', 'meet.example.org.', '"meet.example.org."', ''],
    ['two', 'a.example,b.example', '"a.example,b.example"', ''],
    ['a number', 7, 'a number', 'It is the XMPP domain'],
    ['a list', ['meet.example.org'], 'a list of 1', 'It is the XMPP domain'],
    ['an URL', new URL('https://meet.example.org'), 'an URL', 'It is the XMPP domain'],
  ])('%s is refused', (_, domain, shown, hint) => {
    const error = refusalOf(() => make({ domain }));
    expect(error.message).toContain(`Token signer: domain is ${shown}`);
    expect(error.message).toContain('expected a host without port, in lower case, such as meet.example.org.');
    expect(error.hint).toContain(hint);
    if (hint.startsWith('It')) expect(error.hint).not.toContain('Write');
  });

  it.each([undefined, null, ''])('%j is missing', (domain) => {
    const { message, hint } = refusalOf(() => make({ domain }));
    expect(message).toBe('Token signer: domain is missing.');
    expect(hint).toContain('Give the XMPP domain of the deployment');
  });

  it.each([
    'meet.example.org',
    'localhost',
    'meet.jitsi',
    'xn--bcher-kva.example',
    'bücher.example',
    '10.0.0.1',
    'a_b.c',
  ])('%s is taken as it is', async (domain) => {
    expect((await make({ domain }).sign({ room: 'daily' })).claims.sub).toBe(domain);
  });

  it('a long one is cut in the message', () => {
    expect(refusalOf(() => make({ domain: `A${'a'.repeat(5000)}` })).message.length).toBeLessThan(300);
  });
});

describe('the texts that Prosody compares', () => {
  it.each(['issuer', 'audience', 'appId'] as const)('%s is one text without blanks at its ends', (name) => {
    for (const [value, kind] of [
      [7, 'a number'],
      [['a'], 'a list of 1'],
      [true, 'true'],
      [{ a: 1 }, 'an object with a'],
    ] as const) {
      const { message, hint } = refusalOf(() => make({ [name]: value }));
      expect(message).toBe(`Token signer: ${name} is ${kind}; expected a text.`);
      expect(hint).toContain('Give one text, as in Prosody’s configuration.');
      expect(hint.includes('compares it with its own list')).toBe(Array.isArray(value));
    }
    for (const value of [' a', 'a ', 'a\n', '\ta', 'a\r\n', '\u00a0a']) {
      const { message, hint } = refusalOf(() => make({ [name]: value }));
      expect(message).toBe(`Token signer: ${name} has white space at its start or end.`);
      expect(hint).toContain('trim it');
    }
  });

  it.each(['issuer', 'audience'])('%s is not empty and not null', (name) => {
    expect(refusalOf(() => make({ [name]: '' })).message).toContain(`${name} is an empty string`);
    expect(refusalOf(() => make({ [name]: null })).message).toContain(`${name} is null`);
  });

  it.each([undefined, null, ''])('appId %j is missing', (appId) => {
    const { message, hint } = refusalOf(() => make({ appId }));
    expect(message).toBe('Token signer: appId is missing.');
    expect(hint).toContain('JWT_APP_ID');
  });

  it('stand in the token: iss is the app id unless issuer is said, aud is jitsi unless audience is', async () => {
    const claimsOf = async (options: object) => decodeJwt((await make(options).sign({ room: 'a' })).token);
    expect(await claimsOf({})).toMatchObject({ iss: 'my_app', aud: 'jitsi' });
    expect(await claimsOf({ issuer: 'me', audience: 'you' })).toMatchObject({ iss: 'me', aud: 'you' });
    expect(await claimsOf({ issuer: undefined, audience: undefined })).toMatchObject({ iss: 'my_app', aud: 'jitsi' });
  });
});

describe('the lives that a signer signs', () => {
  it.each<[string, unknown, string]>([
    ['expiresIn', 0, '0; expected whole seconds, at least 1'],
    ['expiresIn', -1, '-1; expected whole seconds, at least 1'],
    ['expiresIn', 1.5, '1.5; expected whole seconds, at least 1'],
    ['expiresIn', '3600', 'a string; expected whole seconds, at least 1'],
    ['expiresIn', Number.NaN, 'NaN; expected'],
    ['expiresIn', Infinity, 'Infinity; expected'],
    ['expiresIn', null, 'null; expected'],
    ['maxExpiresIn', 0, '0; expected whole seconds, at least 1'],
    ['maxExpiresIn', Infinity, 'Infinity; expected'],
    ['maxExpiresIn', '86400', 'a string; expected'],
    ['clockSkew', -1, '-1; expected whole seconds, at least 0'],
    ['clockSkew', 0.5, '0.5; expected whole seconds, at least 0'],
    ['clockSkew', '30', 'a string; expected whole seconds, at least 0'],
  ])('%s %j is refused', (name, value, words) => {
    expect(refusalOf(() => make({ [name]: value })).message).toContain(`Token signer: ${name} is ${words}`);
  });

  it('one above the longest is refused, with both', () => {
    expect(refusalOf(() => make({ expiresIn: 601, maxExpiresIn: 600 })).message).toBe(
      'Token signer: expiresIn is 601, more than maxExpiresIn, which is 600.',
    );
    expect(refusalOf(() => make({ expiresIn: 86_401 })).message).toContain('maxExpiresIn, which is 86400');
    expect(refusalOf(() => make({ maxExpiresIn: 3599 })).message).toContain('expiresIn is 3600, more than');
    make({ expiresIn: 600, maxExpiresIn: 600 });
    make({ expiresIn: 1, maxExpiresIn: 1 });
  });

  const now = Date.UTC(2026, 10, 24) + 999;
  const seconds = Math.floor(now / 1000);

  it.each<[object, unknown, number, number]>([
    [{}, undefined, 3600, 30],
    [{}, null, 3600, 30],
    [{}, '', 3600, 30],
    [{}, 1, 1, 30],
    [{}, 86_400, 86_400, 30],
    [{ expiresIn: 60 }, undefined, 60, 30],
    [{ maxExpiresIn: 100_000 }, 100_000, 100_000, 30],
    [{ clockSkew: 0 }, undefined, 3600, 0],
    [{ clockSkew: 90 }, undefined, 3600, 90],
  ])('%j, asked for %j: %i s, nbf %i s back', async (options, expiresIn, life, skew) => {
    const signed = await make({ ...options, now: () => now }).sign({ room: 'a', expiresIn: expiresIn as number });
    expect(signed.expiresIn).toBe(life);
    expect(signed.claims).toMatchObject({ iat: seconds, nbf: seconds - skew, exp: seconds + life });
  });

  it.each<[unknown, string]>([
    [0, '0'],
    [-60, '-60'],
    [86_401, '86401'],
    [0.5, '0.5'],
    [Number.NaN, 'NaN'],
    [Infinity, 'Infinity'],
    ['3600', 'a string'],
    [true, 'true'],
    [new Date(), 'a Date'],
  ])('a grant’s expiresIn %j is refused', async (expiresIn, shown) => {
    await expect(make({}).sign({ room: 'a', expiresIn: expiresIn as number })).rejects.toThrow(
      `Token signer: expiresIn is ${shown}, expected whole seconds from 1 to 86400.`,
    );
  });
});

describe('an option of the signer that could not work', () => {
  it.each<[object, string]>([
    [{ secretKey: 'x' }, 'there is no "secretKey": write secret'],
    [{ app_secret: 'x' }, 'there is no "app_secret": write secret'],
    [{ sharedSecret: 'x' }, 'there is no "sharedSecret": write secret'],
    [{ key: 'x' }, 'there is no "key": write secret or privateKey'],
    [{ pem: 'x' }, 'there is no "pem": write privateKey'],
    [{ keyId: 'x' }, 'there is no "keyId": write kid'],
    [{ keyRing: 'x' }, 'there is no "keyRing": write keys'],
    [{ ring: 'x' }, 'there is no "ring": write keys'],
    [{ alg: 'HS256' }, 'there is no "alg": write algorithm'],
    [{ iss: 'x' }, 'there is no "iss": write issuer'],
    [{ aud: 'x' }, 'there is no "aud": write audience'],
    [{ sub: 'x' }, 'there is no "sub": write domain, the XMPP domain of the deployment, or tenant'],
    [{ subject: 'x' }, 'there is no "subject": write domain'],
    [{ xmppDomain: 'x' }, 'there is no "xmppDomain": write domain'],
    [{ host: 'x' }, 'there is no "host": write domain'],
    [{ app: 'x' }, 'there is no "app": write appId'],
    [{ application_id: 'x' }, 'there is no "application_id": write appId'],
    [{ app_id: 'x' }, 'there is no "app_id": write appId'],
    [{ exp: 1 }, 'there is no "exp": write expiresIn, in seconds'],
    [{ expires: 1 }, 'there is no "expires": write expiresIn, in seconds'],
    [{ ttl: 1 }, 'there is no "ttl": write expiresIn, in seconds'],
    [{ lifetime: 1 }, 'there is no "lifetime": write expiresIn, in seconds'],
    [{ leeway: 1 }, 'there is no "leeway": write clockSkew, in seconds'],
    [{ nbf: 1 }, 'there is no "nbf": write clockSkew, in seconds'],
    [{ clock: 1 }, 'there is no "clock": write now, a function that gives milliseconds'],
    [{ features: {} }, 'there is no "features": write defaultFeatures'],
    [{ role: 'x' }, 'there is no "role": that is for the grant: sign({ room, role })'],
    [{ room: 'x' }, 'there is no "room": that is for the grant: sign({ room })'],
    [{ user: {} }, 'there is no "user": that is for the grant: sign({ room, user })'],
    [{ expireIn: 1 }, 'there is no "expireIn": write expiresIn'],
    [{ nonsense: 1 }, 'there is no "nonsense"; known are appId, domain, secret, privateKey'],
    [{ defaultFeatures: { recording: true } }, 'defaultFeatures is an object with recording; expected a function'],
    [{ defaultFeatures: null }, 'defaultFeatures is null; expected a function'],
    [{ now: 1234 }, 'now is a number; expected a function'],
    [{ now: new Date() }, 'now is a Date; expected a function'],
    [{ tenant: '' }, 'the tenant may hold letters, digits, _ and - only'],
    [{ tenant: null }, 'the tenant is not a text'],
    [{ tenant: 7 }, 'the tenant is not a text'],
    [{ tenant: 'a/b' }, 'the tenant may hold letters'],
    [{ tenant: '*' }, 'the tenant may hold letters'],
    [{ tenant: 'conference' }, 'the tenant is called conference'],
    [{ tenant: 'LocalHost', domain: 'localhost' }, 'the tenant has the name of the XMPP domain itself'],
  ])('is told when it is made: %j', (options, words) => {
    const { message } = refusalOf(() => make(options));
    expect(message).toContain(words);
    expect(message).toMatch(/^Token signer: /);
    expect(message).not.toContain(good.secret);
  });

  it.each([undefined, null, 'secret', 7])('no options at all (%j) are told, too', (options) => {
    expect(refusalOf(() => createTokenSigner(options as never)).message).toContain('the options are ');
    expect(refusalOf(() => jaas(options as never)).message).toBe('JaaS: the options are missing.');
  });
});

describe('what is asked of a signer', () => {
  it('defaultFeatures hold where a grant names none, by its role', async () => {
    const signer = make({ defaultFeatures: (role: string) => ({ recording: role === 'moderator' }) });
    const featuresOf = async (grant: object): Promise<unknown> =>
      ((await signer.sign({ room: 'a', ...grant })).claims['context'] as Record<string, unknown>)['features'];
    expect(await featuresOf({ role: 'moderator' })).toEqual({ recording: true });
    expect(await featuresOf({ role: 'visitor' })).toEqual({ recording: false });
    expect(await featuresOf({})).toEqual({ recording: false });
    expect(await featuresOf({ role: '' })).toEqual({ recording: false });
    expect(await featuresOf({ features: null })).toEqual({ recording: false });
    expect(await featuresOf({ features: {} })).toEqual({});
    expect(await featuresOf({ role: 'moderator', features: { flip: true } })).toEqual({ flip: true });
  });

  it('its only tenant is in sub, folded, and no other is signed for', async () => {
    const signer = make({ tenant: 'ACME' });
    expect(signer.tenant).toBe('acme');
    for (const tenant of [undefined, null, '', 'acme', 'Acme']) {
      expect((await signer.sign({ room: 'a', tenant: tenant as string })).claims.sub).toBe('acme');
    }
    await expect(signer.sign({ room: 'a', tenant: 'other' })).rejects.toThrow('Token signer: the tenant is not acme.');
    expect('tenant' in make({})).toBe(false);
  });

  it.each<[unknown, string]>([
    [7, 'the tenant is a number; expected a text'],
    [['acme'], 'the tenant is a list of 1; expected a text'],
    [true, 'the tenant is true; expected a text'],
    ['a/b', 'the tenant may hold letters, digits, _ and - only'],
    ['.', 'the tenant may hold letters'],
    ['x'.repeat(101), 'the tenant may hold letters'],
    ['MUC', "the tenant is called muc, as the server's own conference address is"],
  ])('a grant’s tenant %j is refused', async (tenant, words) => {
    await expect(make({}).sign({ room: 'a', tenant: tenant as string })).rejects.toThrow(`Token signer: ${words}`);
  });
});

describe('the options of JaaS', () => {
  const appId = 'vpaas-magic-cookie-0123456789abcdef';
  const kid = '4a5b6c';
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const jaasWith = (options: object) => jaas({ appId, kid, privateKey, ...options } as never);

  it.each<[object, string]>([
    [{ appId: undefined }, 'the AppID is missing'],
    [{ appId: null }, 'the AppID is missing'],
    [{ appId: '' }, 'the AppID is missing'],
    [{ appId: 7 }, 'the AppID is not text'],
    [{ appId: '0123456789abcdef' }, 'the AppID does not start with vpaas-magic-cookie-'],
    [{ appId: `x${appId}` }, 'the AppID does not start with'],
    [{ appId: 'vpaas-magic-cookie-' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-...' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-…' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-XXXX' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-***' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-<id>' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-[id]' }, 'the placeholder of a guide'],
    [{ appId: 'vpaas-magic-cookie-your-id' }, 'the placeholder of a guide'],
    [{ appId: `${appId}/4a5b6c` }, 'the AppID has a slash'],
    [{ appId: `${appId}\n` }, 'other characters than small letters and digits'],
    [{ appId: appId.toUpperCase() }, 'the AppID does not start with'],
    [{ appId: `${appId}ABC` }, 'other characters than small letters and digits'],
    [{ kid: undefined }, 'the key’s id (kid) is missing'],
    [{ kid: null }, 'the key’s id (kid) is missing'],
    [{ kid: '' }, 'the key’s id (kid) is missing'],
    [{ kid: 7 }, 'the key’s id (kid) is not text'],
    [{ kid: appId }, 'kid is the AppID, not the id of a key'],
    [{ kid: 'vpaas-magic-cookie-other/4a5b6c' }, 'kid belongs to another AppID'],
    [{ kid: `${appId}/4a/5b` }, 'kid belongs to another AppID'],
    [{ kid: `${appId}/` }, 'kid has other characters'],
    [{ kid: '4a 5b' }, 'kid has other characters'],
    [{ kid: '4a5b6c\n' }, 'kid has other characters'],
    [{ secret: 'x' }, 'there is no "secret": JaaS takes tokens of a private key only'],
    [{ key: 'x' }, 'there is no "key": write privateKey'],
    [{ apiKey: 'x' }, 'there is no "apiKey": write privateKey'],
    [{ keyId: 'x' }, 'there is no "keyId": write kid'],
    [{ apiKeyId: 'x' }, 'there is no "apiKeyId": write kid'],
    [{ algorithm: 'RS512' }, 'there is no "algorithm": JaaS takes RS256 only'],
    [{ tenant: 'x' }, 'there is no "tenant": the AppID is the tenant'],
    [{ expiresIn: 60 }, 'there is no "expiresIn"; known are appId, privateKey, kid'],
  ])('that could not work are told: %j', (options, words) => {
    const { message, hint } = refusalOf(() => jaasWith(options));
    expect(message).toContain(`JaaS: `);
    expect(message).toContain(words);
    expect(hint).not.toBe('');
  });

  it.each([kid, `${appId}/${kid}`])('kid %s has the AppID in front', (given) => {
    expect(jaasWith({ kid: given })).toMatchObject({ kid: `${appId}/${kid}`, tenant: appId, issuer: 'chat' });
  });

  it('what costs extra is off, each right by itself', () => {
    expect(jaasWith({}).defaultFeatures!('moderator')).toEqual({
      livestreaming: false,
      'outbound-call': false,
      recording: false,
      'sip-outbound-call': false,
      transcription: false,
    });
  });
});

describe('a clock that says no time', () => {
  it.each([Number.NaN, Infinity, -1, 1e300, undefined, 'now'])(
    'signs no token, which would have no end: %s',
    async (time) => {
      const secret = 'x'.repeat(32);
      const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret, now: () => time as number });
      await expect(signer.sign({ room: 'team' })).rejects.toThrow('now() is not a time');
    },
  );
});
