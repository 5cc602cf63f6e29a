import type { Clock } from '../clock.js';
import { sleep } from '../waiting.js';
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

/** The retry policy of token requests, unless a page changes it. */
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

/** The least and the most that each number may be: NaN attempts, for one, would never end. */
const bounds: Record<Exclude<keyof RetryPolicy, 'statuses'>, [least: number, most: number]> = {
  attempts: [1, Infinity],
  firstWait: [0, Infinity],
  factor: [0, Infinity],
  longestWait: [0, Infinity],
  jitter: [0, 1],
  longestRetryAfter: [0, Infinity],
  timeout: [1, Infinity],
};

/** `policy` with what a page wants otherwise. @throws JitsiMeetingError config-invalid */
export function adjustPolicy(policy: RetryPolicy, changes?: Partial<RetryPolicy> | null): RetryPolicy {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value !== undefined);
  const adjusted: RetryPolicy = { ...policy, ...Object.fromEntries(given) };
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value: unknown = adjusted[name as keyof typeof bounds];
    if (typeof value === 'number' && value >= least && value <= most) continue;
    const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
    throw policyInvalid(name, typeof value === 'number' ? `${value}` : `of type ${typeof value}`, `a number, ${range}`);
  }
  if (!Array.isArray(adjusted.statuses)) throw policyInvalid('statuses', 'no list', 'a list of HTTP statuses');
  return adjusted;
}

function policyInvalid(name: string, found: string, expected: string): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `retryPolicy.${name} is ${found}; expected ${expected}.`, {
    hint: 'What is left out is as in defaultRetryPolicy; times are in milliseconds.',
  });
}

export interface RetryTools {
  clock: Clock;
  random: () => number;
  signal: AbortSignal;
  /** Resolves when the browser is online, at once where that is not known; rejects when aborted. */
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
      if (!JitsiMeetingError.is(error)) throw error;
      const { retryAfter = 0 } = error;
      if (tried >= policy.attempts || !mayPass(policy, error) || retryAfter > policy.longestRetryAfter) throw error;
      const wait = Math.min(policy.firstWait * policy.factor ** (tried - 1), policy.longestWait);
      const jittered = wait * (1 + policy.jitter * (2 * tools.random() - 1));
      // Retry-After is a lower bound: jitter is only ever added to it.
      await sleep(tools.clock, Math.max(jittered, retryAfter && retryAfter + jittered * policy.jitter), tools.signal);
    }
  }
}
