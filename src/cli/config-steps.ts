// How to see that it works, for STEPS.md. The texts are what Jitsi's plugins log.
import type { ServerWords } from '../server-texts.js';
import type { DeploymentPlan } from './config-plan.js';
import { type Provider, signsInAtJitsi } from './config-provider.js';

/** Words of the log; the compiler knows which there are. */
const logged = (...texts: ServerWords[]): string => texts.map((text) => `"${text}"`).join(', ');

export const whatToLookFor = (logs: string, plan: DeploymentPlan): string =>
  'secret' in plan.signer ? ofBackend(logs, plan) : ofProvider(logs, plan, plan.signer.provider);

const refusedWithout = ({ domain, tokenAuthUrl }: DeploymentPlan): string =>
  `- https://${domain}/a-room without a token: ${tokenAuthUrl ? 'you are sent to sign in' : 'you are not let in'}; Prosody logs ${logged('token required')}.`;

function ofBackend(logs: string, plan: DeploymentPlan): string {
  return `
## What you should see

${refusedWithout(plan)}
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

## The proof

    npm run -s cli -- doctor --domain ${plan.domain} --settings FOLDER_OF_THIS_FILE/backend.env

tries a token of each kind on the running server. You should see "Only a valid token gets in."
`;
}

function ofProvider(logs: string, plan: DeploymentPlan, provider: Provider): string {
  const { issuer, audiences, endpoints } = provider;
  const signIn = signsInAtJitsi(provider)
    ? `The client ${provider.clientId} at the provider is public (it has no secret), with PKCE, and has as redirect address
https://${plan.domain}/static/sso.html, as address after signing out https://${plan.domain}/static/logout.html, and as web origin
https://${plan.domain}.`
    : `People can't sign in on Jitsi's own page: it asks an address that ends in /token, and the provider's is
${endpoints.token}. A page with a tokenProvider of its own works.`;
  return `
## At the provider

${signIn}
Its access tokens need: \`typ\` "JWT" in the header, \`aud\` as one text (${audiences.join(' or ')}; a list is refused), and \`sub\`
(Keycloak: the client scope "basic").

## What these tokens can't do

- Every account of the provider opens every room: the tokens name none. Who should get into which room takes a token
  server (docs/guides/token-server.md).
- They name no moderator: either everybody with a token is one, or who comes first (docs/guides/roles-and-lobby.md).
- A token is a part of addresses, and nginx takes 8,141 characters of it. Many groups and roles make a longer one: take
  them out of the access token.

## What you should see

${refusedWithout(plan)}
- Signed in, you are let in; Prosody logs "Authenticated as".

## What the log says when it doesn't work

Look with: ${logs}. Before you show it to anybody: it holds whole tokens.

- Nothing, and the page waits: the token's \`kid\` isn't among the keys of ${endpoints.jwks},
  or Prosody couldn't fetch them when it started.
- ${logged("invalid 'iss' claim")}: it isn't ${issuer}, letter by letter.
- ${logged("invalid 'aud' claim")}: it isn't ${audiences.join(' or ')}, or a list.
- ${logged('Invalid typ')}: the provider writes at+jwt; switch that off for the client.
- ${logged('sub claim is missing')}: the client lacks the scope "basic" (Keycloak).
- ${logged('room claim is missing')}: asap_require_room_claim isn't false where the host's settings are.

All of it at once, for a token you have, with the provider's keys:

    curl -so jwks.json ${endpoints.jwks}
    npm run -s cli -- check - --domain ${plan.domain} --room a-room --preset ${provider.kind} --settings FOLDER_OF_THIS_FILE/check.env --jwks jwks.json

## The proof, with the same token in the file token.txt

    npm run -s cli -- doctor --domain ${plan.domain} --preset ${provider.kind} --settings FOLDER_OF_THIS_FILE/check.env --token-file token.txt --jwks jwks.json

You should see "Only a valid token gets in."
`;
}
