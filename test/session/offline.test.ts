import { describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import { fakeConstructor } from '../support/fake-api.js';
import { makeSession } from '../support/session.js';
import type { SessionTools } from '../../src/session/session.js';

const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);

/** A session whose device goes offline and online when told to. */
function onDevice(online: boolean, tools: Partial<SessionTools> = {}) {
  const waiting = new Set<() => void>();
  const device = {
    online,
    waiting,
    go(now: boolean): void {
      device.online = now;
      made.window.dispatchEvent(new Event(now ? 'online' : 'offline'));
      if (now) for (const run of waiting) run();
    },
  };
  const made = makeSession(
    { rejoin: 'auto' },
    {
      network: {
        isOnline: () => device.online,
        onBack: (run) => (waiting.add(run), () => waiting.delete(run)),
      },
      ...tools,
    },
  );
  return { ...made, device };
}

describe('a device that is offline', () => {
  it('waits as long as that lasts, says so, and goes on by itself', async () => {
    const { session, clock, backend, api, device } = onDevice(false);
    const joining = session.join();
    await clock.pass(3_600_000);
    expect(session).toMatchObject({ state: 'connecting', isOffline: true });
    expect(backend.requests).toBe(0);
    device.go(true);
    expect(session.isOffline).toBe(false);
    await clock.pass(0);
    api().join();
    await joining;
    expect(device.waiting.size).toBe(0);
  });

  it('tells those who look when it changes', async () => {
    const { session, clock, device } = onDevice(true, { fetch: () => new Promise(() => {}) });
    void quiet(session.join());
    await clock.pass(0);
    const seen: boolean[] = [];
    session.addEventListener('change', () => seen.push(session.isOffline));
    device.go(false);
    device.go(true);
    expect(seen).toEqual([true, false]);
  });

  it('tries at once when the person asks for it, and waits on if that fails', async () => {
    const { session, clock, backend, device, api } = onDevice(false);
    backend.answer = () => Promise.reject(new TypeError('offline'));
    const joining = session.join();
    await clock.pass(1_000);
    void session.join();
    await clock.pass(60_000);
    expect(backend.requests).toBe(1);
    expect(session).toMatchObject({ state: 'connecting', isOffline: true });
    // The browser was wrong, because the server is on the same machine.
    backend.answer = () => backend.token();
    void session.join();
    await clock.pass(0);
    api().join();
    await joining;
    expect(device.online).toBe(false);
  });

  it('leaves nothing waiting behind when the meeting is left', async () => {
    const { session, clock, device } = onDevice(false);
    const joining = quiet(session.join());
    await clock.pass(0);
    await session.leave();
    expect(await joining).toMatchObject({ code: 'aborted' });
    expect(session.state).toBe('idle');
    expect(device.waiting.size).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('fails no meeting when it is lost on the way to the script', async () => {
    let loads = 0;
    const lost = new JitsiMeetingError('script-load', 'lost', { hint: '' });
    const { session, clock, device, api } = onDevice(true, {
      loadApi: () => {
        if (loads++ > 0) return Promise.resolve(fakeConstructor);
        device.go(false);
        return Promise.reject(lost);
      },
    });
    const joining = session.join();
    await clock.pass(600_000);
    expect(session).toMatchObject({ state: 'connecting', isOffline: true });
    device.go(true);
    await clock.pass(0);
    api().join();
    await joining;
    expect(loads).toBe(2);
  });

  it('asks code of the page for a token when it is online, and goes round in no circle when that fails offline', async () => {
    let asked = 0;
    const { session, clock, device, options, api, backend } = onDevice(false);
    options.source = {
      provider: async () => {
        if (++asked === 1) device.go(false);
        const response = await (asked === 1 ? Promise.reject(new TypeError('lost')) : backend.token());
        return ((await response.json()) as { token: string }).token;
      },
    };
    const joining = session.join();
    await clock.pass(60_000);
    expect(asked).toBe(0);
    device.go(true);
    await clock.pass(600_000);
    expect(asked).toBe(1);
    expect(session).toMatchObject({ state: 'connecting', isOffline: true });
    device.go(true);
    await clock.pass(0);
    api().join();
    await joining;
  });

  it('fails a meeting for what has nothing to do with the network', async () => {
    const { session, clock, backend, device } = onDevice(true);
    backend.answer = () => {
      device.go(false);
      return new Response('', { status: 403 });
    };
    void quiet(session.join());
    await clock.pass(0);
    expect(session.error).toMatchObject({ code: 'token-forbidden' });
  });

  it('spends one rejoin on a lost meeting, however long it is offline', async () => {
    const { session, clock, api, device, backend } = onDevice(true);
    const joining = session.join();
    await clock.pass(0);
    api().join();
    await joining;
    device.go(false);
    api().emit('errorOccurred', { error: { name: 'conference.focusLeft', type: 'CONFERENCE', isFatal: true } });
    await clock.pass(30 * 60_000);
    expect(session).toMatchObject({ state: 'reconnecting', isOffline: true });
    expect(backend.requests).toBe(1);
    device.go(true);
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
  });
});
