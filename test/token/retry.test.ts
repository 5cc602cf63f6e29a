import { describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import { adjustPolicy, defaultRetryPolicy, withRetry, type RetryPolicy } from '../../src/token/retry.js';
import { FakeClock, settle } from '../support/clock.js';

const failed = (status?: number, retryAfter?: number): JitsiMeetingError =>
  new JitsiMeetingError(status === undefined ? 'token-network' : 'token-server', 'no', {
    hint: 'no',
    ...(status === undefined ? {} : { status }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });

/** Runs attempts that fail as told, then succeed; says when each began (ms) and how it ended. */
async function run(
  failures: unknown[],
  {
    policy = {},
    random = 0.5,
    online,
  }: { policy?: Partial<RetryPolicy>; random?: number; online?: () => Promise<void> } = {},
) {
  const clock = new FakeClock(0);
  const aborter = new AbortController();
  const starts: number[] = [];
  const outcome = withRetry(
    { ...defaultRetryPolicy, ...policy },
    { clock, random: () => random, signal: aborter.signal, online: online ?? (() => Promise.resolve()) },
    () => {
      const failure = failures[starts.push(clock.now()) - 1];
      return failure ? Promise.reject(failure as Error) : Promise.resolve('token');
    },
  ).catch((error: unknown) => error);
  return { clock, aborter, starts, outcome };
}

describe('a policy of the page', () => {
  it('changes what it names', () => {
    expect(adjustPolicy(defaultRetryPolicy, { attempts: 5, timeout: undefined as never })).toEqual({
      ...defaultRetryPolicy,
      attempts: 5,
    });
    expect(adjustPolicy(defaultRetryPolicy, { attempts: Infinity, statuses: [] })).toMatchObject({ statuses: [] });
  });

  it.each([
    [{ attempts: NaN }, 'retryPolicy.attempts is NaN; expected a number, 1 or more.'],
    [{ attempts: 0 }, 'retryPolicy.attempts is 0; expected a number, 1 or more.'],
    [{ firstWait: -1 }, 'retryPolicy.firstWait is -1; expected a number, 0 or more.'],
    [{ timeout: '10' as never }, 'retryPolicy.timeout is of type string; expected a number, 1 or more.'],
    [{ jitter: 2 }, 'retryPolicy.jitter is 2; expected a number, 0 to 1.'],
    [{ statuses: 503 as never }, 'retryPolicy.statuses is no list; expected a list of HTTP statuses.'],
  ])('%j is refused with a sentence', (changes, message) => {
    expect(() => adjustPolicy(defaultRetryPolicy, changes)).toThrow(
      expect.objectContaining({ code: 'config-invalid', message }) as Error,
    );
  });
});

describe('trying again', () => {
  it('takes 3 tries in all, waiting about 0.5 and 1.5 s, and then says why the last failed', async () => {
    const last = failed(502);
    const { clock, starts, outcome } = await run([failed(500), failed(), last]);
    await clock.pass(60_000);
    expect(starts).toEqual([0, 500, 2_000]);
    expect(await outcome).toBe(last);
    expect(clock.timers).toBe(0);
  });

  it('stops at the first that works', async () => {
    const { clock, starts, outcome } = await run([failed(500)]);
    await clock.pass(60_000);
    expect(await outcome).toBe('token');
    expect(starts).toHaveLength(2);
  });

  it.each([408, 429, 500, 501, 503, 599])('happens after status %i', async (status) => {
    const { clock, starts } = await run([failed(status)]);
    await clock.pass(60_000);
    expect(starts).toHaveLength(2);
  });

  it.each([200, 204, 400, 401, 403, 404, 405, 409, 410, 422])('does not happen after status %i', async (status) => {
    const failure = failed(status);
    const { clock, starts, outcome } = await run([failure]);
    await clock.pass(60_000);
    expect(starts).toEqual([0]);
    expect(await outcome).toBe(failure);
  });

  it('does not happen after what is a fault of code', async () => {
    const fault = new TypeError('x is not a function');
    const { clock, starts, outcome } = await run([fault]);
    await clock.pass(60_000);
    expect(starts).toEqual([0]);
    expect(await outcome).toBe(fault);
  });

  it('moves each wait by up to a fifth, either way', async () => {
    const early = await run([failed(500), failed(500)], { random: 0 });
    const late = await run([failed(500), failed(500)], { random: 1 });
    await early.clock.pass(60_000);
    await late.clock.pass(60_000);
    expect(early.starts).toEqual([0, 400, 1_600]);
    expect(late.starts).toEqual([0, 600, 2_400]);
  });

  it('never waits longer than the policy says', async () => {
    const { clock, starts } = await run(
      Array.from({ length: 7 }, () => failed(500)),
      {
        policy: { attempts: 8, longestWait: 4_000 },
      },
    );
    await clock.pass(600_000);
    expect(starts.slice(1).map((start, index) => start - starts[index]!)).toEqual([
      500, 1_500, 4_000, 4_000, 4_000, 4_000, 4_000,
    ]);
  });

  it.each([0, 0.5, 1])('never comes before Retry-After, and little after it (random %d)', async (random) => {
    const { clock, starts } = await run([failed(429, 7_000)], { random });
    await clock.pass(60_000);
    expect(starts).toHaveLength(2);
    expect(starts[1]).toBeGreaterThanOrEqual(7_000);
    expect(starts[1]).toBeLessThan(7_500);
  });

  it('waits its own time when Retry-After asks for less', async () => {
    const { clock, starts } = await run([failed(503, 0), failed(503, 100)]);
    await clock.pass(60_000);
    expect(starts).toEqual([0, 500, 2_000]);
  });

  it('fails at once when Retry-After asks for more than a minute', async () => {
    const failure = failed(429, 60_001);
    const { starts, outcome } = await run([failure]);
    expect(await outcome).toBe(failure);
    expect(starts).toEqual([0]);
  });

  it('goes by the policy of the page', async () => {
    const policy: RetryPolicy = {
      attempts: 4,
      statuses: [404],
      firstWait: 1_000,
      factor: 2,
      longestWait: 3_000,
      jitter: 0,
      longestRetryAfter: 0,
      timeout: 1,
    };
    const { clock, starts, outcome } = await run([failed(404), failed(404), failed(404), failed(500)], {
      policy,
      random: 1,
    });
    await clock.pass(60_000);
    expect(starts).toEqual([0, 1_000, 3_000, 6_000]);
    expect(await outcome).toMatchObject({ status: 500 });
  });

  it('stops waiting when aborted, with the reason given', async () => {
    const { clock, aborter, starts, outcome } = await run([failed(500)]);
    await settle();
    expect(clock.timers).toBe(1);
    const reason = new Error('left');
    aborter.abort(reason);
    expect(await outcome).toBe(reason);
    expect(clock.timers).toBe(0);
    expect(starts).toEqual([0]);
  });

  it('burns no try while the device knows that it is offline', async () => {
    let goOnline: (() => void) | undefined;
    const online = (): Promise<void> => new Promise((resolve) => (goOnline = resolve));
    const { clock, starts, outcome } = await run([failed()], { online });
    await clock.pass(3_600_000);
    expect(starts).toEqual([]);
    goOnline?.();
    await clock.pass(600_000);
    expect(starts).toEqual([3_600_000]);
    goOnline?.();
    expect(await outcome).toBe('token');
  });
});
