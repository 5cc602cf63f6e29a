import { base64url, exportJWK, importJWK, importPKCS8, type JWK } from 'jose';
import { JitsiMeetingError } from '../errors.js';

export type HmacAlgorithm = 'HS256' | 'HS384' | 'HS512';
export type RsaAlgorithm = 'RS256' | 'RS384' | 'RS512';

/** One secret shared with Prosody (`app_secret`). */
export interface SharedSecret {
  /** At least 32 bytes. */
  secret: string | Uint8Array<ArrayBuffer>;
  /** Prosody's `signature_algorithm`; default HS256. */
  algorithm?: HmacAlgorithm;
}

/** The private half of a key pair whose public half Prosody fetches from a key server. */
export interface PrivateKey {
  /** PKCS #8 PEM, a JWK, or a key that can sign. */
  privateKey: string | JWK | CryptoKey;
  /** Names the key: Prosody asks the key server for SHA256HEX(kid).pem. */
  kid: string;
  /** Prosody's `signature_algorithm`; default RS256. */
  algorithm?: RsaAlgorithm;
}

export type SigningKey = SharedSecret | PrivateKey;

/** A key made ready once, so that signing costs no import. */
export interface PreparedKey {
  /** `{alg, typ: 'JWT', kid?}`, as base64url. */
  encodedHeader: string;
  /** The signature of a JWS's signing input (RFC 7515 5.1). */
  sign(input: string): Uint8Array | Promise<Uint8Array>;
}

const encoder = new TextEncoder();

const prepared = new WeakMap<SigningKey, Promise<PreparedKey>>();

/** Makes a key ready to sign. Rejects with `config-invalid`, which never holds the key. */
export function prepareKey(from: SigningKey): Promise<PreparedKey> {
  let ready = prepared.get(from);
  if (!ready) {
    ready = 'secret' in from ? prepareSecret(from) : preparePrivateKey(from);
    prepared.set(from, ready);
  }
  return ready;
}

async function prepareSecret({ secret, algorithm = 'HS256' }: SharedSecret): Promise<PreparedKey> {
  if (!/^HS(256|384|512)$/.test(algorithm)) {
    throw invalid(`the algorithm ${algorithm} can't go with a secret`, 'Use HS256, HS384 or HS512.');
  }
  const bytes = typeof secret === 'string' ? encoder.encode(secret) : secret;
  if (typeof secret === 'string' && secret.includes('-----BEGIN')) {
    // With a public key as secret, everybody could sign.
    throw invalid('the secret is a key in PEM form', 'Give a private key as privateKey, with its kid.');
  }
  if (bytes.length < 32) {
    throw invalid(
      `the secret has ${bytes.length} bytes, expected 32 or more`,
      'Make one, for instance with: openssl rand -hex 32. Prosody (app_secret) and this server need the same one.',
    );
  }
  return { encodedHeader: encodeHeader({ alg: algorithm, typ: 'JWT' }), sign: await hmac(bytes, algorithm) };
}

async function preparePrivateKey(from: PrivateKey): Promise<PreparedKey> {
  const { kid, algorithm = 'RS256' } = from;
  if (!/^RS(256|384|512)$/.test(algorithm)) {
    throw invalid(`the algorithm ${algorithm} can't go with a private key`, 'Use RS256, RS384 or RS512.');
  }
  if (!kid) throw invalid('a private key needs a kid', 'Name the key as Prosody’s key server does.');
  const encodedHeader = encodeHeader({ alg: algorithm, typ: 'JWT', kid });
  return { encodedHeader, sign: signWith(await readPrivateKey(from, false)) };
}

/** What of `node:crypto` is used, where there is one. */
interface NodeCrypto {
  createHmac(hash: string, key: Uint8Array): { update(input: string): { digest(): Uint8Array } };
}

/**
 * On Node, HMAC by `node:crypto`: WebCrypto hands each signature to another thread, which takes several times as long as
 * the signature itself (`npm run bench -- server`).
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
  const { kty, n, e } = await exportJWK(await readPrivateKey(from, true));
  return { kty: kty!, n: n!, e: e!, kid: from.kid, alg: from.algorithm ?? 'RS256', use: 'sig' };
}

async function readPrivateKey({ privateKey, algorithm = 'RS256' }: PrivateKey, extractable: boolean) {
  let key: CryptoKey | Uint8Array | undefined;
  try {
    if (typeof privateKey === 'string') key = await importPKCS8(privateKey, algorithm, { extractable });
    else if (privateKey instanceof CryptoKey) key = privateKey;
    else key = await importJWK(privateKey, algorithm, { extractable });
  } catch {
    // The parser's message may quote the key, so it goes no further.
  }
  if (!(key instanceof CryptoKey) || key.type !== 'private' || !key.algorithm.name.startsWith('RSA')) {
    throw invalid(
      'the private key can’t be read',
      'Give an RSA key as PKCS #8 PEM (-----BEGIN PRIVATE KEY-----) or as a JWK with its private members. ' +
        'An older PEM is converted by: openssl pkcs8 -topk8 -nocrypt -in old.pem',
    );
  }
  return key;
}

function invalid(message: string, hint: string): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `Signing key: ${message}.`, { hint });
}
