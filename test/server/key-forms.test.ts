import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { generateKeyPair, importPKCS8, type JWK, jwtVerify } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createKeyRing, createKeyServer, createTokenSigner, jaas, type TokenSigner } from '../../src/server/index.js';
import { unusableKeys } from '../../src/server/key-kinds.js';

const pem = (key: KeyObject, type: string): string => key.export({ type: type as 'pkcs8', format: 'pem' }).toString();

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = pem(pair.privateKey, 'pkcs8');
const pkcs1 = pem(pair.privateKey, 'pkcs1');
const spki = pem(pair.publicKey, 'spki');
const jwk = pair.privateKey.export({ format: 'jwk' }) as JWK;
const publicJwk = { keys: [pair.publicKey.export({ format: 'jwk' }) as JWK] };

const body = (text: string): string => text.split('\n').slice(1, -2).join('');
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escaped = (text: string): string => text.replaceAll('\n', '\\n');
const utf16 = (text: string): string => Buffer.from(`\uFEFF${text}`, 'utf16le').toString('utf8');

const signerWith = (privateKey: unknown, more = {}): TokenSigner =>
  createTokenSigner({ appId: 'app', domain: 'meet.example.org', kid: 'k', privateKey: privateKey as string, ...more });

/** Every way in which a right key arrives. */
const forms: [name: string, (text: string) => unknown][] = [
  ['as it is', (text) => text],
  ['\\n as two characters', escaped],
  ['\\n as three characters', (text) => text.replaceAll('\n', '\\\\n')],
  ['\\r\\n as four characters', (text) => text.replaceAll('\n', '\\r\\n')],
  ['in double quotes', (text) => `"${text}"`],
  ['in single quotes', (text) => `'${text}'`],
  ['\\n and quotes', (text) => `"${escaped(text)}"`],
  ['quotes in quotes', (text) => `'"${escaped(text)}"'`],
  ['a line of JSON', (text) => `${JSON.stringify(text)},`],
  ['base64 of the file', base64],
  ['base64 of the file in lines', (text) => base64(text).replace(/.{76}/g, '$&\n')],
  ['base64url of the file', (text) => Buffer.from(text).toString('base64url')],
  ['base64 in quotes', (text) => `"${base64(text)}"`],
  ['base64 of \\n as two characters', (text) => base64(escaped(text))],
  ['with a BOM', (text) => `\uFEFF${text}`],
  ['as UTF-16, read as UTF-8', utf16],
  ['indented', (text) => text.replace(/^/gm, '    ')],
  ['indented by tabs', (text) => text.replace(/^/gm, '\t')],
  ['CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['CR', (text) => text.replaceAll('\n', '\r')],
  ['spaces for line breaks', (text) => text.replaceAll('\n', ' ')],
  ['nothing for line breaks', (text) => text.replaceAll('\n', '')],
  ['empty lines between', (text) => text.replaceAll('\n', '\n\n')],
  ['white space around', (text) => `\n\n  ${text}  \n`],
  ['typographic dashes', (text) => text.replaceAll('-----', '–––––')],
  ['words before it', (text) => `Bag Attributes\n  friendlyName: jaas\n${text}`],
  ['its certificate beside it', (text) => `-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n${text}`],
  ['its public half beside it', (text) => `${text}${spki}`],
  ['without header', body],
  ['without header, in lines', (text) => text.split('\n').slice(1, -2).join('\n')],
  ['bytes of the file', (text) => Buffer.from(text)],
  ['bytes of base64', (text) => Buffer.from(base64(text))],
  ['DER', (text) => Buffer.from(body(text), 'base64')],
  ['DER with a line break after it', (text) => Buffer.concat([Buffer.from(body(text), 'base64'), Buffer.from('\n')])],
];

describe.each([
  ['PKCS #8', pkcs8],
  ['PKCS #1', pkcs1],
])('a private key in %s signs', (_, text) => {
  it.each(forms)('%s', async (_name, make) => {
    const { token } = await signerWith(make(text)).sign({ room: 'daily' });
    await jwtVerify(token, pair.publicKey);
  });
});

describe('a private key in another form signs', () => {
  it.each<[string, unknown, object?]>([
    ['a JWK', jwk],
    ['a JWK for signing', { ...jwk, use: 'sig', key_ops: ['sign'], alg: 'RS256', ext: false, kid: 'x' }],
    ['a JWK for RS512', { ...jwk, alg: 'RS512' }, { algorithm: 'RS512' }],
    ['a JWK as JSON', JSON.stringify(jwk)],
    ['a JWK as JSON in lines', JSON.stringify(jwk, null, 2)],
    ['a JWK as JSON in quotes', `'${JSON.stringify(jwk)}'`],
    ['a JWK as JSON as JSON', JSON.stringify(JSON.stringify(jwk))],
    ['a JWK as base64', base64(JSON.stringify(jwk))],
    ['a JWK as bytes', Buffer.from(JSON.stringify(jwk))],
    ['a key of node:crypto', pair.privateKey],
  ])('%s', async (_, key, more) => {
    const { token } = await signerWith(key, more).sign({ room: 'daily' });
    await jwtVerify(token, pair.publicKey);
  });

  it('a CryptoKey that can sign', async () => {
    const key = await importPKCS8(pkcs8, 'RS384');
    const { token } = await signerWith(key, { algorithm: 'RS384' }).sign({ room: 'daily' });
    await jwtVerify(token, pair.publicKey);
  });

  it('PKCS #1 of 4096 bits, as 8x8’s page has it made', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const options = jaas({ appId: 'vpaas-magic-cookie-1a2b', kid: '4a5b6c', privateKey: pem(privateKey, 'pkcs1') });
    const { token } = await createTokenSigner(options).sign({ room: 'daily' });
    const { protectedHeader } = await jwtVerify(token, publicKey);
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'vpaas-magic-cookie-1a2b/4a5b6c' });
  });
});

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const ed = generateKeyPairSync('ed25519').privateKey;
const x = generateKeyPairSync('x25519').privateKey;
const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 }).privateKey;
const dsa = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 }).privateKey;
const locked = { cipher: 'aes-256-cbc', passphrase: 'open sesame' };
const openssh = (kind: string): string =>
  `-----BEGIN OPENSSH PRIVATE KEY-----\n${base64(`openssh-key-v1\0none ${kind} ${'x'.repeat(80)}`)}\n-----END OPENSSH PRIVATE KEY-----\n`;
const certificate = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUZ\n-----END CERTIFICATE-----\n';
const damaged = ({ n: _n, ...rest }: JWK): JWK => ({
  ...rest,
  n: (generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }) as JWK).n!,
});

/** Texts that are not a private key for Jitsi, by the sentence that they get. */
const unusable: [kind: keyof typeof unusableKeys, name: string, given: unknown, more?: object][] = [
  ['missing', 'undefined', undefined],
  ['missing', 'null', null],
  ['empty', 'nothing', ''],
  ['empty', 'blanks', ' \n'],
  ['empty', 'quotes only', '""'],
  ['path', 'a mounted secret', '/run/secrets/jaas_key'],
  ['path', 'a file here', './jaas.pem'],
  ['path', 'the name of a file', 'jaas.pk'],
  ['path', 'a file on Windows', 'C:\\keys\\jaas.pem'],
  ['path', 'an address of a file', 'file:///etc/keys/jaas'],
  ['encrypted', 'PKCS #8', pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...locked })],
  ['encrypted', 'PKCS #1', pair.privateKey.export({ type: 'pkcs1', format: 'pem', ...locked })],
  [
    'encrypted',
    'PKCS #8 without header',
    body(String(pair.privateKey.export({ type: 'pkcs8', format: 'pem', ...locked }))),
  ],
  ['encrypted', 'DER', pair.privateKey.export({ type: 'pkcs8', format: 'der', ...locked })],
  ['public', 'SPKI', spki],
  ['public', 'SPKI with \\n', escaped(spki)],
  ['public', 'SPKI without header', body(spki)],
  ['public', 'PKCS #1', pem(pair.publicKey, 'pkcs1')],
  ['public', 'PKCS #1 without header', body(pem(pair.publicKey, 'pkcs1'))],
  ['public', 'base64', base64(spki)],
  ['public', 'of SSH', `ssh-rsa AAAAB3NzaC1yc2E${'A'.repeat(40)} ada@example.org`],
  ['public', 'of node:crypto', pair.publicKey],
  ['certificate', 'PEM', certificate],
  [
    'certificate',
    'a request for one',
    certificate.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST').replaceAll('MII', 'MIJ'),
  ],
  ['openssh', 'RSA', openssh('ssh-rsa')],
  ['openssh', 'RSA with \\n', escaped(openssh('ssh-rsa'))],
  ['ed25519', 'OpenSSH', openssh('ssh-ed25519')],
  ['ec', 'OpenSSH', openssh('ecdsa-sha2-nistp256')],
  ['dsa', 'OpenSSH', openssh('ssh-dss')],
  ['putty', 'RSA', 'PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\nComment: x\n'],
  ['ec', 'PKCS #8', pem(ec, 'pkcs8')],
  ['ec', 'SEC 1', pem(ec, 'sec1')],
  ['ec', 'SEC 1 without header', body(pem(ec, 'sec1'))],
  [
    'ec',
    'with its parameters',
    `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${pem(ec, 'sec1')}`,
  ],
  ['ec', 'JWK', ec.export({ format: 'jwk' })],
  ['ec', 'of node:crypto', ec],
  ['ed25519', 'PKCS #8', pem(ed, 'pkcs8')],
  ['ed25519', 'PKCS #8 without header', body(pem(ed, 'pkcs8'))],
  ['ed25519', 'JWK', ed.export({ format: 'jwk' })],
  ['ed25519', 'X25519', pem(x, 'pkcs8')],
  ['dsa', 'PKCS #8', pem(dsa, 'pkcs8')],
  ['pss', 'PKCS #8', pem(pss, 'pkcs8')],
  ['small', 'PKCS #8', pem(small, 'pkcs8')],
  ['small', 'PKCS #1', pem(small, 'pkcs1')],
  ['small', 'JWK', small.export({ format: 'jwk' })],
  ['truncated', 'the first line of a PEM', '-----BEGIN PRIVATE KEY-----'],
  ['truncated', 'half a PEM', pkcs8.slice(0, 800)],
  ['truncated', 'half a PEM with its end', pkcs8.replace(/(\n.{64}){10}(?=\n[^\n]*\n-----END)/, '')],
  ['truncated', 'half a body', body(pkcs8).slice(0, 800)],
  ['truncated', 'half a file', Buffer.from(body(pkcs1), 'base64').subarray(0, 500)],
  ['damaged', 'an ellipsis in it', pkcs8.replace(/\n.{20}/, '\n...')],
  ['damaged', 'another file in it', pkcs8.replace(/\n[^-]+\n/, `\n${base64('hello, world')}\n`)],
  ['damaged', 'numbers of two keys', damaged(jwk)],
  ['damaged', 'a letter that is another', pkcs1.slice(0, 200) + (pkcs1[200] === 'A' ? 'B' : 'A') + pkcs1.slice(201)],
  ['several', 'two keys', pkcs8 + pkcs1],
  ['pkcs12', 'DER', Buffer.from('300a0201033005060301020304', 'hex')],
  ['bytes', 'a number', 42],
  ['bytes', 'true', true],
  ['bytes', 'a list', [pkcs8]],
  ['bytes', 'a function', () => pkcs8],
  ['unknown', 'a shared secret', 'b7e19c4d2f8a6035e1d7c9b4a2f60813'],
  ['unknown', 'a shared secret in base64', randomBytes(33).fill(7).toString('base64')],
  ['unknown', 'words', 'my private key'],
  ['unknown', 'a variable that was not filled in', '${JAAS_PRIVATE_KEY}'],
  ['pair', 'of jose', { privateKey: jwk, publicKey: publicJwk }],
  ['set', 'a JWKS', { keys: [jwk] }],
  ['set', 'a JWKS as JSON', JSON.stringify({ keys: [jwk] })],
  ['jwkBroken', 'half of it', JSON.stringify(jwk).slice(0, 900)],
  ['jwkKind', 'an object', {}],
  ['jwkKind', 'without kty', { ...jwk, kty: undefined }],
  ['jwkKind', 'a PEM inside JSON', JSON.stringify({ key: pkcs8 })],
  ['jwkPublic', 'RSA', publicJwk.keys[0]],
  ['jwkPublic', 'RSA as JSON', JSON.stringify(publicJwk.keys[0])],
  ['jwkIncomplete', 'd alone', { kty: 'RSA', n: jwk.n, e: jwk.e, d: jwk.d }],
  ['jwkIncomplete', 'no n', { ...jwk, n: undefined }],
  ['jwkIncomplete', 'a number for a member', { ...jwk, dp: 5 }],
  ['jwkSecret', 'oct', { kty: 'oct', k: 'AAAA' }],
  ['jwkUse', 'encryption', { ...jwk, use: 'enc' }],
  ['jwkUse', 'other operations', { ...jwk, key_ops: ['decrypt'] }],
  ['jwkAlgorithm', 'PS256', { ...jwk, alg: 'PS256' }],
  ['jwkAlgorithm', 'RSA-OAEP', { ...jwk, alg: 'RSA-OAEP' }],
  ['jwkAlgorithm', 'RS512 where RS256 is meant', { ...jwk, alg: 'RS512' }],
  ['secretKey', 'of node:crypto', (await import('node:crypto')).createSecretKey(randomBytes(32))],
  ['secretKey', 'HMAC', await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])],
  ['keyAlgorithm', 'another hash', await importPKCS8(pkcs8, 'RS512')],
  ['keyAlgorithm', 'PSS', await importPKCS8(pkcs8, 'PS256')],
  ['keyAlgorithm', 'encryption', await importPKCS8(pkcs8, 'RSA-OAEP-256')],
  ['public', 'CryptoKey', (await generateKeyPair('RS256')).publicKey],
  ['ec', 'CryptoKey', (await generateKeyPair('ES256')).privateKey],
  ['ed25519', 'CryptoKey', (await generateKeyPair('EdDSA')).privateKey],
  ['small', 'CryptoKey', await smallKey()],
];

async function smallKey(): Promise<CryptoKey> {
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const der = small.export({ type: 'pkcs8', format: 'der' });
  return crypto.subtle.importKey('pkcs8', new Uint8Array(der), parameters, false, ['sign']);
}

/** Longer pieces of what was given: none of them may be in a sentence. */
const piecesOf = (given: unknown): string[] => {
  const text =
    typeof given === 'string'
      ? given
      : given instanceof Uint8Array
        ? Buffer.from(given).toString()
        : (JSON.stringify(given) ?? '');
  return text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? [];
};

describe('a key that can’t sign is told by what it is', () => {
  it.each(unusable)('%s: %s', async (kind, _name, given, more) => {
    const failed = await Promise.resolve()
      .then(() => signerWith(given, { privateKey: given, ...more }).sign({ room: 'daily' }))
      .then(
        () => null,
        (error: unknown) => error as Error & { code: string; hint: string },
      );
    const [is, hint] = unusableKeys[kind];
    expect(failed?.message).toBe(`Signing key: the private key ${is}.`);
    expect(failed).toMatchObject({ code: 'config-invalid', hint });
    for (const piece of piecesOf(given)) expect(`${failed!.message} ${hint}`).not.toContain(piece);
  });

  it('when the signer is made, without waiting for the first visitor', () => {
    for (const [kind, name, given] of unusable) {
      expect(() => signerWith(given), `${kind}: ${name}`).toThrow('Signing key: ');
    }
  });

  it('with a sentence of its own for each kind, each of which is tried here', () => {
    const tried = new Set(unusable.map(([kind]) => kind));
    // No browser and no Node makes a private RSA key for signing that must not sign, but for one that is imported so.
    expect(Object.keys(unusableKeys).filter((kind) => !tried.has(kind as 'ec'))).toEqual(['keyUse']);
    const sentences = Object.values(unusableKeys).map(([is]) => is);
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(unusableKeys.openssh[1]).toContain('ssh-keygen -p -m PEM');
  });
});

describe('a secret that is something else is refused', () => {
  const good = 'b7e19c4d2f8a6035e1d7c9b4a2f60813';
  const make = (secret: unknown): TokenSigner =>
    createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: secret as string });

  it.each<[message: string, name: string, given: unknown]>([
    ['is missing', 'undefined', undefined],
    ['is missing', 'null', null],
    ['is empty', 'nothing', ''],
    ['is a private key', 'PKCS #8', pkcs8],
    ['is a private key', 'PKCS #1', pkcs1],
    ['is a private key', '\\n', escaped(pkcs8)],
    ['is a private key', 'base64', base64(pkcs8)],
    ['is a private key', 'bytes', Buffer.from(pkcs8)],
    ['is a private key', 'without header', body(pkcs8)],
    ['is a private key', 'JWK as JSON', JSON.stringify(jwk)],
    ['is a private key', 'EC', pem(ec, 'sec1')],
    ['is a private key', 'the first line only', '-----BEGIN PRIVATE KEY-----\nMIIE'],
    ['is a public key or a certificate', 'SPKI', spki],
    ['is a public key or a certificate', 'SPKI in quotes', `"${escaped(spki)}"`],
    ['is a public key or a certificate', 'SPKI without header', body(spki)],
    ['is a public key or a certificate', 'base64', base64(spki)],
    ['is a public key or a certificate', 'bytes', Buffer.from(spki)],
    ['is a public key or a certificate', 'certificate', certificate],
    ['is a public key or a certificate', 'JWK', JSON.stringify(publicJwk.keys[0])],
    ['is a JWK or a set of keys', 'oct', JSON.stringify({ kty: 'oct', k: base64(good) })],
    ['is neither text nor bytes', 'a JWK', { kty: 'oct', k: base64(good) }],
    ['is neither text nor bytes', 'a number', 42],
    ['is neither text nor bytes', 'a list', [good]],
    ['is the path of a file', 'a mounted secret', '/run/secrets/jwt_app_secret_of_the_meeting'],
    ['ends with a line break', 'LF', `${good}\n`],
    ['ends with a line break', 'CRLF', `${good}\r\n`],
    ['ends with a line break', 'bytes of a file', Buffer.from(`${good}\n`)],
    ['begins or ends with white space', 'a blank', `${good} `],
    ['begins or ends with white space', 'before it', ` ${good}`],
    ['is in quotes', 'double', `"${good}"`],
    ['is in quotes', 'single', `'${good}'`],
    ['has 31 bytes', 'a byte too short', good.slice(1)],
    ['has 31 bytes', 'bytes', new Uint8Array(31).fill(200)],
  ])('it %s: %s', (message, _name, given) => {
    expect(() => make(given)).toThrow(`Signing key: the secret ${message}`);
    try {
      make(given);
    } catch (error) {
      const { message: said, hint } = error as Error & { hint: string };
      for (const piece of piecesOf(given)) expect(`${said} ${hint}`).not.toContain(piece);
    }
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>]>([
    ['32 bytes', good],
    ['32 bytes that are not text', new Uint8Array(32).fill(200).fill(10, 31)],
    ['16 characters of two bytes', 'ä'.repeat(16)],
    ['base64 that begins with a slash', '/h4F/qkz5Rm2bDyYp0sJw3uVt9XcLnBgEoKaZ1iQ6U8='],
    ['base64 of bytes that begin like DER', Buffer.from([0x30, 0x82, ...randomBytes(34).fill(9)]).toString('base64')],
    ['a sentence', 'correct horse battery staple, and some more'],
    ['text with BEGIN in it', 'LET US BEGIN WITH A PRIVATE KEY, SAID ADA'],
    ['an object in curly brackets', '{a8F$kq9!x#Lm2Zp4@Vt7&Wn0*Rb3^Yc6%}'],
  ])('but a real one is not: %s', async (_, secret) => {
    expect((await createTokenSigner({ appId: 'app', domain: 'd', secret }).sign({ room: 'daily' })).token).toBeTruthy();
  });

  it('is never taken for one, of 3,000 random ones in base64', () => {
    for (let count = 0; count < 3000; count += 1) expect(() => make(randomBytes(32).toString('base64'))).not.toThrow();
  });
});

describe('what is missing or does not fit is told when the signer is made', () => {
  const secret = 'b7e19c4d2f8a6035e1d7c9b4a2f60813';
  it.each<[message: RegExp, options: object]>([
    [/there is none/, {}],
    [/there is none/, { secret: undefined, privateKey: undefined, keys: undefined, algorithm: 'HS256' }.secret ?? {}],
    [/the secret is missing/, { secret: undefined }],
    [/there are two: secret and privateKey/, { secret, privateKey: pkcs8, kid: 'k' }],
    [/the private key is missing/, { kid: 'k' }],
    [/the private key is missing/, { privateKey: undefined, kid: 'k' }],
    [/needs a kid/, { privateKey: pkcs8 }],
    [/needs a kid/, { privateKey: pkcs8, kid: '' }],
    [/needs a kid/, { privateKey: pkcs8, kid: null }],
    [/kid is not a name/, { privateKey: pkcs8, kid: 7 }],
    [/kid is not a name/, { privateKey: pkcs8, kid: ' k' }],
    [/kid is not a name/, { privateKey: pkcs8, kid: 'k\n' }],
    [/kid is not a name/, { privateKey: pkcs8, kid: pkcs8 }],
    [/kid is not a name/, { privateKey: pkcs8, kid: 'k'.repeat(257) }],
    [/RS256 does not go with a secret/, { secret, algorithm: 'RS256' }],
    [/ES256 does not go with a secret/, { secret, algorithm: 'ES256' }],
    [/none does not go with a secret/, { secret, algorithm: 'none' }],
    [/hs256 does not go with a secret/, { secret, algorithm: 'hs256' }],
    [/that is given does not go with a secret/, { secret, algorithm: secret }],
    [/HS256 does not go with a private key/, { privateKey: pkcs8, kid: 'k', algorithm: 'HS256' }],
    [/PS256 does not go with a private key/, { privateKey: pkcs8, kid: 'k', algorithm: 'PS256' }],
    [/ES256 does not go with a private key/, { privateKey: pkcs8, kid: 'k', algorithm: 'ES256' }],
    [/EdDSA does not go with a private key/, { privateKey: pkcs8, kid: 'k', algorithm: 'EdDSA' }],
    [/is not a key ring/, { keys: [{ kid: 'k', secret, activeFrom: 0 }] }],
    [/is not a key ring/, { keys: 'keys.json' }],
    [/is not a key ring/, { keys: null }],
    [/there is a key beside it/, { keys: createKeyRing([{ kid: 'k', secret, activeFrom: 0 }]), secret }],
  ])('%s', (message, options) => {
    expect(() => createTokenSigner({ appId: 'app', domain: 'meet.example.org', ...options } as never)).toThrow(message);
  });

  it('takes the one that is there, where the other is undefined', async () => {
    const options = { appId: 'app', domain: 'd', secret: undefined, privateKey: pkcs8, kid: 'k' };
    expect((await createTokenSigner(options as never).sign({ room: 'daily' })).token).toBeTruthy();
    const ring = {
      appId: 'app',
      domain: 'd',
      secret: undefined,
      keys: createKeyRing([{ kid: 'k', secret, activeFrom: 0 }]),
    };
    expect((await createTokenSigner(ring as never).sign({ room: 'daily' })).token).toBeTruthy();
    const alone = { appId: 'app', domain: 'd', secret, keys: undefined, privateKey: undefined };
    expect((await createTokenSigner(alone as never).sign({ room: 'daily' })).token).toBeTruthy();
  });
});

describe('jaas', () => {
  const appId = 'vpaas-magic-cookie-1a2b3c';
  const right = { appId, kid: '4a5b6c', privateKey: pkcs8 };
  it.each([`${appId}/4a5b6c`, '4a5b6c'])('takes the key’s id with the AppID and without: %s', (kid) => {
    expect(jaas({ ...right, kid })).toMatchObject({ kid: `${appId}/4a5b6c`, tenant: appId });
  });

  it.each<[message: string, options: object]>([
    ['the AppID is missing', { appId: undefined }],
    ['the AppID is missing', { appId: '' }],
    ['the AppID is missing', { appId: null }],
    ['the AppID is not text', { appId: 5 }],
    ['the AppID does not start with vpaas-magic-cookie-', { appId: '1a2b3c' }],
    ['the AppID does not start with vpaas-magic-cookie-', { appId: 'my_app' }],
    ['the AppID is the placeholder of a guide', { appId: 'vpaas-magic-cookie-...' }],
    ['the AppID is the placeholder of a guide', { appId: 'vpaas-magic-cookie-…' }],
    ['the AppID is the placeholder of a guide', { appId: 'vpaas-magic-cookie-' }],
    ['the AppID is the placeholder of a guide', { appId: 'vpaas-magic-cookie-xxxx' }],
    ['the AppID is the placeholder of a guide', { appId: 'vpaas-magic-cookie-<your-app-id>' }],
    ['the AppID has a slash', { appId: `${appId}/4a5b6c` }],
    ['the AppID has other characters', { appId: `${appId}\n` }],
    ['the AppID has other characters', { appId: `${appId} ` }],
    ['the key’s id (kid) is missing', { kid: undefined }],
    ['the key’s id (kid) is missing', { kid: '' }],
    ['the key’s id (kid) is missing', { kid: null }],
    ['the key’s id (kid) is not text', { kid: 4 }],
    ['kid is the AppID', { kid: appId }],
    ['kid belongs to another AppID', { kid: 'B/4a5b6c' }],
    ['kid belongs to another AppID', { kid: 'vpaas-magic-cookie-9z/4a5b6c' }],
    ['kid belongs to another AppID', { kid: `${appId.toUpperCase()}/4a5b6c` }],
    ['kid belongs to another AppID', { kid: `${appId}x/4a5b6c` }],
    ['kid belongs to another AppID', { kid: '/4a5b6c' }],
    ['kid belongs to another AppID', { kid: `${appId}/${appId}/4a5b6c` }],
    ['kid has other characters', { kid: `${appId}/` }],
    ['kid has other characters', { kid: '4a5b6c ' }],
    ['kid has other characters', { kid: '4a5b6c\n' }],
    ['kid has other characters', { kid: '...' }],
    ['there is no "keyId": write kid', { keyId: '4a5b6c' }],
    ['there is no "secret": JaaS takes tokens of a private key only', { secret: 'x' }],
    ['the AppID has other characters', { appId: 'vpaas-magic-cookie-1A2B' }],
  ])('%s: %o', (message, wrong) => {
    expect(() => jaas({ ...right, ...wrong })).toThrow(`JaaS: ${message}`);
  });

  it('names the trouble with the key at once', () => {
    expect(() => jaas({ ...right, privateKey: undefined as never })).toThrow(
      'Signing key: the private key is missing.',
    );
    expect(() => jaas({ ...right, privateKey: spki })).toThrow('is a public key');
  });
});

describe('on a runtime that has no Node in it', () => {
  afterEach(() => void vi.restoreAllMocks());
  it('reads PKCS #1 as well', async () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    const { token } = await signerWith(pkcs1).sign({ room: 'daily' });
    await jwtVerify(token, pair.publicKey);
  });
});

describe('the key server', () => {
  it('publishes a PKCS #1 key as what it is', async () => {
    const ring = createKeyRing([{ kid: 'k', privateKey: escaped(pkcs1), activeFrom: 0 }]);
    const answer = await createKeyServer(ring)(new Request('https://app.example.org/keys/jwks.json'));
    expect(((await answer.json()) as { keys: JWK[] }).keys).toMatchObject([{ n: jwk.n, e: jwk.e, kid: 'k' }]);
  });

  it('says when it is made that a key that must not be exported can’t be published', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const ring = createKeyRing([{ kid: 'k', privateKey, activeFrom: 0 }]);
    expect(() => createKeyServer(ring)).toThrow('not extractable');
    const later = createKeyRing([{ kid: 'j', privateKey: pkcs8, activeFrom: 0 }]);
    const server = createKeyServer(later);
    later.keys = ring.keys;
    const asked = server(new Request('https://app.example.org/keys/jwks.json'));
    await expect(asked).rejects.toMatchObject({ code: 'config-invalid' });
  });

  it('needs a ring', () => {
    expect(() => createKeyServer([] as never)).toThrow('not a key ring');
  });
});
