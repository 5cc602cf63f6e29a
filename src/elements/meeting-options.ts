import type { MeetingOptions } from '../session/options.js';
import type { TokenSource } from '../token/types.js';
import type { ConfigChild } from './config-child.js';
import { configOf, sessionPropertyNames, type MeetingProperties, type SessionPropertyName } from './properties.js';

/** What the session gets besides the properties. */
export interface Beside extends ConfigChild {
  lang: string;
  frameTitle: string;
}

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

function tokenSource(properties: MeetingProperties): TokenSource {
  const {
    tokenProvider: provider,
    token,
    tokenUrl: url,
    tokenMethod: method,
    tokenCredentials: credentials,
  } = properties;
  return {
    ...(provider && { provider }),
    ...(url && { endpoint: { url, method, credentials } }),
    ...(token && { token }),
    retryPolicy: properties.retryPolicy,
  };
}
