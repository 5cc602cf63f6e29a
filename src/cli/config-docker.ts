import { configJs, settingsEnv, tokenSettings, type ConfigFile, type DeploymentPlan } from './config-plan.js';
import { roleEnv } from './config-roles.js';
import { whatToLookFor } from './config-steps.js';

/** Files for docker-jitsi-meet. */
export function dockerFiles(plan: DeploymentPlan): ConfigFile[] {
  return [
    { name: 'jitsi.env', content: dockerEnv(plan) },
    // Most of these lines have no variable.
    ...('provider' in plan.signer ? [{ name: 'web/custom-config.js', content: configJs(plan) }] : []),
    settingsEnv(plan),
    { name: 'STEPS.md', content: steps(plan) },
  ];
}

function dockerEnv(plan: DeploymentPlan): string {
  const { domain, xmppDomain, tokenAuthUrl, signer, roles } = plan;
  return [
    `PUBLIC_URL=https://${domain}`,
    `XMPP_DOMAIN=${xmppDomain}`,
    'ENABLE_AUTH=1',
    'AUTH_TYPE=jwt',
    ...tokenSettings(plan),
    // The image writes each part between commas as a line of Prosody's host.
    'provider' in signer
      ? `XMPP_CONFIGURATION='cache_keys_url="${signer.provider.endpoints.jwks}",asap_require_room_claim=false'`
      : 'JWT_SIGN_TYPE=HS256',
    ...roleEnv(roles),
    'DISABLE_AUDIO_LEVELS=1',
    ...(tokenAuthUrl ? [`TOKEN_AUTH_URL='${tokenAuthUrl}'`] : []),
    '',
  ].join('\n');
}

function steps(plan: DeploymentPlan): string {
  const ofSigner =
    'secret' in plan.signer
      ? '2. Give backend.env to the server that signs tokens, and to nobody else.'
      : `2. Append web/custom-config.js to $CONFIG/web/custom-config.js. check.env is for the commands check and doctor. It holds no
   secret; the provider alone signs.`;
  return `# Tokens for ${plan.domain}, with docker-jitsi-meet

1. Put the lines of jitsi.env into the .env of docker-jitsi-meet, in place of those that are there.
${ofSigner}
3. \`docker compose up -d --force-recreate prosody jicofo web\`
${whatToLookFor('docker compose logs -f prosody', plan)}`;
}
