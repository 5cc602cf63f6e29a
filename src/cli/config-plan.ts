import { type Provider, ssoLines } from './config-provider.js';
import { roleEnv, type RolePlan } from './config-roles.js';

/** What the files are made from; every value is checked to be safe inside quotes. */
export interface DeploymentPlan {
  /** Host (and port) that browsers use. */
  domain: string;
  xmppDomain: string;
  appId: string;
  /** Who signs: your backend, with a secret that the deployment has as well, or an OpenID provider. */
  signer: { secret: string } | { provider: Provider };
  tokenAuthUrl: string | null;
  roles: RolePlan;
}

export interface ConfigFile {
  name: string;
  content: string;
}

/** Lines for the end of Jitsi's config.js, where `config` is there. */
export function configJs({ domain, signer, tokenAuthUrl }: DeploymentPlan): string {
  const lines = [
    ...(tokenAuthUrl ? [`config.tokenAuthUrl = '${tokenAuthUrl}'; // where people without a token sign in`] : []),
    ...('provider' in signer ? ssoLines(signer.provider, domain) : []),
    'config.disableAudioLevels = true; // spares every participant the drawing of levels',
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * The names that the deployment's settings have in the environment: for the backend that signs, or for `check` and
 * `doctor` where a provider signs.
 */
export function settingsEnv(plan: DeploymentPlan): ConfigFile {
  const { domain, xmppDomain, roles } = plan;
  const lines = [`JITSI_DOMAIN=${domain}`, `XMPP_DOMAIN=${xmppDomain}`, ...tokenSettings(plan), ...roleEnv(roles)];
  const content = `${lines.join('\n')}\n`;
  return { name: 'provider' in plan.signer ? 'check.env' : 'backend.env', content };
}

/** How tokens are signed and checked: lines that the deployment and the backend have in common. */
export function tokenSettings({ appId, signer }: DeploymentPlan): string[] {
  if ('secret' in signer)
    return [
      `JWT_APP_ID=${appId}`,
      `JWT_APP_SECRET=${signer.secret}`,
      `JWT_ACCEPTED_ISSUERS=${appId}`,
      'JWT_ACCEPTED_AUDIENCES=jitsi',
      'JWT_ALLOW_EMPTY=0',
      'JWT_ENABLE_DOMAIN_VERIFICATION=1',
    ];
  const { issuer, audiences } = signer.provider;
  return [
    `JWT_APP_ID=${appId}`,
    // Without a secret the deployment has the provider's public keys only.
    'JWT_APP_SECRET=',
    'JWT_SIGN_TYPE=RS256',
    `JWT_ACCEPTED_ISSUERS=${issuer}`,
    `JWT_ACCEPTED_AUDIENCES=${audiences.join(',')}`,
    'JWT_ALLOW_EMPTY=0',
    'JWT_ENABLE_DOMAIN_VERIFICATION=0',
  ];
}
