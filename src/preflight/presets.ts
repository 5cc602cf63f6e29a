import { jaasDomain } from '../room/jaas.js';
import type { Deployment, DeploymentKeys } from './types.js';

/**
 * A server that was installed by hand or from Debian packages: Prosody's defaults. `domain` is its XMPP domain, usually
 * that of the meetings' address. `keys` instead of `secret` where it looks keys up by `kid`.
 */
export function selfHosted({ domain, secret, ...deployment }: SelfHosted): Deployment {
  return {
    xmppDomain: domain,
    allowEmptyToken: false,
    requireRoomClaim: true,
    domainVerification: true,
    proxy: 'nginx',
    ...(secret !== undefined && { keys: { secret } }),
    ...deployment,
  };
}

/** Arguments of `selfHosted`. */
export interface SelfHosted extends Omit<Deployment, 'xmppDomain'> {
  domain: string;
  appId: string;
  /** `app_secret`; leave it out where it isn't safe, and the signature stays unknown. */
  secret?: string;
}

/**
 * docker-jitsi-meet with `AUTH_TYPE=jwt`, from its environment variables. Public keys of a key server
 * (`JWT_ASAP_KEYSERVER`) have to be given.
 */
export function dockerJitsiMeet(
  env: Record<string, string | undefined>,
  publicKeys?: Record<string, string>,
): Deployment {
  const { JWT_APP_ID, JWT_APP_SECRET, JWT_ASAP_KEYSERVER, JWT_SIGN_TYPE, XMPP_DOMAIN, XMPP_GUEST_DOMAIN } = env;
  const keys = publicKeys
    ? { publicKeys }
    : JWT_APP_SECRET && !JWT_ASAP_KEYSERVER
      ? { secret: JWT_APP_SECRET }
      : undefined;
  const issuers = list(env.JWT_ACCEPTED_ISSUERS);
  const audiences = list(env.JWT_ACCEPTED_AUDIENCES);
  const guests = isOn(env.ENABLE_GUESTS);
  const plugins = [
    ...(list(env.XMPP_MODULES) ?? []),
    ...(list(env.XMPP_MUC_MODULES) ?? []),
    ...(isOn(env.WAIT_FOR_HOST_DISABLE_AUTO_OWNERS) ? ['wait_for_host_disable_auto_owners'] : []),
  ];
  return {
    ...(JWT_APP_ID && { appId: JWT_APP_ID }),
    ...(keys && { keys }),
    algorithm: JWT_SIGN_TYPE || (JWT_ASAP_KEYSERVER || publicKeys ? 'RS256' : 'HS256'),
    ...(issuers && { acceptedIssuers: issuers }),
    ...(audiences && { acceptedAudiences: audiences }),
    allowEmptyToken: isOn(env.JWT_ALLOW_EMPTY),
    // There is no variable for it, but for further lines of Prosody's configuration.
    requireRoomClaim: !/(^|,)\s*asap_require_room_claim\s*=\s*false\b/.test(env.XMPP_CONFIGURATION ?? ''),
    domainVerification: isOn(env.JWT_ENABLE_DOMAIN_VERIFICATION),
    xmppDomain: XMPP_DOMAIN || 'meet.jitsi',
    guestDomain: guests ? XMPP_GUEST_DOMAIN || 'guest.meet.jitsi' : null,
    // The image adds its own modules, so an empty list here doesn't mean that there are none.
    ...(plugins.length > 0 && { plugins }),
    proxy: 'nginx',
  };
}

/** JaaS, 8x8's hosted Jitsi. `publicKeys`: of the API keys, by `kid` (AppID/KEY). */
export function jaas(publicKeys?: Record<string, string>): Deployment {
  return {
    ...(publicKeys && { keys: { publicKeys } }),
    algorithm: 'RS256',
    acceptedIssuers: ['chat'],
    acceptedAudiences: ['jitsi'],
    allowEmptyToken: false,
    requireRoomClaim: true,
    domainVerification: true,
    xmppDomain: jaasDomain,
  };
}

/** As docker-jitsi-meet's templates split lists. */
function list(value: string | undefined): string[] | undefined {
  const items = value?.split(',').filter(Boolean);
  return items?.length ? items : undefined;
}

/** As docker-jitsi-meet's templates read switches. */
const isOn = (value: string | undefined): boolean => /^(1|t|true)$/i.test(value ?? '');

/**
 * A server that takes the access tokens of an OpenID provider (Keycloak, say) as they are, without an adapter. `jwks`:
 * what the provider's `jwks_uri` answers; `audiences`: what its tokens have in `aud`, as plain texts (Keycloak:
 * "account"). Every such token opens every room.
 */
export function openidProvider({ domain, issuer, audiences, jwks, ...deployment }: OpenidProvider): Deployment {
  return {
    xmppDomain: domain,
    acceptedIssuers: [issuer],
    ...(audiences && { acceptedAudiences: audiences }),
    algorithm: 'RS256',
    allowEmptyToken: false,
    requireRoomClaim: false,
    proxy: 'nginx',
    ...(jwks && { keys: { jwks } }),
    ...deployment,
  };
}

/** Arguments of `openidProvider`. */
export interface OpenidProvider extends Omit<Deployment, 'xmppDomain'> {
  domain: string;
  /** The realm's address, exactly as in `iss`. */
  issuer: string;
  audiences?: string[];
  jwks?: NonNullable<DeploymentKeys['jwks']>;
}
