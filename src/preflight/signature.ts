import type { JWK } from 'jose';
import { toBytes } from '../claims/decode.js';

/** What the server holds against a signature: a secret or a PEM, as text, or a key of a key set. */
export type Key = string | JWK;

/** The algorithms that Jitsi's plugin knows (`luajwtjitsi.lib.lua`). */
export const algorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'];

/**
 * Checks a signature with WebCrypto. `unreadable`: the key is none for this algorithm; `unchecked`: there is no WebCrypto
 * here (a page without https), or jose can't be loaded. `signed` and `signature` have one character a byte.
 */
export async function checkSignature(
  algorithm: string,
  key: Key,
  signed: string,
  signature: string,
): Promise<'right' | 'wrong' | 'unreadable' | 'unchecked'> {
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) return 'unchecked';
  const jose = algorithm.startsWith('HS') ? undefined : await loadJose();
  if (jose === null) return 'unchecked';
  const imported = await (jose ? importPublicKey(jose, algorithm, key) : importSecret(subtle, algorithm, key));
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

/** jose reads public keys; it is loaded here only, so that a page that gives none doesn't carry it. */
const loadJose = () => import('jose/key/import').catch(() => null);

type Jose = NonNullable<Awaited<ReturnType<typeof loadJose>>>;

async function importPublicKey(
  { importJWK, importSPKI, importX509 }: Jose,
  algorithm: string,
  key: Key,
): Promise<CryptoKey | undefined> {
  try {
    if (typeof key === 'string')
      return await (key.includes('BEGIN CERTIFICATE') ? importX509(key, algorithm) : importSPKI(key, algorithm));
    const imported = await importJWK({ kty: 'RSA', n: key.n ?? '', e: key.e ?? '' }, algorithm);
    return imported instanceof Uint8Array ? undefined : imported;
  } catch {
    return undefined;
  }
}
