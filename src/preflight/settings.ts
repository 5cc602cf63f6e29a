import type { Deployment, PreflightRequest } from './types.js';

/** A deployment with Prosody's defaults filled in. `undefined`: not known. */
export interface Settings {
  keys: Deployment['keys'];
  algorithm: string | undefined;
  issuers: string[] | undefined;
  audiences: string[];
  allowEmptyToken: boolean;
  requireRoomClaim: boolean;
  domainVerification: boolean;
  /** `muc_mapper_domain_base`, `null` where the server hasn't set it. */
  mapperBase: string | null | undefined;
  /** Whether the client connects to the guest domain, where nobody looks at tokens. */
  guest: boolean;
  plugins: string[];
}

export function resolveSettings(deployment: Deployment, request: PreflightRequest): Settings {
  const { keys, appId, guestDomain } = deployment;
  const main = deployment.xmppDomain ?? (guestDomain ? undefined : request.xmppDomain);
  const byKeys = keys && ('secret' in keys ? 'HS256' : 'RS256');
  const base = deployment.mucMapperDomainBase === undefined ? main : deployment.mucMapperDomainBase;
  return {
    keys,
    algorithm: deployment.algorithm ?? byKeys,
    issuers: deployment.acceptedIssuers ?? (appId === undefined ? undefined : [appId]),
    audiences: deployment.acceptedAudiences ?? ['*'],
    allowEmptyToken: deployment.allowEmptyToken ?? false,
    requireRoomClaim: deployment.requireRoomClaim ?? true,
    domainVerification: deployment.domainVerification ?? true,
    mapperBase: base?.toLowerCase() ?? base,
    guest: Boolean(guestDomain) && request.xmppDomain?.toLowerCase() === guestDomain?.toLowerCase(),
    plugins: deployment.plugins ?? [],
  };
}
