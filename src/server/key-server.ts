import { exportSPKI, importJWK, type CryptoKey, type JSONWebKeySet } from 'jose';
import { hex, sha256 } from './bytes.js';
import { checkIsRing, type ReadonlyKeyRing } from './key-ring.js';
import { checkOptions, invalidRing } from './ring-check.js';
import { checkPublishable, publicJwk, type PrivateKey } from './keys.js';

/** Options of `createKeyServer`. */
export interface KeyServerOptions {
  /** `Cache-Control: max-age`, in seconds; Prosody asks for the JWKS again a minute before it is over. Default 3600. */
  maxAge?: number;
}

/**
 * Publishes the public halves of a ring: under `…/SHA256HEX(kid).pem`, as Prosody asks with `asap_key_server`, and as a
 * JWKS under `…/jwks.json`, for `cache_keys_url`. What comes before the last part of the path is yours to choose.
 */
export function createKeyServer(ring: ReadonlyKeyRing, options: KeyServerOptions = {}) {
  checkOptions(options, 'createKeyServer', ['maxAge']);
  const { maxAge = 3600 } = options;
  if (!Number.isInteger(maxAge) || maxAge < 0)
    throw invalidRing('maxAge is not a time in whole seconds', 'Give 3600 for an hour.');
  checkIsRing(ring);
  ring.keys.forEach(checkPublishable);
  return async (request: Request): Promise<Response> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    const name = new URL(request.url).pathname.split('/').pop()!;
    const headers = { 'cache-control': `public, max-age=${maxAge}`, 'x-content-type-options': 'nosniff' };
    if (name === 'jwks.json') return Response.json(await jwks(ring.published()), { headers });
    const pem = await pemNamed(name, ring.published());
    if (pem === null) return new Response('No such key.', { status: 404, headers: { 'cache-control': 'no-store' } });
    return new Response(pem, { headers: { ...headers, 'content-type': 'application/x-pem-file' } });
  };
}

async function jwks(keys: readonly PrivateKey[]): Promise<JSONWebKeySet> {
  return { keys: await Promise.all(keys.map(publicJwk)) };
}

// A kid is never part of a path or a query: its hash is compared with the hashes of the keys there are.
async function pemNamed(name: string, keys: readonly PrivateKey[]): Promise<string | null> {
  for (const key of keys) {
    if (name === `${hex(await sha256(key.kid))}.pem`) {
      const jwk = await publicJwk(key);
      return exportSPKI((await importJWK(jwk, jwk.alg, { extractable: true })) as CryptoKey);
    }
  }
  return null;
}
