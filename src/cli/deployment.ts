import { type Deployment, dockerJitsiMeet, jaas } from '../preflight/index.js';
import { type Io, UsageError } from './io.js';
import { optionsOf, type Parsed, type Setting, valuesOf } from './setting.js';

/** Every setting of a server but its keys (verification-keys.ts); `tsc` names the one that is missing. */
const settings = {
  release: { text: 'release' },
  appId: { text: 'app-id' },
  algorithm: { text: 'algorithm' },
  acceptedIssuers: { list: 'issuer' },
  acceptedAudiences: { list: 'audience' },
  allowEmptyToken: { yes: 'allow-empty', no: 'no-allow-empty' },
  requireRoomClaim: { yes: 'room-claim', no: 'no-room-claim' },
  domainVerification: { yes: 'domain-verification', no: 'no-domain-verification' },
  xmppDomain: { text: 'xmpp-domain' },
  mucMapperDomainBase: { text: 'muc-mapper-domain-base', none: 'no-muc-mapper-domain-base' },
  guestDomain: { text: 'guest-domain', none: 'no-guest-domain' },
  plugins: { list: 'plugin' },
  proxy: { text: 'proxy' },
} as const satisfies Record<Exclude<keyof Deployment, 'keys' | 'tokenAuthUrl'>, Setting>;

export const settingNames = Object.keys(settings);

/** For `parseArgs`. */
export const deploymentOptions = optionsOf(settings);

/** The settings that the command line names. */
export const settingsFrom = (values: Parsed): Partial<Deployment> => valuesOf(settings, values);

/** What a preset makes of the environment. */
export function presetFrom(preset: string, env: Io['env'], domain: string): Deployment {
  switch (preset) {
    case 'self-hosted':
      return selfHostedFrom(env, domain);
    case 'docker':
      return dockerJitsiMeet(env);
    case 'jaas':
      return jaas();
    default:
      throw new UsageError(`--preset is ${JSON.stringify(preset)}; expected self-hosted, docker or jaas.`);
  }
}

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
export const doubtsAbout = (preset: string, env: Io['env']): string[] =>
  preset === 'jaas'
    ? []
    : fixed.flatMap(([name, expected, note]) => (env[name] && !expected.test(env[name]) ? [`${name} ${note}.`] : []));
