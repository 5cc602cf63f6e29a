import { toBinary } from './lua/json.js';
import type { Key } from './signature.js';
import type { DeploymentKeys, JitsiRelease } from './types.js';

/** Where a server looks for public keys by `kid`: first among what `cache_keys_url` answered, then at the key server. */
export interface KeySources {
  cached: Map<unknown, Key> | undefined;
  keyServer: Record<string, string> | undefined;
}

/** `undefined` where the server has a secret only. */
export function keySources({ publicKeys, jwks }: DeploymentKeys, release: JitsiRelease): KeySources | undefined {
  if (!publicKeys && !jwks) return undefined;
  const listed = !jwks && publicKeys && Object.values(publicKeys).length > 0 ? publicKeys : undefined;
  const asMap = listed && Object.values(listed).every(isCertificate) ? listed : undefined;
  const cached = jwks ? readCached(jwks, release) : asMap && readCached(asMap, release);
  return { cached, keyServer: asMap ? undefined : publicKeys };
}

export const isCertificate = (pem: unknown): pem is string =>
  typeof pem === 'string' && pem.startsWith('-----BEGIN CERTIFICATE-----');

/** As `update_keys_cache` in Jitsi's `token/util.lib.lua` reads it: a key set, or kid -> certificate. */
function readCached(answer: NonNullable<DeploymentKeys['jwks']>, release: JitsiRelease): Map<unknown, Key> {
  const keys = new Map<unknown, Key>();
  const { keys: set } = answer as { keys?: unknown };
  if (!Array.isArray(set)) {
    for (const [kid, pem] of Object.entries(answer)) if (isCertificate(pem)) keys.set(toBinary(kid), pem);
    return keys;
  }
  for (const jwk of set as (Key & { kid?: unknown; n?: unknown; e?: unknown })[]) {
    const { kid } = jwk;
    if (kid === undefined) continue;
    const name = typeof kid === 'string' ? toBinary(kid) : kid;
    if (typeof jwk.n === 'string' && typeof jwk.e === 'string') keys.set(name, jwk);
    // A key that is not RSA is nothing; before 26 March 2026 the plugin failed over it and read no further.
    else if (release === '2026-03') break;
    else keys.delete(name);
  }
  return keys;
}
