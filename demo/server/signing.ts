import { createHash } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import type { Deployment } from '../../src/preflight/index.js';
import { createKeyRing, createKeyServer, type KeyRing, type TokenSignerOptions } from '../../src/server/index.js';
import type { StandinPolicy } from '../standin/index.js';
import type { Settings } from './settings.js';

/** The key ring of the settings, which always holds what is in its file. */
export function ringOf({ keys }: Settings, now: () => number): KeyRing | null {
  return keys && Object.defineProperty(createKeyRing(keys(), { now }), 'keys', { get: keys });
}

export function signingOf(settings: Settings, ring: KeyRing | null, now: () => number): TokenSignerOptions {
  const { appId, xmppDomain: domain, issuer, audience } = settings;
  const common = { appId, domain, issuer, audience, now };
  return ring ? { ...common, keys: ring } : { ...common, secret: settings.appSecret };
}

/** The keys that the stand-in checks signatures with, as Prosody would: its one secret, or those of the key server. */
export function checkingKeys(
  settings: Settings,
  ring: KeyRing | null,
): Pick<StandinPolicy, 'algorithm' | 'appSecret' | 'publicKeys'> {
  if (!ring) return { appSecret: settings.appSecret };
  const algorithm = algorithmOf(ring);
  if (algorithm.startsWith('HS')) return { algorithm, appSecret: () => secretOf(ring) };
  const keyServer = createKeyServer(ring);
  return {
    algorithm,
    async publicKeys(kid) {
      const name = createHash('sha256').update(kid).digest('hex');
      const response = await keyServer(new Request(`https://localhost/${name}.pem`));
      return response.ok ? response.text() : undefined;
    },
  };
}

/** What the page may know about how tokens are judged: public keys, but no secret. */
export async function publicDeployment(settings: Settings, ring: KeyRing | null): Promise<Deployment> {
  const { appId, acceptedIssuers, acceptedAudiences, domainVerification, xmppDomain } = settings;
  const algorithm = ring ? algorithmOf(ring) : 'HS256';
  return {
    appId,
    acceptedIssuers,
    acceptedAudiences,
    allowEmptyToken: settings.allowEmpty,
    requireRoomClaim: true,
    domainVerification,
    xmppDomain,
    algorithm,
    ...(ring && algorithm.startsWith('RS') && { keys: { jwks: await jwksOf(ring) } }),
  };
}

function algorithmOf(ring: KeyRing): string {
  const key = ring.active();
  return key.algorithm ?? ('secret' in key ? 'HS256' : 'RS256');
}

function secretOf(ring: KeyRing): string {
  const key = ring.active();
  // Keys from a file are text.
  return 'secret' in key ? String(key.secret) : '';
}

async function jwksOf(ring: KeyRing): Promise<JSONWebKeySet> {
  const response = await createKeyServer(ring)(new Request('https://localhost/jwks.json'));
  return (await response.json()) as JSONWebKeySet;
}
