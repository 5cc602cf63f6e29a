import { type Deployment, dockerJitsiMeet, jaas } from '../preflight/index.js';
import { type Io, UsageError } from './io.js';

/** How a setting is said on the command line: by a text, a list (several times, or with commas), or one of two words. */
type Setting = { text: string; none?: string } | { list: string } | { yes: string; no: string };

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

const all: [string, Setting][] = Object.entries(settings);

export const settingNames = Object.keys(settings);

type Parsed = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** For `parseArgs`. */
export const deploymentOptions: Record<string, { type: 'string' | 'boolean'; multiple?: boolean }> = Object.fromEntries(
  all.flatMap(([, setting]) => optionsOf(setting)),
);

function optionsOf(setting: Setting): [string, { type: 'string' | 'boolean'; multiple?: boolean }][] {
  if ('list' in setting) return [[setting.list, { type: 'string', multiple: true }]];
  if ('yes' in setting) return [setting.yes, setting.no].map((name) => [name, { type: 'boolean' }]);
  return [
    [setting.text, { type: 'string' }],
    ...(setting.none ? [[setting.none, { type: 'boolean' }] as [string, { type: 'boolean' }]] : []),
  ];
}

/** The settings that the command line names. */
export function settingsFrom(values: Parsed): Partial<Deployment> {
  return Object.fromEntries(
    all.flatMap(([name, setting]) => {
      const value = valueOf(setting, values);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function valueOf(setting: Setting, values: Parsed): unknown {
  if ('list' in setting)
    return (values[setting.list] as string[] | undefined)?.flatMap((item) => item.split(',')).filter(Boolean);
  const [one, other] = 'yes' in setting ? [setting.yes, setting.no] : [setting.text, setting.none];
  const refused = other !== undefined && values[other] === true;
  if (refused && values[one] !== undefined) throw new UsageError(`--${one} and --${other} contradict each other.`);
  if (refused) return 'yes' in setting ? false : null;
  if (values[one] === '') throw new UsageError(`--${one} is empty.`);
  return values[one];
}

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
