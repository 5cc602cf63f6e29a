import { importJWK, importPKCS8, type JWK } from 'jose';
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
  header: { alg: string; typ: 'JWT'; kid?: string };
}

/** Makes a key ready to sign. Throws `config-invalid`, which never holds the key. */
export async function prepareKey(from: SigningKey): Promise<PreparedKey> {
  return 'secret' in from ? prepareSecret(from) : preparePrivateKey(from);
}

async function prepareSecret({ secret, algorithm = 'HS256' }: SharedSecret): Promise<PreparedKey> {
  if (!/^HS(256|384|512)$/.test(algorithm)) {
    throw invalid(`the algorithm ${algorithm} can't go with a secret`, 'Use HS256, HS384 or HS512.');
  }
  const bytes = typeof secret === 'string' ? new TextEncoder().encode(secret) : secret;
  if (bytes.length < 32) {
    throw invalid(
      `the secret has ${bytes.length} bytes, expected 32 or more`,
      'Make one, for instance with: openssl rand -hex 32. Prosody (app_secret) and this server need the same one.',
    );
  }
  const hash = algorithm.replace('HS', 'SHA-');
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign']);
  return { key, header: { alg: algorithm, typ: 'JWT' } };
}

async function preparePrivateKey({ privateKey, kid, algorithm = 'RS256' }: PrivateKey): Promise<PreparedKey> {
  if (!/^RS(256|384|512)$/.test(algorithm)) {
    throw invalid(`the algorithm ${algorithm} can't go with a private key`, 'Use RS256, RS384 or RS512.');
  }
  if (!kid) throw invalid('a private key needs a kid', 'Name the key as Prosody’s key server does.');
  const header = { alg: algorithm, typ: 'JWT', kid } as const;
  let key: CryptoKey | Uint8Array | undefined;
  try {
    if (typeof privateKey === 'string') key = await importPKCS8(privateKey, algorithm);
    else if (privateKey instanceof CryptoKey) key = privateKey;
    else key = await importJWK(privateKey, algorithm);
  } catch {
    // The parser's message may quote the key, so it goes no further.
  }
  if (!key || !('type' in key) || key.type !== 'private' || !key.algorithm.name.startsWith('RSA')) {
    throw invalid(
      'the private key can’t be read',
      'Give an RSA key as PKCS #8 PEM (-----BEGIN PRIVATE KEY-----) or as a JWK with its private members. ' +
        'An older PEM is converted by: openssl pkcs8 -topk8 -nocrypt -in old.pem',
    );
  }
  return { key, header };
}

function invalid(message: string, hint: string): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `Signing key: ${message}.`, { hint });
}
