import { sleep, type Clock } from '../clock.js';
import { JitsiMeetingError } from '../errors.js';

/** When and how often a token request is tried again. A page may hand over its own. Times are in milliseconds. */
export interface RetryPolicy {
  /** Tries in all, the first included. */
  attempts: number;
  /** HTTP statuses that may pass: 408, 429 and every 5xx. A network error or a time-out always may. */
  statuses: readonly number[];
  /** Wait before try n+1: `firstWait * factor ** (n - 1)`, at most `longestWait`. */
  firstWait: number;
  factor: number;
  longestWait: number;
  /** The wait is moved by up to this part of itself, either way, so that pages don't ask in step. */
  jitter: number;
  /** A `Retry-After` up to this long is kept to; beyond it the request fails at once. */
  longestRetryAfter: number;
  /** One try, the body of the answer included. */
  timeout: number;
}

export const defaultRetryPolicy: Readonly<RetryPolicy> = {
  attempts: 3,
  statuses: [408, 429, ...Array.from({ length: 100 }, (_, index) => 500 + index)],
  firstWait: 500,
  factor: 3,
  longestWait: 10_000,
  jitter: 0.2,
  longestRetryAfter: 60_000,
  timeout: 10_000,
};

export interface RetryTools {
  clock: Clock;
  random: () => number;
  signal: AbortSignal;
  /** Resolves when the browser is online, at once where nobody knows; rejects when aborted. */
  online: (signal: AbortSignal) => Promise<void>;
}

function mayPass(policy: RetryPolicy, { code, status }: JitsiMeetingError): boolean {
  return status === undefined ? code === 'token-network' || code === 'token-timeout' : policy.statuses.includes(status);
}

/** @throws JitsiMeetingError of the last try, or the signal's reason */
export async function withRetry<T>(policy: RetryPolicy, tools: RetryTools, attempt: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    // A device that knows it is offline would only burn its tries.
    await tools.online(tools.signal);
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof JitsiMeetingError)) throw error;
      const { retryAfter = 0 } = error;
      if (tried >= policy.attempts || !mayPass(policy, error) || retryAfter > policy.longestRetryAfter) throw error;
      const wait = Math.min(policy.firstWait * policy.factor ** (tried - 1), policy.longestWait);
      const jittered = wait * (1 + policy.jitter * (2 * tools.random() - 1));
      // Retry-After is a lower bound: jitter is only ever added to it.
      await sleep(tools.clock, Math.max(jittered, retryAfter && retryAfter + jittered * policy.jitter), tools.signal);
    }
  }
}
