import type { Deployment } from '../preflight/index.js';
import { environment } from './environment.js';
import type { Io } from './io.js';
import { deploymentOfPreset, doubtsAbout, presetFor } from './presets.js';
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
export const deploymentOptions = {
  ...optionsOf(settings),
  preset: { type: 'string' },
  settings: { type: 'string' },
} as const;

/** The settings that the command line names. */
const settingsFrom = (values: Parsed): Partial<Deployment> => valuesOf(settings, values);

/** The deployment that a command speaks of. */
export interface GivenDeployment {
  /** Without its keys. */
  deployment: Deployment;
  /** What of it the command line itself says. */
  named: Partial<Deployment>;
  /** The environment, with the file of `--settings`. */
  env: Io['env'];
  /** What is odd about the settings, in sentences. */
  notes: string[];
}

/** Preset, then the environment and the file of `--settings`, then options: each goes before those ahead of it. */
export function givenDeployment(values: Parsed, domain: string, io: Io): GivenDeployment {
  const { env, notes } = environment(values['settings'] as string | undefined, io);
  const named = settingsFrom(values);
  const preset = presetFor(values['preset'] as string | undefined, domain);
  return {
    deployment: { ...deploymentOfPreset(preset, env, domain), ...named },
    named,
    env,
    notes: [...notes.map(({ name, line, text }) => `${name} (line ${line}): ${text}.`), ...doubtsAbout(preset, env)],
  };
}
