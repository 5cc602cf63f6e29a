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
  key: CryptoKey;
  /** `{alg, typ: 'JWT', kid?}`, as base64url. */
  encodedHeader: string;
}

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
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
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
  const hash = algorithm.replace('HS', 'SHA-');
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']);
  return { key, encodedHeader: encodeHeader({ alg: algorithm, typ: 'JWT' }) };
}

async function preparePrivateKey(from: PrivateKey): Promise<PreparedKey> {
  const { kid, algorithm = 'RS256' } = from;
  if (!/^RS(256|384|512)$/.test(algorithm)) {
    throw invalid(`the algorithm ${algorithm} can't go with a private key`, 'Use RS256, RS384 or RS512.');
  }
  if (!kid) throw invalid('a private key needs a kid', 'Name the key as Prosody’s key server does.');
  const encodedHeader = encodeHeader({ alg: algorithm, typ: 'JWT', kid });
  return { key: await readPrivateKey(from, false), encodedHeader };
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
