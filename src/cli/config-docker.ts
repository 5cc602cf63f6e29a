import { backendEnv, tokenSettings, whatToLookFor, type ConfigFile, type DeploymentPlan } from './config-plan.js';

/** Files for docker-jitsi-meet. */
export function dockerFiles(plan: DeploymentPlan): ConfigFile[] {
  return [
    { name: 'jitsi.env', content: dockerEnv(plan) },
    { name: 'backend.env', content: backendEnv(plan) },
    { name: 'STEPS.md', content: steps(plan) },
  ];
}

function dockerEnv(plan: DeploymentPlan): string {
  const { domain, xmppDomain, tokenAuthUrl } = plan;
  return [
    `PUBLIC_URL=https://${domain}`,
    `XMPP_DOMAIN=${xmppDomain}`,
    'ENABLE_AUTH=1',
    'AUTH_TYPE=jwt',
    ...tokenSettings(plan),
    'DISABLE_AUDIO_LEVELS=1',
    ...(tokenAuthUrl ? [`TOKEN_AUTH_URL='${tokenAuthUrl}'`] : []),
    '',
  ].join('\n');
}

function steps(plan: DeploymentPlan): string {
  return `# Tokens for ${plan.domain}, with docker-jitsi-meet

1. Put the lines of jitsi.env into the .env of docker-jitsi-meet, in place of those that are there.
2. Give backend.env to the server that signs tokens, and to nobody else.
3. \`docker compose up -d --force-recreate prosody jicofo web\`
${whatToLookFor('docker compose logs -f prosody', plan)}`;
}
