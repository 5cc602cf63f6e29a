import type { RetryPolicy } from './retry.js';

/** Why a token is asked for. */
export type TokenReason = 'join' | 'renew' | 'rejoin';

/** What a token provider is asked. */
export interface TokenRequest {
  domain: string;
  room: string;
  /** `null` when the meeting's address has no tenant. */
  tenant: string | null;
  reason: TokenReason;
  /** Aborted when the answer is of no use any more: the meeting was left, or a later request took over. */
  signal: AbortSignal;
}

/** What a provider answers: the token, or the token and how many seconds it lives, used when it has no `exp`. */
export type TokenAnswer = string | { token: string; expiresIn?: number };

/** Your own function that gets a token. */
export type TokenProvider = (request: TokenRequest) => Promise<TokenAnswer> | TokenAnswer;

/** A token endpoint (`token-url`); its contract is in docs/reference/token-endpoint.md. */
export interface TokenEndpoint {
  url: string;
  /** Default `post`. */
  method?: 'post' | 'get';
  /** As in `fetch`; default `same-origin`. */
  credentials?: RequestCredentials;
}

/** Where tokens come from. The first given of provider, endpoint, token is the only one used; none joins as a guest. */
export interface TokenSource {
  /** What of the retry policy is other than `defaultRetryPolicy`. */
  retryPolicy?: Partial<RetryPolicy> | undefined;
  provider?: TokenProvider;
  endpoint?: TokenEndpoint;
  token?: string;
}

/** A token as it came, before anyone looked inside. */
export interface TokenResponse {
  token: string;
  /** Seconds. */
  expiresIn?: number;
  /** The server's clock at the time of the answer, ms since 1970, where its `Date` header could be read. */
  serverTime?: number;
}
