import { base64url, exportJWK, importJWK, type CryptoKey, type JWK } from 'jose';
import { type HmacAlgorithm, hmacAlgorithms, type RsaAlgorithm, rsaAlgorithms } from '../claims/algorithms.js';
import type { JitsiMeetingError } from '../errors.js';
import { unusableKeys } from './key-kinds.js';
import { isBytes, keyInText, type KeyMaterial, readPrivateKey } from './private-key.js';
import { invalidOf } from './options-check.js';

const invalid = invalidOf('Signing key');

export type { HmacAlgorithm, RsaAlgorithm } from '../claims/algorithms.js';

/** One secret shared with Prosody (`app_secret`). */
export interface SharedSecret {
  /** At least 32 bytes. */
  secret: string | Uint8Array<ArrayBuffer>;
  /** Prosody's `signature_algorithm`; default HS256. */
  algorithm?: HmacAlgorithm;
}

/** The private half of a key pair whose public half Prosody fetches from a key server. */
export interface PrivateKey {
  /**
   * An RSA key: PEM (PKCS #8 or PKCS #1, also as environment variables and .env files change it, or base64), what is in
   * such a file as bytes, a JWK (also as JSON), or a key that can sign.
   */
  privateKey: string | Uint8Array | JWK | CryptoKey;
  /** Names the key: Prosody asks the key server for SHA256HEX(kid).pem. */
  kid: string;
  /** Prosody's `signature_algorithm`; default RS256. */
  algorithm?: RsaAlgorithm;
}

/** What signs: a shared secret or a private key. */
export type SigningKey = SharedSecret | PrivateKey;

/** A key made ready once, so that signing costs no import. */
export interface PreparedKey {
  /** `{alg, typ: 'JWT', kid?}`, as base64url. */
  encodedHeader: string;
  /** The signature of a JWS's signing input (RFC 7515 5.1). */
  sign(input: string): Uint8Array | Promise<Uint8Array>;
}

const families: Record<'HS' | 'RS', readonly string[]> = { HS: hmacAlgorithms, RS: rsaAlgorithms };

const encoder = new TextEncoder();

const prepared = new WeakMap<SigningKey, Promise<PreparedKey>>();

/** Makes a key ready to sign. Rejects with `config-invalid`, which never holds the key. */
export function prepareKey(from: SigningKey): Promise<PreparedKey> {
  let ready = prepared.get(from);
  if (!ready) {
    ready = isPrivate(from) ? preparePrivateKey(from) : prepareSecret(from);
    prepared.set(from, ready);
  }
  return ready;
}

/** Throws `config-invalid` for all that can be told of a key without importing it. No message holds the key. */
export function checkKey(given: { secret?: unknown; privateKey?: unknown; kid?: unknown; algorithm?: unknown }): void {
  const hasSecret = given.secret !== undefined;
  const hasPrivateKey = given.privateKey !== undefined;
  if (hasSecret && hasPrivateKey) {
    throw invalid('there are two: secret and privateKey', 'Give the one that Prosody is configured for.');
  }
  if (hasPrivateKey || (!hasSecret && ('privateKey' in given || given.kid !== undefined))) {
    checkAlgorithm(given.algorithm ?? 'RS256', 'RS', 'a private key');
    materialOf(given.privateKey, String(given.algorithm ?? 'RS256'));
    checkKid(given.kid);
  } else {
    checkSecret(given.secret, 'secret' in given);
    checkAlgorithm(given.algorithm ?? 'HS256', 'HS', 'a secret');
  }
}

/** `HS256` and its like for a secret, `RS256` and its like for a private key. */
export function algorithmOf(key: SigningKey): HmacAlgorithm | RsaAlgorithm {
  return key.algorithm ?? (isPrivate(key) ? 'RS256' : 'HS256');
}

export function isPrivate(key: SigningKey): key is PrivateKey {
  return 'privateKey' in key && key.privateKey !== undefined;
}

async function prepareSecret(from: SharedSecret): Promise<PreparedKey> {
  checkKey(from);
  const { secret, algorithm = 'HS256' } = from;
  const bytes = typeof secret === 'string' ? encoder.encode(secret) : secret;
  return { encodedHeader: encodeHeader({ alg: algorithm, typ: 'JWT' }), sign: await hmac(bytes, algorithm) };
}

async function preparePrivateKey(from: PrivateKey): Promise<PreparedKey> {
  checkKey(from);
  const { kid, algorithm = 'RS256' } = from;
  const encodedHeader = encodeHeader({ alg: algorithm, typ: 'JWT', kid });
  return { encodedHeader, sign: signWith(await importPrivateKey(from, false)) };
}

/** What of `node:crypto` is used, where there is one. */
interface NodeCrypto {
  createHmac(hash: string, key: Uint8Array): { update(input: string): { digest(): Uint8Array } };
}

/**
 * On Node, HMAC by `node:crypto`: WebCrypto hands each signature to another thread, which takes several times as long
 * as the signature itself (`npm run bench -- server`).
 */
async function hmac(secret: Uint8Array<ArrayBuffer>, algorithm: HmacAlgorithm): Promise<PreparedKey['sign']> {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): NodeCrypto | undefined } };
  const nodeCrypto = process?.getBuiltinModule?.('node:crypto');
  const bits = algorithm.slice(2);
  if (nodeCrypto) return (input) => nodeCrypto.createHmac(`sha${bits}`, secret).update(input).digest();
  const parameters = { name: 'HMAC', hash: `SHA-${bits}` };
  return signWith(await crypto.subtle.importKey('raw', secret, parameters, false, ['sign']));
}

function signWith(key: CryptoKey): PreparedKey['sign'] {
  return async (input) => new Uint8Array(await crypto.subtle.sign(key.algorithm.name, key, encoder.encode(input)));
}

function encodeHeader(header: { alg: string; typ: 'JWT'; kid?: string }): string {
  return base64url.encode(JSON.stringify(header));
}

/** The public half, as a JWKS lists it. */
export async function publicJwk(from: PrivateKey): Promise<JWK> {
  checkPublishable(from);
  const { kty, n, e } = await exportJWK(await importPrivateKey(from, true));
  return { kty: kty!, n: n!, e: e!, kid: from.kid, alg: from.algorithm ?? 'RS256', use: 'sig' };
}

/** A CryptoKey gives its public half away only where it may be exported. */
export function checkPublishable(from: SigningKey): void {
  if (!isPrivate(from)) return;
  const material = materialOf(from.privateKey, algorithmOf(from));
  if (!('key' in material) || material.key.extractable) return;
  throw invalid(
    'the private key is not extractable, so its public half can’t be published',
    'Import it with extractable: true, or give the ring a PEM or a JWK.',
  );
}

async function importPrivateKey({ privateKey, algorithm = 'RS256' }: PrivateKey, extractable: boolean) {
  const material = materialOf(privateKey, algorithm);
  if ('key' in material) return material.key;
  try {
    if ('jwk' in material) return (await importJWK(material.jwk, algorithm, { extractable })) as CryptoKey;
    const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: `SHA-${algorithm.slice(2)}` };
    return await crypto.subtle.importKey('pkcs8', material.pkcs8, parameters, extractable, ['sign']);
  } catch {
    // The parser's message may quote the key, so it goes no further.
    throw unusable('damaged');
  }
}

function materialOf(privateKey: unknown, algorithm: string): KeyMaterial {
  const reading = readPrivateKey(privateKey, algorithm);
  if (typeof reading === 'string') throw unusable(reading);
  return reading;
}

function checkSecret(secret: unknown, isNamed: boolean): void {
  if (secret === undefined || secret === null || secret === '') {
    if (!isNamed)
      throw invalid('there is none', 'Give secret, or privateKey with its kid, or keys: createKeyRing(...).');
    throw invalid(
      secret === '' ? 'the secret is empty' : 'the secret is missing',
      'Is the environment variable (JWT_APP_SECRET) set where this runs?',
    );
  }
  if (typeof secret !== 'string' && !isBytes(secret)) {
    throw invalid('the secret is neither text nor bytes', 'Give what Prosody has as app_secret, as text.');
  }
  const text = typeof secret === 'string' ? secret : textIn(secret);
  if (text !== null) checkSecretText(text);
  const { length } = typeof secret === 'string' ? encoder.encode(secret) : secret;
  if (length < 32) {
    throw invalid(
      `the secret has ${length} bytes, expected 32 or more`,
      'Make one, for instance with: openssl rand -hex 32. Prosody (app_secret) and this server need the same one.',
    );
  }
}

function checkSecretText(text: string): void {
  switch (keyInText(text)) {
    case 'public':
      throw invalid(
        'the secret is a public key or a certificate (PEM or the like), with which everybody could sign',
        'Give the private key as privateKey, with its kid; or a shared secret: openssl rand -hex 32',
      );
    case 'private':
      throw invalid('the secret is a private key (PEM or the like)', 'Give it as privateKey, with its kid.');
    case 'jwk':
      throw invalid('the secret is a JWK or a set of keys', 'Give the secret itself, as text or bytes.');
    case 'path':
      throw invalid('the secret is the path of a file', 'Give what is in the file, without the line break at its end.');
    case null:
  }
  if (/[\r\n]$/.test(text)) {
    throw invalid(
      'the secret ends with a line break, as files do; Prosody’s app_secret has none',
      'Remove it: secret.trimEnd(). Both sides need exactly the same text.',
    );
  }
  if (text !== text.trim()) {
    throw invalid('the secret begins or ends with white space', 'Remove it. Both sides need exactly the same text.');
  }
  if (/^(["'])[^]*\1$/.test(text)) {
    throw invalid('the secret is in quotes', 'Remove them. Both sides need exactly the same text.');
  }
}

/** The text in a file that was read as bytes; null for bytes that are not text. */
function textIn(bytes: Uint8Array): string | null {
  const isText = bytes.every(
    (byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09,
  );
  return isText ? new TextDecoder().decode(bytes) : null;
}

export function checkKid(kid: unknown): void {
  if (kid === undefined || kid === null || kid === '') {
    throw invalid(
      'the private key needs a kid',
      'Give kid: the name under which Prosody’s key server, or JaaS, has the public half.',
    );
  }
  // eslint-disable-next-line no-control-regex -- that is what is looked for.
  if (typeof kid !== 'string' || kid.trim() !== kid || /[\0-\x1F\x7F]/.test(kid) || kid.length > 256) {
    throw invalid(
      'kid is not a name: text of up to 256 characters, without line breaks and without white space at its ends',
      'Give kid: the name under which Prosody’s key server, or JaaS, has the public half.',
    );
  }
}

function checkAlgorithm(algorithm: unknown, family: keyof typeof families, what: string): void {
  const names = families[family];
  if (names.includes(algorithm as string)) return;
  const given =
    typeof algorithm === 'string' && /^[A-Za-z0-9-]{1,12}$/.test(algorithm) ? ` ${algorithm}` : ' that is given';
  throw invalid(
    `the algorithm${given} does not go with ${what}`,
    `Use ${names.join(', ')}, as Prosody’s signature_algorithm says; Jitsi’s token plugins take HS and RS only.`,
  );
}

function unusable(kind: keyof typeof unusableKeys): JitsiMeetingError {
  const [is, hint] = unusableKeys[kind];
  return invalid(`the private key ${is}`, hint);
}
