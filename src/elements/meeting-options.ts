import type { MeetingOptions } from '../session/options.js';
import type { TokenSource } from '../token/types.js';
import type { ConfigChild } from './config-child.js';
import { configOf, sessionPropertyNames, type MeetingProperties, type SessionPropertyName } from './properties.js';

/** What the session is told beside the properties. */
export interface Beside extends ConfigChild {
  lang: string;
  frameTitle: string;
}

/** What an empty attribute says is "not there", but for the strictest sandbox. */
const isAbsent = (name: SessionPropertyName, value: unknown): boolean =>
  name !== 'sandbox' && typeof value === 'string' && value.trim() === '';

/** What the session is given: the properties as they stand, without those that are the element's own matter. */
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
