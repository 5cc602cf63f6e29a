import type { TokenSource } from '../token/types.js';
import type { MeetingProperties } from './properties.js';

/** Where the element's tokens come from. */
export function tokenSource(properties: MeetingProperties): TokenSource {
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

export const hasSource = ({
  tokenProvider,
  tokenUrl,
  token,
}: Pick<MeetingProperties, 'tokenProvider' | 'tokenUrl' | 'token'>): boolean =>
  Boolean(tokenProvider ?? (tokenUrl || token));
