import type { JSONWebKeySet } from 'jose';
import type { Deployment } from '../../src/preflight/index.js';
import { createKeyRing, createKeyServer, type KeyRing, type TokenSignerOptions } from '../../src/server/index.js';
import type { Settings } from './settings.js';

/** The signer's options, and the key ring whose public keys are to be published, where there is one. */
export function signingOf(
  settings: Settings,
  now: () => number,
): { signing: TokenSignerOptions; ring: KeyRing | null } {
  const { appId, xmppDomain: domain, issuer, audience, keys } = settings;
  const common = { appId, domain, issuer, audience, now };
  if (keys === null) return { signing: { ...common, secret: settings.appSecret }, ring: null };
  const ring = createKeyRing(keys, { now });
  return { signing: { ...common, keys: ring }, ring };
}

/** What the stand-in checks signatures with: the secret, or the keys that the key server publishes. */
export async function checkingKeys(settings: Settings): Promise<{ appSecret: string } | { jwks: JSONWebKeySet }> {
  if (settings.keys === null) return { appSecret: settings.appSecret };
  const keyServer = createKeyServer(createKeyRing(settings.keys));
  const response = await keyServer(new Request('https://localhost/jwks.json'));
  return { jwks: (await response.json()) as JSONWebKeySet };
}

/** What the page may know of how tokens are judged: no secret, but public keys where there are some. */
export async function publicDeployment(settings: Settings): Promise<Deployment> {
  const { appId, acceptedIssuers, acceptedAudiences, domainVerification, xmppDomain } = settings;
  const keys = await checkingKeys(settings);
  return {
    appId,
    acceptedIssuers,
    acceptedAudiences,
    allowEmptyToken: settings.allowEmpty,
    requireRoomClaim: true,
    domainVerification,
    xmppDomain,
    algorithm: 'jwks' in keys ? 'RS256' : 'HS256',
    ...('jwks' in keys && { keys }),
  };
}
