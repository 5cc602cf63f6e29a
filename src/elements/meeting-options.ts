import type { MeetingOptions } from '../session/options.js';
import type { ConfigOverwrite } from '../jitsi/options.js';
import type { ConfigChild } from './config-child.js';
import { definitions, type MeetingProperties, type SessionPropertyName } from './properties.js';
import { tokenSource } from './token-source.js';

/** What the session gets besides the properties. */
export interface Beside extends ConfigChild {
  lang: string;
  frameTitle: string;
}

const sessionPropertyNames = definitions
  .filter(([, { when, config }]) => !config && ['target', 'live', 'join'].includes(when))
  .map(([name]) => name as SessionPropertyName);

/** An empty attribute counts as absent, except `sandbox`, where it means the strictest sandbox. */
const isAbsent = (name: SessionPropertyName, value: unknown): boolean =>
  name !== 'sandbox' && typeof value === 'string' && value.trim() === '';

/** The session's options: the current properties without those that only the element itself uses. */
export function meetingOptions(properties: MeetingProperties, { lang, ...beside }: Beside): MeetingOptions {
  const named = Object.fromEntries(
    sessionPropertyNames.map((name) => [name, isAbsent(name, properties[name]) ? undefined : properties[name]]),
  ) as { [Name in SessionPropertyName]: MeetingOptions[Name] };
  const configOverwrite = properties.configOverwrite ?? beside.configOverwrite;
  return {
    ...named,
    ...beside,
    configOverwrite: { ...configOverwrite, ...configOf(properties) },
    interfaceConfigOverwrite: properties.interfaceConfigOverwrite ?? beside.interfaceConfigOverwrite,
    source: tokenSource(properties),
    lang: lang || undefined,
  };
}

/** The config that flags set: `start-audio-muted` is `startWithAudioMuted: true`. */
function configOf(values: MeetingProperties): ConfigOverwrite {
  return Object.fromEntries(
    definitions.flatMap(([name, { config }]) => (config && values[name] ? [[config, true]] : [])),
  );
}
