import { systemClock, type Clock } from '../clock.js';
import { withDeadline } from '../waiting.js';
import { JitsiMeetingError } from '../errors.js';
import { askEndpoint } from './endpoint.js';
import { failed } from './failing.js';
import { NetworkGate } from './network.js';
import { responseOfProvider } from './provider-answer.js';
import { adjustPolicy, defaultRetryPolicy, withRetry, type RetryPolicy } from './retry.js';
import type { TokenResponse, TokenProvider, TokenRequest, TokenSource } from './types.js';

/** What a token request uses of its surroundings; a test replaces parts of it. */
export interface TokenTools {
  clock: Clock;
  fetch: typeof fetch;
  random: () => number;
  policy: RetryPolicy;
  /** What a relative `token-url` is relative to. */
  baseUrl: string | undefined;
  /**
   * Resolves when the device is online, at once where that is not known; rejects with the signal's reason when aborted.
   */
  online: (signal: AbortSignal) => Promise<void>;
  /**
   * Now by the server's clock, ms since 1970, as far as known: where an answer doesn't tell, dates in it count from
   * then.
   */
  serverNow?: () => number;
}

/** Clock, fetch and the rest as the browser or Node has them. */
export const defaultTokenTools = (): TokenTools => ({
  clock: systemClock,
  fetch: (...args) => globalThis.fetch(...args),
  random: Math.random,
  policy: defaultRetryPolicy,
  baseUrl: globalThis.document?.baseURI,
  online: (signal) => new NetworkGate().pass(signal),
});

/**
 * Gets a token from wherever the page said. `undefined`: nowhere, that is, as a guest.
 * @throws JitsiMeetingError, or the signal's reason when aborted
 */
export async function requestToken(
  source: TokenSource,
  request: TokenRequest,
  tools: TokenTools,
): Promise<TokenResponse | undefined> {
  const { provider, endpoint, token } = source;
  const policy = adjustPolicy(tools.policy, source.retryPolicy);
  if (provider) return askProvider(provider, request, { ...tools, policy });
  if (endpoint) {
    const askTools = { ...tools, timeout: policy.timeout };
    return withRetry(policy, { ...tools, signal: request.signal }, () => askEndpoint(endpoint, request, askTools));
  }
  return token ? { token } : undefined;
}

/** Stands for the error until that has its words. */
const tooLate = Symbol('too late');

/** Code of the page: it retries as it likes and may throw anything, but gets no longer than an endpoint would in all. */
async function askProvider(provider: TokenProvider, request: TokenRequest, tools: TokenTools): Promise<TokenResponse> {
  await tools.online(request.signal);
  const limit = tools.policy.timeout * tools.policy.attempts;
  const deadline = { clock: tools.clock, limit, signal: request.signal, tooLate: () => tooLate };
  let answer: unknown;
  try {
    answer = await withDeadline<unknown>(deadline, (signal) => provider({ ...request, signal }));
  } catch (cause) {
    if (request.signal.aborted) throw request.signal.reason;
    if (JitsiMeetingError.is(cause)) throw cause;
    if (cause === tooLate) throw await failed('token-timeout', ({ providerTimeout }) => providerTimeout(limit));
    throw await failed('token-network', ({ providerFailed }) => providerFailed(cause));
  }
  return responseOfProvider(answer);
}
