import { type Deployment, dockerJitsiMeet, jaas } from '../preflight/index.js';
import { jaasDomain } from '../room/jaas.js';
import { type Io, UsageError } from './io.js';

/** What each preset makes of the environment. */
const presets = {
  'self-hosted': selfHostedFrom,
  docker: (env) => dockerJitsiMeet(env),
  jaas: () => jaas(),
  keycloak: (env, domain) => providerFrom({ JWT_ACCEPTED_AUDIENCES: 'account', ...filled(env) }, domain),
  oidc: (env, domain) => providerFrom(env, domain),
} as const satisfies Record<string, (env: Io['env'], domain: string) => Deployment>;

type Preset = keyof typeof presets;

const isPreset = (name: string): name is Preset => Object.hasOwn(presets, name);

/** The preset that was named, or the one that the domain stands for. Throws for one that there isn't. */
export function presetFor(named: string | undefined, domain: string): Preset {
  const preset = named ?? (domain === jaasDomain ? 'jaas' : 'self-hosted');
  if (isPreset(preset)) return preset;
  const [last, ...others] = Object.keys(presets).toReversed();
  throw new UsageError(`--preset is ${JSON.stringify(preset)}; expected ${others.toReversed().join(', ')} or ${last}.`);
}

export const deploymentOfPreset = (preset: Preset, env: Io['env'], domain: string): Deployment =>
  presets[preset](env, domain);

/**
 * Prosody's defaults, and what docker's names in the environment say. What neither says stays open: the verdict is `unknown`
 * where it hangs on that.
 */
function selfHostedFrom(env: Io['env'], domain: string): Deployment {
  const { algorithm, domainVerification, xmppDomain, ...told } = dockerJitsiMeet(env);
  return {
    ...told,
    ...((env['JWT_SIGN_TYPE'] || env['JWT_ASAP_KEYSERVER']) && { algorithm: algorithm! }),
    domainVerification: env['JWT_ENABLE_DOMAIN_VERIFICATION'] ? domainVerification! : true,
    xmppDomain: env['XMPP_DOMAIN'] ? xmppDomain! : new URL(`https://${domain}`).hostname,
  };
}

/** A deployment that takes a provider's tokens as they are. Which provider, the environment or an option says. */
function providerFrom(env: Io['env'], domain: string): Deployment {
  const { keys: _ofAnother, appId: _client, acceptedIssuers, ...told } = selfHostedFrom(env, domain);
  const issuers = acceptedIssuers ?? (env['OIDC_ISSUER'] ? [env['OIDC_ISSUER']] : undefined);
  return {
    ...told,
    ...(issuers && { acceptedIssuers: issuers }),
    algorithm: 'RS256',
    requireRoomClaim: false,
    domainVerification: /^(1|t|true)$/i.test(env['JWT_ENABLE_DOMAIN_VERIFICATION'] ?? ''),
  };
}

/** Without names that are there and empty, which docker takes as absent, too. */
const filled = (env: Io['env']): Io['env'] => Object.fromEntries(Object.entries(env).filter(([, value]) => value));

/** What docker-jitsi-meet has besides, with the one value whose rules are known here. */
const fixed: readonly [name: string, expected: RegExp, note: string][] = [
  ['ENABLE_AUTH', /^(1|t|true)$/i, 'is off, and then the deployment lets everybody in and looks at no token'],
  ['AUTH_TYPE', /^jwt$/i, 'is not jwt, and then the deployment looks at no token'],
  ['JWT_AUTH_TYPE', /^token$/, 'names another plugin than token, whose rules on connecting are not known here'],
  [
    'JWT_TOKEN_AUTH_MODULE',
    /^token_verification$/,
    'names another plugin than token_verification, whose rules on joining are not known here',
  ],
];

/** Settings of the environment with which the verdict may be another one. */
export const doubtsAbout = (preset: Preset, env: Io['env']): string[] =>
  preset === 'jaas'
    ? []
    : fixed.flatMap(([name, expected, note]) => (env[name] && !expected.test(env[name]) ? [`${name} ${note}.`] : []));
