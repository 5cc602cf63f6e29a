import {
  createTokenSigner,
  type ReadonlyKeyRing,
  type TokenSigner,
  watchKeyRing,
  type WatchedKeyRing,
} from 'jitsi-meeting-element/server';
import type { Settings } from './settings.js';

export interface Signing {
  signer: TokenSigner;
  /** Where there is a key ring: its public keys can be published. */
  ring: WatchedKeyRing | null;
}

/** Throws for a key file without a usable ring. */
export function signingOf(settings: Settings, onError: (error: Error) => void, now: () => number = Date.now): Signing {
  const { appId, xmppDomain: domain, issuer, audience, signing } = settings;
  const common = { appId, domain, issuer, audience, now };
  if ('secret' in signing) return { signer: createTokenSigner({ ...common, secret: signing.secret }), ring: null };
  const ring = watchKeyRing(signing.keysFile, { onError, now });
  return { signer: createTokenSigner({ ...common, keys: ring }), ring };
}

/** Key servers publish pairs only: a shared secret has no public half. */
export const canPublish = ({ keys }: ReadonlyKeyRing): boolean => keys.every((key) => 'privateKey' in key);
