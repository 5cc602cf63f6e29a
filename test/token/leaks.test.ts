import { describe, expect, it, vi } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import { askEndpoint } from '../../src/token/endpoint.js';
import { NetworkGate } from '../../src/token/network.js';
import { defaultRetryPolicy, withRetry } from '../../src/token/retry.js';
import { FakeClock, settle } from '../support/clock.js';

async function ask(answer: Response) {
  const aborter = new AbortController();
  let signal: AbortSignal | null | undefined;
  const outcome = await askEndpoint(
    { url: 'https://www.example.org/t' },
    { domain: 'd', room: 'r', tenant: null, reason: 'join', signal: aborter.signal },
    {
      fetch: (_, init) => ((signal = init?.signal), Promise.resolve(answer)),
      clock: new FakeClock(),
      baseUrl: undefined,
      timeout: 10_000,
    },
  ).catch((error: unknown) => error);
  return { aborter, signal, outcome };
}

describe('a question to the endpoint that is answered', () => {
  it('has nothing to do with the signal any more', async () => {
    const { aborter, signal } = await ask(Response.json({ token: 'abc' }));
    aborter.abort();
    expect(signal?.aborted).toBe(false);
  });

  it('by more than a token can be lets go of the rest', async () => {
    const cancel = vi.fn<() => void>();
    const body = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(40_000)), cancel });
    const { outcome } = await ask(new Response(body, { headers: { 'content-type': 'text/plain' } }));
    expect(outcome).toMatchObject({ code: 'token-response-invalid' });
    expect(cancel).toHaveBeenCalledTimes(1);
  });
});

describe('a caller that waits for the network', () => {
  function offline() {
    let back: (() => void) | undefined;
    const cancelled = vi.fn<() => void>();
    const network = { isOnline: () => false, onBack: (run: () => void) => ((back = run), cancelled) };
    return { gate: new NetworkGate(network), cancelled, goOnline: () => back?.() };
  }

  it.each(['is let through', 'is online again', 'gives up'])(
    'and %s waits no more, and is let through no more',
    async (how) => {
      const { gate, cancelled, goOnline } = offline();
      const aborter = new AbortController();
      const reason = new Error('left');
      const passing = gate.pass(aborter.signal).catch((error: unknown) => error);
      if (how === 'is let through') gate.letThrough();
      else if (how === 'is online again') goOnline();
      else aborter.abort(reason);
      expect(await passing).toBe(how === 'gives up' ? reason : undefined);
      gate.letThrough();
      aborter.abort(reason);
      expect(cancelled).toHaveBeenCalledTimes(1);
    },
  );

  it('is not kept waiting by the next one', async () => {
    const { gate } = offline();
    const passed: string[] = [];
    void gate.pass(new AbortController().signal).then(() => passed.push('first'));
    gate.letThrough();
    void gate.pass(new AbortController().signal).then(() => passed.push('second'));
    await settle();
    expect(passed).toEqual(['first']);
  });
});

describe('a thousand pages that are all told to wait a minute', () => {
  it('do not come back in the same moment, and none too early', async () => {
    const waits: number[] = [];
    for (const random of [0, 0.5, 1]) {
      const clock = new FakeClock(0);
      const busy = new JitsiMeetingError('token-rate-limited', '-', { hint: '-', status: 429, retryAfter: 60_000 });
      let tries = 0;
      const tools = {
        clock,
        random: () => random,
        signal: new AbortController().signal,
        online: () => Promise.resolve(),
      };
      void withRetry(defaultRetryPolicy, tools, () => {
        if (tries++ === 0) return Promise.reject(busy);
        waits.push(clock.now());
        return Promise.resolve();
      });
      await clock.pass(120_000);
    }
    expect(new Set(waits).size).toBe(3);
    for (const wait of waits) expect(wait).toBeGreaterThanOrEqual(60_000);
  });
});
