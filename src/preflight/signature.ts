import type { JWK } from 'jose';
import { hmacAlgorithms, isHmac, rsaAlgorithms } from '../claims/algorithms.js';
import { toBytes } from '../claims/decode.js';
import { isCertificate } from './key-sources.js';
import { pemKey } from './pem.js';

/** What the server holds against a signature: a secret or a PEM, as text, or a key of a key set. */
export type Key = string | JWK;

/** The algorithms that Jitsi's plugin knows. */
export const algorithms: readonly string[] = [...hmacAlgorithms, ...rsaAlgorithms];

/**
 * Checks a signature with WebCrypto. `unreadable`: the key does not fit this algorithm; `unchecked`: there is no
 * WebCrypto here (a page without https), or jose can't be loaded. `signed` and `signature` have one character a byte.
 */
export async function checkSignature(
  algorithm: string,
  key: Key,
  signed: string,
  signature: string,
): Promise<'right' | 'wrong' | 'unreadable' | 'unchecked'> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return 'unchecked';
  const imported = await (isHmac(algorithm) ? importSecret(subtle, algorithm, key) : importRsa(subtle, algorithm, key));
  if (imported === null) return 'unchecked';
  if (!imported) return 'unreadable';
  const right = await subtle.verify(imported.algorithm.name, imported, toBytes(signature), toBytes(signed));
  return right ? 'right' : 'wrong';
}

async function importSecret(subtle: SubtleCrypto, algorithm: string, key: Key): Promise<CryptoKey | undefined> {
  if (typeof key !== 'string') return undefined;
  // HMAC fills a key up with NULs, so that an empty one, which WebCrypto refuses, is the same as a single NUL.
  const bytes = new TextEncoder().encode(key === '' ? '\0' : key);
  return subtle.importKey('raw', bytes, { name: 'HMAC', hash: `SHA-${algorithm.slice(2)}` }, false, ['verify']);
}

/** `null`: jose, which reads certificates, can't be loaded. */
async function importRsa(subtle: SubtleCrypto, algorithm: string, key: Key): Promise<CryptoKey | null | undefined> {
  try {
    if (isCertificate(key)) {
      const jose = await loadJose();
      return jose && (await jose.importX509(key, algorithm));
    }
    const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: `SHA-${algorithm.slice(2)}` };
    const ofJwk = ({ n = '', e = '' }: JWK) =>
      subtle.importKey('jwk', { kty: 'RSA', n, e }, parameters, false, ['verify']);
    if (typeof key !== 'string') return await ofJwk(key);
    const pem = pemKey(key);
    if (!pem) return undefined;
    if (pem.format === 'spki') return await subtle.importKey('spki', pem.der, parameters, false, ['verify']);
    // Its public half is what Jitsi's plugin checks with.
    const whole = await subtle.importKey('pkcs8', pem.der, parameters, true, ['sign']);
    return await ofJwk(await subtle.exportKey('jwk', whole));
  } catch {
    return undefined;
  }
}

/** It is loaded here only, so that a page that gives no certificate doesn't carry it. */
const loadJose = () => import('jose/key/import').catch(() => null);
