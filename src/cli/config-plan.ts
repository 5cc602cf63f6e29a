import type { ServerWords } from '../server-texts.js';

/** What the files are made from; every value is checked to be safe inside quotes. */
export interface DeploymentPlan {
  /** Host (and port) that browsers use. */
  domain: string;
  xmppDomain: string;
  appId: string;
  secret: string;
  tokenAuthUrl: string | null;
}

export interface ConfigFile {
  name: string;
  content: string;
}

/** Lines for the end of Jitsi's config.js, where `config` is there. */
export function configJs({ tokenAuthUrl }: DeploymentPlan): string {
  const lines = ['config.disableAudioLevels = true; // spares every participant the drawing of levels'];
  if (tokenAuthUrl) lines.unshift(`config.tokenAuthUrl = '${tokenAuthUrl}'; // where people without a token sign in`);
  return `${lines.join('\n')}\n`;
}

/** The environment of the backend that signs: the same names as the deployment's. */
export function backendEnv(plan: DeploymentPlan): string {
  return [`JITSI_DOMAIN=${plan.domain}`, `XMPP_DOMAIN=${plan.xmppDomain}`, ...tokenSettings(plan), ''].join('\n');
}

/** How tokens are signed and checked: lines that the deployment and the backend have in common. */
export const tokenSettings = ({ appId, secret }: DeploymentPlan): string[] => [
  `JWT_APP_ID=${appId}`,
  `JWT_APP_SECRET=${secret}`,
  `JWT_ACCEPTED_ISSUERS=${appId}`,
  'JWT_ACCEPTED_AUDIENCES=jitsi',
  'JWT_ALLOW_EMPTY=0',
  'JWT_ENABLE_DOMAIN_VERIFICATION=1',
];

/** Words of the log; the compiler knows which there are. */
const logged = (...texts: ServerWords[]): string => texts.map((text) => `"${text}"`).join(', ');

/** How to see that it works; the texts are what mod_auth_token and mod_token_verification log. */
export function whatToLookFor(logs: string, plan: DeploymentPlan): string {
  return `
## What you should see

- https://${plan.domain}/a-room without a token: ${plan.tokenAuthUrl ? 'you are sent to sign in' : 'you are not let in'}; Prosody logs ${logged('token required')}.
- With a token you are let in; Prosody logs "Authenticated as":

      set -a; . ./backend.env; set +a   # then, in a clone of jitsi-meeting-element:
      npm run -s cli -- token --domain ${plan.domain} --room a-room --link

## What the log says when it doesn't work

Look with: ${logs}. Before you show it to anybody: it holds whole tokens.

- ${logged('Invalid signature')}: the secrets differ. Compare JWT_APP_SECRET of the backend with Prosody's app_secret; restart Prosody.
- ${logged('Invalid or incorrect alg', 'Invalid typ')}: the token's header isn't {"alg":"HS256","typ":"JWT"}.
- ${logged('Not acceptable by exp', 'Not acceptable by nbf')}: expired, or a clock is wrong.
- ${logged("invalid 'iss' claim", "invalid 'aud' claim")}: expected are ${plan.appId} and jitsi.
- ${logged('Room and token mismatched')}: \`room\` isn't this room as Jitsi spells it, or \`sub\` is neither ${plan.xmppDomain} nor the tenant.
- ${logged('room claim is missing', 'sub claim is missing')}; before May 2026 nothing, and the page waits: the token lacks them.
- ${logged('Room does not exist')} for every token: Jicofo is down or not connected, and nobody opens rooms.

All of it at once, for a token you have:

    npm run -s cli -- check - --domain ${plan.domain} --room a-room --settings FOLDER_OF_THIS_FILE/backend.env
`;
}
