import { releases } from './known-names.js';
import { Plugins } from './plugins.js';
import type { Deployment, DeploymentKeys, JitsiRelease, PreflightRequest } from './types.js';

/** A deployment with Prosody's defaults filled in. `undefined`: not known. */
export interface Settings {
  release: JitsiRelease;
  keys: DeploymentKeys | undefined;
  algorithm: string | undefined;
  issuers: string[] | undefined;
  audiences: string[];
  allowEmptyToken: boolean;
  requireRoomClaim: boolean;
  domainVerification: boolean;
  /** `muc_mapper_domain_base`, `null` where the server hasn't set it. */
  mapperBase: string | null | undefined;
  /** Whether the client connects to the guest domain, where the server ignores tokens. */
  guest: boolean;
  plugins: Plugins;
}

export function resolveSettings(deployment: Deployment, request: PreflightRequest): Settings {
  const { keys, appId, guestDomain } = deployment;
  const main = deployment.xmppDomain ?? (guestDomain ? undefined : request.xmppDomain);
  const byKeys = keys && (keys.publicKeys || keys.jwks ? 'RS256' : 'HS256');
  const base = deployment.mucMapperDomainBase === undefined ? main : deployment.mucMapperDomainBase;
  return {
    release: deployment.release ?? releases[0],
    keys,
    algorithm: deployment.algorithm ?? byKeys,
    issuers: deployment.acceptedIssuers ?? (appId === undefined ? undefined : [appId]),
    audiences: deployment.acceptedAudiences ?? ['*'],
    allowEmptyToken: deployment.allowEmptyToken ?? false,
    requireRoomClaim: deployment.requireRoomClaim ?? true,
    domainVerification: deployment.domainVerification ?? true,
    mapperBase: base?.toLowerCase() ?? base,
    guest: Boolean(guestDomain) && request.xmppDomain?.toLowerCase() === guestDomain?.toLowerCase(),
    plugins: new Plugins(deployment.plugins),
  };
}
