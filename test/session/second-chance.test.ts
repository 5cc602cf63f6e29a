import { describe, expect, it } from 'vitest';
import { FakeApi } from '../support/fake-api.js';
import { makeSession } from '../support/session.js';

const refusal = (message: string) => ({
  error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false, message },
});
const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);

/** On the screen that Jitsi shows by default before it connects. */
async function atPrejoin(...args: Parameters<typeof makeSession>) {
  const made = makeSession(...args);
  const joining = quiet(made.session.join());
  await made.clock.pass(0);
  made.api().emit('ready', {});
  made.api().emit('audioMuteStatusChanged', { muted: false });
  made.api().emit('prejoinScreenLoaded', { id: 'local' });
  made.api().emit('audioMuteStatusChanged', { muted: true });
  expect(made.session).toMatchObject({ state: 'ready', waitingFor: 'prejoin' });
  return { ...made, joining };
}

describe('a token that expires while a person is on the prejoin screen', () => {
  it('is replaced by a fresh one when the server refuses it', async () => {
    const { session, clock, api, backend, names } = await atPrejoin();
    await clock.pass(3_700_000);
    api().emit('errorOccurred', refusal('Token rejected: verification failed (by exp)'));
    await clock.pass(0);
    expect(FakeApi.live).toHaveLength(1);
    expect(FakeApi.instances).toHaveLength(2);
    // A person who has pressed Join isn't asked to press it again.
    expect(api().options.configOverwrite['prejoinConfig']).toEqual({ enabled: false });
    expect(api().options.configOverwrite).toMatchObject({ startWithAudioMuted: true });
    api().join();
    expect(session.state).toBe('joined');
    expect(names()).not.toContain('meeting-error');
    expect(backend.requests).toBe(2);
  });

  it('and is refused again is refused for good, without an endless loop', async () => {
    const { session, clock, api, joining } = await atPrejoin();
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session).toMatchObject({ state: 'failed', error: { code: 'token-rejected' } });
    expect(await joining).toMatchObject({ code: 'token-rejected' });
    expect(FakeApi.instances).toHaveLength(2);
    expect(clock.timers).toBe(0);
    // The person's own try is a new one.
    void quiet(session.join());
    await clock.pass(0);
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session.state).toBe('connecting');
  });

  it('takes what the page sent along', async () => {
    const { session, clock, api } = makeSession();
    void quiet(session.join());
    session.executeCommand('toggleChat');
    await clock.pass(0);
    api().emit('ready', {});
    session.executeCommand('setTileView', true);
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().join();
    expect(api().commands).toEqual([['toggleChat'], ['setTileView', true]]);
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().join();
    expect(api().commands, 'once they were heard in a meeting').toEqual([]);
  });

  it('is the only one there is where the page gave it', async () => {
    const { session, api, options } = await atPrejoin();
    options.source = { token: 'e30.e30.e30' };
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session.state).toBe('failed');
  });
});

describe('a join that begins on the prejoin screen', () => {
  it('has its time from then on: some tokens get no answer', async () => {
    const { session, clock, api } = await atPrejoin();
    await clock.pass(600_000);
    expect(session.state).toBe('ready');
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    expect(session).toMatchObject({ state: 'ready', waitingFor: undefined });
    await clock.pass(59_999);
    expect(session.state).toBe('ready');
    await clock.pass(1);
    expect(session).toMatchObject({ state: 'failed', error: { code: 'join-timeout' } });
  });

  it('may lead to another screen, which has all the time', async () => {
    const { session, clock, api } = await atPrejoin();
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    api().emit('passwordRequired', {});
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    await clock.pass(600_000);
    expect(session).toMatchObject({ state: 'ready', waitingFor: 'password' });
  });
});

describe('a refusal in a meeting', () => {
  it('gets its fresh token also when a renewal brought the old one again', async () => {
    const { session, clock, api, backend } = makeSession();
    backend.life = 300;
    void session.join();
    await clock.pass(0);
    api().join();
    const { answer } = backend;
    const again = await backend.token({ jti: '1' }).text();
    backend.answer = () => new Response(again, { headers: { 'content-type': 'application/json' } });
    await session.renewToken();
    backend.answer = answer;
    await clock.pass(330_000);
    api().emit('errorOccurred', refusal('Token rejected: verification failed (by exp)'));
    await clock.pass(0);
    expect(session.state).toBe('reconnecting');
    api().join();
    expect(session.state).toBe('joined');
  });

  it('tries the renewed token in hand, and then a fresh one: the secret may have changed after the renewal', async () => {
    const { session, clock, api, backend } = makeSession();
    void session.join();
    await clock.pass(0);
    api().join();
    await session.renewToken();
    for (const requests of [2, 3]) {
      api().emit('errorOccurred', refusal('Invalid signature'));
      await clock.pass(0);
      expect(session.state).toBe('reconnecting');
      expect(backend.requests).toBe(requests);
      api().emit('ready', {});
    }
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session).toMatchObject({ state: 'ended', reason: 'token' });
  });

  it('that comes again after each rejoin ends it after three, whatever the page wants', async () => {
    const { session, clock, api } = makeSession({ rejoin: 'manual' });
    void session.join();
    await clock.pass(0);
    for (let time = 0; time < 3; time++) {
      api().join();
      api().emit('errorOccurred', refusal('Invalid signature'));
      await clock.pass(2_000);
      expect(session.state).toBe('reconnecting');
    }
    api().join();
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session).toMatchObject({ state: 'ended', reason: 'token' });
    expect(FakeApi.instances).toHaveLength(4);
  });
});

describe('a meeting that was lost', () => {
  it('waits for no backend that asks for more than five minutes: the person decides', async () => {
    const { session, clock, api, backend } = makeSession({ rejoin: 'auto' });
    void session.join();
    await clock.pass(0);
    api().join();
    backend.answer = () => new Response('', { status: 429, headers: { 'retry-after': '3600' } });
    api().emit('errorOccurred', { error: { name: 'conference.focusLeft', type: 'CONFERENCE', isFatal: true } });
    await clock.pass(0);
    expect(session).toMatchObject({ state: 'ended', reason: 'connection-lost', error: { code: 'token-rate-limited' } });
  });

  it('tells a join that waited for it what happened', async () => {
    const { session, clock, api } = makeSession();
    void session.join();
    await clock.pass(0);
    api().join();
    api().emit('errorOccurred', { error: { name: 'conference.focusLeft', type: 'CONFERENCE', isFatal: true } });
    const joining = quiet(session.join());
    await clock.pass(60_000);
    expect(session.state).toBe('ended');
    expect(await joining).toMatchObject({
      code: 'conference-failed',
      message: expect.stringMatching(/lost/) as string,
    });
  });

  it('has its three tries also when the clock was set back after the last of them', async () => {
    const { session, clock, api } = makeSession();
    void session.join();
    await clock.pass(0);
    const lose = async () => {
      api().join();
      api().emit('errorOccurred', { error: { name: 'conference.focusLeft', type: 'CONFERENCE', isFatal: true } });
      await clock.pass(0);
    };
    for (let time = 0; time < 3; time++) await lose();
    clock.jump(-3_600_000);
    await lose();
    expect(session.state).toBe('reconnecting');
  });
});

it('a doubt because the clock was set ahead ends when the server tells the time', async () => {
  const { session, clock, api, backend, names } = makeSession();
  void session.join();
  await clock.pass(0);
  api().join();
  clock.jump(2 * 3_600_000);
  backend.skew = -2 * 3_600_000;
  backend.life = 7200;
  await clock.pass(20_000);
  expect(names()).toContain('state:reconnecting');
  expect(session.state).toBe('joined');
  expect(FakeApi.instances).toHaveLength(1);
});

describe('a listener that leaves', () => {
  const turns = Array.from({ length: 30 }, (_, turn) => turn);

  it.each(['meeting-warning', 'token-received'])('at any moment after %s leaves nothing behind', async (name) => {
    for (const turn of turns) {
      const { session, clock, backend } = makeSession({ domain: 'meet.jit.si' });
      backend.claims = { sub: 'somebody', room: undefined };
      session.addEventListener(
        name as 'meeting-warning',
        () =>
          void (async () => {
            for (let time = 0; time < turn; time++) await Promise.resolve();
            await session.leave();
          })(),
        { once: true },
      );
      void quiet(session.join());
      await clock.pass(4 * 3_600_000);
      expect([FakeApi.live.length, clock.timers, session.state, backend.requests], `${turn}`).toEqual([
        0,
        0,
        'idle',
        1,
      ]);
    }
  });

  it('for another room at any moment gets that room, and its errors', async () => {
    for (const turn of turns) {
      const { session, clock, backend, options, api } = makeSession({ domain: 'meet.jit.si' });
      backend.claims = { room: '*' };
      session.addEventListener(
        'token-received',
        () =>
          void (async () => {
            for (let time = 0; time < turn; time++) await Promise.resolve();
            options.room = 'other';
            session.update();
          })(),
        { once: true },
      );
      void quiet(session.join());
      await clock.pass(5_000);
      expect(FakeApi.live, `${turn}`).toHaveLength(1);
      expect(api().options.roomName).toBe('other');
    }
  });

  it('and joins at once joins anew, and is told when that is done', async () => {
    const { session, clock, api } = makeSession();
    let joined = 0;
    session.addEventListener(
      'meeting-state-change',
      ({ detail }) => {
        if (detail.state !== 'joined' || joined > 0) return;
        void session.leave();
        void session.join().then(() => joined++);
      },
      {},
    );
    void quiet(session.join());
    await clock.pass(0);
    api().join();
    await clock.pass(3_000);
    expect(joined).toBe(0);
    api().join();
    await clock.pass(0);
    expect(FakeApi.instances.length).toBeGreaterThan(1);
  });
});

it('an invalid frameTimeout does not disturb a running meeting', async () => {
  const { session, clock, api, options } = makeSession();
  void session.join();
  await clock.pass(0);
  api().join();
  options.frameTimeout = 0;
  session.update();
  expect(session.state).toBe('joined');
  expect(session.getMeetingUrl()).toContain('/team');
});

it.each([NaN, 0, -1])('a frameTimeout of %s is refused with a sentence', async (frameTimeout) => {
  const { session, clock } = makeSession({ frameTimeout });
  const joining = quiet(session.join());
  await clock.pass(0);
  expect(await joining).toMatchObject({
    code: 'config-invalid',
    message: `frameTimeout is ${frameTimeout}; expected more than 0.`,
  });
});
