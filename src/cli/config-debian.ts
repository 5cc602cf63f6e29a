import { configJs, settingsEnv, type ConfigFile, type DeploymentPlan } from './config-plan.js';
import { hostModules, jicofoLines, roomModules, roomSettings } from './config-roles.js';
import { whatToLookFor } from './config-steps.js';

/** Files for an installation from Jitsi's Debian packages. */
export function debianFiles(plan: DeploymentPlan): ConfigFile[] {
  return [
    { name: `prosody/${plan.xmppDomain}.cfg.lua`, content: prosody(plan) },
    { name: `meet/${plan.xmppDomain}-config.js`, content: configJs(plan) },
    ...jicofoLines(plan.roles).map((line) => ({ name: 'jicofo.conf', content: `${line}\n` })),
    settingsEnv(plan),
    { name: 'STEPS.md', content: steps(plan) },
  ];
}

/** What a host needs for tokens, and the component of its rooms; the values are Lua. */
export interface LuaChange {
  settings: Readonly<Record<string, string>>;
  /** Names whose lines go, unless they are among the settings. */
  gone: readonly string[];
  modules: readonly string[];
  rooms: { settings: Readonly<Record<string, string>>; modules: readonly string[] };
}

export const luaChange = (plan: DeploymentPlan): LuaChange => ({
  settings: { authentication: '"token" -- do not delete me', ...Object.fromEntries(hostSettings(plan)) },
  gone: hostSettingsOfEither,
  modules: hostModules(plan.roles),
  rooms: {
    settings: roomSettings(plan.roles),
    // Without the first one every token opens every room.
    modules: ['token_verification', ...roomModules(plan.roles)],
  },
});

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

const about: Record<string, string> = {
  token_verification: 'without it every token opens every room',
  token_affiliation: 'moderators are those whom the token names',
  token_lobby_bypass: 'of jitsi-contrib: context.user.lobby_bypass passes the lobby',
  persistent_lobby: 'a lobby stays while nobody is in the room yet',
};

const moduleLines = (modules: readonly string[]): string =>
  modules.map((name) => `        "${name}"; -- ${about[name]}\n`).join('');

const settingLines = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `    ${name} = ${value}\n`)
    .join('');

function prosody(plan: DeploymentPlan): string {
  const { xmppDomain } = plan;
  const { settings, modules, rooms } = luaChange(plan);
  return `plugin_paths = { "/usr/share/jitsi-meet/prosody-plugins/" }
muc_mapper_domain_base = "${xmppDomain}"

VirtualHost "${xmppDomain}"
${settingLines(settings)}    c2s_require_encryption = false -- the web server in front ends TLS
    modules_enabled = {
        "bosh"; "websocket"; "smacks"; "ping"; -- and what else yours has
${moduleLines(modules)}    }

Component "conference.${xmppDomain}" "muc"
    restrict_room_creation = true
    storage = "memory"
${settingLines(rooms.settings)}    modules_enabled = {
        "muc_meeting_id"; "muc_domain_mapper"; -- and what else yours has
${moduleLines(rooms.modules)}    }
    muc_room_locking = false
    muc_room_default_public_jids = true
`;
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

function steps(plan: DeploymentPlan): string {
  const { xmppDomain, signer, roles } = plan;
  const { modules, rooms } = luaChange(plan);
  return `# Tokens for ${plan.domain}, installed from Debian packages

1. \`apt-get install jitsi-meet-tokens\` brings Prosody's plugins for tokens. Whatever it is told as app id and secret is
   replaced in step 2. On Debian 12 two of its parts are not where Prosody's Lua 5.4 looks; copy them there, as root:

       install -d /usr/local/share/lua/5.4
       install -m 644 /usr/share/lua/5.2/basexx.lua /usr/share/lua/5.3/inspect.lua /usr/local/share/lua/5.4/
${roles.lobby ? lobbySteps : ''}2. In /etc/prosody/conf.avail/${xmppDomain}.cfg.lua, in the block \`VirtualHost "${xmppDomain}"\`, put the lines from
   \`authentication\` to \`enable_domain_verification\` of prosody/${xmppDomain}.cfg.lua in the place of \`authentication\`,
   \`app_id\` and \`app_secret\`. Among the modules of \`Component "conference.${xmppDomain}" "muc"\` these
   have to be there without -- in front: ${quoted(rooms.modules)}.
${modules.length > 0 ? `   Among those of the VirtualHost: ${quoted(modules)}.\n` : ''}${Object.entries(rooms.settings)
    .map(([name, value]) => `   In the block of that component add \`${name} = ${value}\`.\n`)
    .join('')}   All else stays as Jitsi has it.
3. Append meet/${xmppDomain}-config.js to /etc/jitsi/meet/${xmppDomain}-config.js${
    jicofoLines(roles).length > 0 ? ', and jicofo.conf to /etc/jitsi/jicofo/jicofo.conf' : ''
  }.
4. ${
    'secret' in signer
      ? 'Give backend.env to the server that signs tokens, and to nobody else.'
      : 'check.env is for the commands check and doctor. It holds no secret; the provider alone signs.'
  }
5. As root: \`prosodyctl check config\` (that cross_domain_bosh is obsolete may be said of Jitsi's own lines)
6. \`systemctl restart prosody jicofo jitsi-videobridge2\`
7. \`grep 'Error initializing' /var/log/prosody/*.log\` has to find nothing since the restart: the check of step 5 does not load the
   plugins. "module 'basexx' not found": step 1.${roles.moderators === 'token' ? affiliationNote : ''}
${whatToLookFor('journalctl -u prosody; tail -f /var/log/prosody/prosody.log', plan)}`;
}

const lobbySteps = `
   "token_lobby_bypass" is not among them. Put mod_token_lobby_bypass.lua of https://github.com/jitsi-contrib/prosody-plugins
   into /usr/share/jitsi-meet/prosody-plugins/ as well.
`;

const affiliationNote = ` "mod_token_affiliation … not found": Jitsi has this plugin since May 2026;
   for an older one take token_affiliation_legacy of https://github.com/jitsi-contrib/prosody-plugins.`;
