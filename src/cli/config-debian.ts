import { configJs, settingsEnv, type ConfigFile, type DeploymentPlan } from './config-plan.js';
import { whatToLookFor } from './config-steps.js';

/** Files for an installation from Jitsi's Debian packages. */
export function debianFiles(plan: DeploymentPlan): ConfigFile[] {
  return [
    { name: `prosody/${plan.xmppDomain}.cfg.lua`, content: prosody(plan) },
    { name: `meet/${plan.xmppDomain}-config.js`, content: configJs(plan) },
    settingsEnv(plan),
    { name: 'STEPS.md', content: steps(plan) },
  ];
}

/** What one way of signing has, and the other has not: what is left of it in a file would count there. */
export const hostSettingsOfEither = ['app_secret', 'cache_keys_url', 'asap_require_room_claim', 'signature_algorithm'];

/** The settings of the host, in Lua. */
function hostSettings({ appId, signer }: DeploymentPlan): [name: string, value: string][] {
  const always: [string, string][] = [
    ['app_id', `"${appId}"`],
    ['allow_empty_token', 'false'],
  ];
  if ('secret' in signer)
    return [
      always[0]!,
      ['app_secret', `"${signer.secret}"`],
      always[1]!,
      ['asap_accepted_issuers', `{ "${appId}" }`],
      ['asap_accepted_audiences', '{ "jitsi" }'],
      ['enable_domain_verification', 'true'],
    ];
  const { issuer, audiences, endpoints } = signer.provider;
  return [
    ...always,
    ['cache_keys_url', `"${endpoints.jwks}"`],
    ['signature_algorithm', '"RS256"'],
    ['asap_accepted_issuers', `{ "${issuer}" }`],
    ['asap_accepted_audiences', `{ ${audiences.map((audience) => `"${audience}"`).join('; ')} }`],
    ['asap_require_room_claim', 'false'],
    ['enable_domain_verification', 'false'],
  ];
}

function prosody(plan: DeploymentPlan): string {
  const { xmppDomain } = plan;
  return `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
muc_mapper_domain_base = "${xmppDomain}"

VirtualHost "${xmppDomain}"
    authentication = "token" -- do not delete me
${hostSettings(plan)
  .map(([name, value]) => `    ${name} = ${value}\n`)
  .join('')}    c2s_require_encryption = false -- the web server in front ends TLS
    modules_enabled = {
        "bosh"; "websocket"; "smacks"; "ping"; -- and what else yours has
    }

Component "conference.${xmppDomain}" "muc"
    restrict_room_creation = true
    storage = "memory"
    modules_enabled = {
        "muc_meeting_id"; "muc_domain_mapper"; -- and what else yours has
        "token_verification"; -- without it every token opens every room
    }
    muc_room_locking = false
    muc_room_default_public_jids = true
`;
}

function steps(plan: DeploymentPlan): string {
  const { xmppDomain, signer } = plan;
  return `# Tokens for ${plan.domain}, installed from Debian packages

1. \`apt-get install jitsi-meet-tokens\` brings Prosody's plugins for tokens. Whatever it is told as app id and secret is
   replaced in step 2. On Debian 12 two of its parts are not where Prosody's Lua 5.4 looks; copy them there, as root:

       install -d /usr/local/share/lua/5.4
       install -m 644 /usr/share/lua/5.2/basexx.lua /usr/share/lua/5.3/inspect.lua /usr/local/share/lua/5.4/
2. In /etc/prosody/conf.avail/${xmppDomain}.cfg.lua, in the block \`VirtualHost "${xmppDomain}"\`, put the lines from
   \`authentication\` to \`enable_domain_verification\` of prosody/${xmppDomain}.cfg.lua in the place of \`authentication\`,
   \`app_id\` and \`app_secret\`. Among the modules of \`Component "conference.${xmppDomain}" "muc"\`, "token_verification" has
   to be there without -- in front. All else stays as Jitsi has it.
3. Append meet/${xmppDomain}-config.js to /etc/jitsi/meet/${xmppDomain}-config.js.
4. ${
    'secret' in signer
      ? 'Give backend.env to the server that signs tokens, and to nobody else.'
      : 'check.env is for the commands check and doctor. It holds no secret; the provider alone signs.'
  }
5. As root: \`prosodyctl check config\` (that cross_domain_bosh is obsolete may be said of Jitsi's own lines)
6. \`systemctl restart prosody jicofo jitsi-videobridge2\`
7. \`grep 'Error initializing' /var/log/prosody/*.log\` has to find nothing since the restart: the check of step 5 does not load the
   plugins. "module 'basexx' not found": step 1.
${whatToLookFor('journalctl -u prosody; tail -f /var/log/prosody/prosody.log', plan)}`;
}
