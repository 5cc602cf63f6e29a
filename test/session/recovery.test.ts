import { describe, expect, it } from 'vitest';
import { FakeApi } from '../support/fake-api.js';
import { unsignedToken } from '../support/jwt.js';
import { makeSession } from '../support/session.js';

const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);
const fatal = { error: { name: 'conference.focusLeft', params: [], type: 'CONFERENCE', isFatal: true } };
const noServer = { error: { name: 'connection.otherError', params: [], type: 'CONNECTION', isFatal: true } };
const refusal = (message: string) => ({
  error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false, message },
});

async function joined(...args: Parameters<typeof makeSession>) {
  const made = makeSession(...args);
  const joining = made.session.join();
  await made.clock.pass(0);
  made.api().join();
  await joining;
  const errors = () => made.told.filter(({ name }) => name === 'meeting-error');
  return { ...made, errors };
}

/** The app in a new frame comes up and fails again, as while a server restarts. */
async function failAgain({ clock, api }: Pick<ReturnType<typeof makeSession>, 'clock' | 'api'>): Promise<void> {
  await clock.pass(2_000);
  api().emit('ready', {});
  api().emit('errorOccurred', noServer);
}

describe('a server that restarts', () => {
  it.each(['manual', 'auto'] as const)(
    'and is back within 20 s does not end the meeting (rejoin %s)',
    async (rejoin) => {
      const made = await joined({ rejoin });
      const { session, clock, api, errors } = made;
      api().emit('errorOccurred', fatal);
      await failAgain(made);
      expect(session.state).toBe('reconnecting');
      expect(session.recovery).toBe('paused');
      await clock.pass(4_000);
      await failAgain(made);
      expect(session.state).toBe('reconnecting');
      await clock.pass(16_000);
      api().join();
      expect(session.state).toBe('joined');
      expect(FakeApi.live).toHaveLength(1);
      expect(errors(), 'nothing failed for good').toEqual([]);
      expect(session.error).toBeUndefined();
    },
  );

  it('and stays away ends the meeting after three tries, with one reason and the error', async () => {
    const made = await joined();
    const { session, clock, api, names, errors } = made;
    api().emit('errorOccurred', fatal);
    for (const wait of [4_000, 16_000, 0]) {
      await failAgain(made);
      await clock.pass(wait);
    }
    expect(session.state).toBe('ended');
    expect(session.reason).toBe('connection-lost');
    expect(names().filter((name) => name === 'state:ended')).toHaveLength(1);
    expect(errors()).toHaveLength(1);
    expect(session.error).toMatchObject({ code: 'conference-failed' });
    expect(FakeApi.live).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });
});

describe('an element that is moved', () => {
  it('spends none of the tries that a lost connection needs', async () => {
    const { session, clock, api } = await joined();
    for (let time = 0; time < 5; time++) {
      session.unload();
      await clock.pass(0);
      api().join();
    }
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
  });
});

describe('coming back', () => {
  it('shows no prejoin screen to a person who was in already, and keeps its other settings', async () => {
    const { session, clock, api } = await joined({ configOverwrite: { prejoinConfig: { hideExtraJoinButtons: [] } } });
    expect(api().options.configOverwrite['prejoinConfig']).toEqual({ hideExtraJoinButtons: [] });
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    expect(api().options.configOverwrite['prejoinConfig']).toEqual({ hideExtraJoinButtons: [], enabled: false });
    api().join();
    await quiet(Promise.all([session.leave(), clock.pass(2_000)]).then(() => {}));
    void session.join();
    await clock.pass(0);
    expect(api().options.configOverwrite['prejoinConfig'], 'a new meeting').toEqual({ hideExtraJoinButtons: [] });
  });

  it('stays muted as the person was when joining, also if muted before that', async () => {
    const made = makeSession();
    const joining = made.session.join();
    await made.clock.pass(0);
    made.api().emit('ready', {});
    made.api().emit('audioMuteStatusChanged', { muted: false });
    made.api().emit('videoMuteStatusChanged', { muted: true });
    made.api().emit('audioMuteStatusChanged', { muted: true });
    made.api().emit('videoMuteStatusChanged', { muted: false });
    made.api().emit('videoConferenceJoined', { id: 'me' });
    await joining;
    made.api().emit('errorOccurred', fatal);
    await made.clock.pass(0);
    expect(made.api().options.configOverwrite).toMatchObject({ startWithAudioMuted: true });
    expect(made.api().options.configOverwrite).not.toHaveProperty('startWithVideoMuted');
  });

  it('is not muted by what the last meeting in another room was', async () => {
    const made = await joined();
    made.api().emit('audioMuteStatusChanged', { muted: true });
    made.options.room = 'other';
    made.backend.claims = { room: 'other' };
    made.session.update();
    made.session.unload();
    await made.clock.pass(0);
    expect(made.api().options.roomName).toBe('other');
    expect(made.api().options.configOverwrite).not.toHaveProperty('startWithAudioMuted');
  });

  it('by the button of the end screen is muted as before when the meeting was lost, and not when it was left', async () => {
    const rejoin = async ({ session, clock, api }: Awaited<ReturnType<typeof joined>>) => {
      expect(session.state).toBe('ended');
      void session.join();
      await clock.pass(0);
      return api().options.configOverwrite;
    };
    const lost = await joined();
    lost.api().emit('audioMuteStatusChanged', { muted: true });
    lost.api().emit('videoConferenceLeft', {});
    await lost.clock.pass(46_000);
    expect(await rejoin(lost)).toMatchObject({ startWithAudioMuted: true, prejoinConfig: { enabled: false } });

    const left = await joined();
    left.api().emit('audioMuteStatusChanged', { muted: true });
    left.api().hangUp();
    const config = await rejoin(left);
    expect(config).not.toHaveProperty('startWithAudioMuted');
    expect(config).not.toHaveProperty('prejoinConfig');
  });

  it('to another room after a loss takes nothing along', async () => {
    const made = await joined();
    made.api().emit('audioMuteStatusChanged', { muted: true });
    made.window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
    expect(made.session.reason).toBe('page-hidden');
    made.options.room = 'other';
    made.backend.claims = { room: 'other' };
    void made.session.join();
    await made.clock.pass(0);
    expect(made.api().options.configOverwrite).not.toHaveProperty('startWithAudioMuted');
  });

  it('waits as long as the backend asks', async () => {
    const { session, clock, api, backend } = await joined({ rejoin: 'auto' });
    backend.answer = () => new Response('', { status: 429, headers: { 'retry-after': '90' } });
    api().emit('errorOccurred', fatal);
    await clock.pass(89_000);
    expect(backend.requests).toBe(2);
    backend.answer = () => backend.token();
    await clock.pass(2_000);
    expect(backend.requests).toBe(3);
    expect(session.state).toBe('reconnecting');
    api().join();
    expect(session.state).toBe('joined');
  });

  it.each([
    ['refuses connections', () => Promise.reject(new TypeError('refused')), 'token-network', 'connection-lost'],
    ['has a fault', () => new Response('', { status: 500 }), 'token-server', 'connection-lost'],
    ['hangs', () => new Promise<Response>(() => {}), 'token-timeout', 'connection-lost'],
    ['is asked too often', () => new Response('', { status: 429 }), 'token-rate-limited', 'connection-lost'],
    ['wants a sign-in', () => new Response('', { status: 401 }), 'token-auth-required', 'token'],
    ['lets this person in no more', () => new Response('', { status: 403 }), 'token-forbidden', 'token'],
    ['gives no token', () => new Response(null, { status: 204 }), 'token-response-invalid', 'token'],
    ['gives rubbish', () => Response.json({ token: 'hello' }), 'token-malformed', 'token'],
  ])('fails when the backend %s, and the reason says whose fault it is', async (_what, answer, code, reason) => {
    const { session, clock, api, backend, errors } = await joined();
    backend.answer = answer;
    api().emit('errorOccurred', fatal);
    await clock.pass(60_000);
    expect(session).toMatchObject({ state: 'ended', reason });
    expect(session.error).toMatchObject({ code });
    expect(errors()).toHaveLength(1);
    expect(clock.timers).toBe(0);
  });
});

describe('a rejoin that leads into the lobby', () => {
  async function waitingAgain(...args: Parameters<typeof makeSession>) {
    const made = await joined(...args);
    made.api().emit('errorOccurred', fatal);
    await made.clock.pass(0);
    made.api().emit('ready', {});
    made.api().emit('errorOccurred', {
      error: { name: 'conference.connectionError.membersOnly', type: 'CONFERENCE', recoverable: true, isFatal: false },
    });
    expect(made.session).toMatchObject({ state: 'ready', waitingFor: 'lobby' });
    return made;
  }

  it.each([
    ['refused there', refusal('Token is expired'), 'token'],
    [
      'turned away there',
      { error: { name: 'conference.connectionError.accessDenied', type: 'CONFERENCE' } },
      'connection-lost',
    ],
  ])('and is %s was a meeting, and has a reason for its end', async (_what, error, reason) => {
    const { session, api, clock } = await waitingAgain();
    api().emit('errorOccurred', error);
    await clock.pass(0);
    // A token that waited may have been refused for that: a fresh one is tried, once.
    if (session.state === 'reconnecting') {
      api().emit('ready', {});
      api().emit('errorOccurred', error);
    }
    expect(session).toMatchObject({ state: 'ended', reason });
    expect(session.error).toBeDefined();
    expect(clock.timers).toBe(0);
  });

  it('asks for a fresh token where the one in hand was kept', async () => {
    const { session, api, clock, backend } = await joined();
    await session.renewToken();
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session.state).toBe('reconnecting');
    await clock.pass(0);
    expect(backend.requests).toBe(3);
    api().join();
    expect(session.state).toBe('joined');
  });

  it('and then breaks down is taken up again, as out of the meeting itself', async () => {
    const { session, api, clock } = await waitingAgain();
    api().emit('errorOccurred', fatal);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'paused' });
    await clock.pass(10_000);
    api().join();
    expect(session.state).toBe('joined');
  });

  it('and is moved about the page goes on with a fresh token', async () => {
    const { session, api, clock } = await waitingAgain();
    session.unload();
    expect(session.state).toBe('reconnecting');
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
  });
});

describe('a refusal in the middle of a meeting', () => {
  it('of a token that the server took before asks for a fresh one: the secret may have changed', async () => {
    const { session, clock, api, backend, errors } = await joined();
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    expect(session.state).toBe('reconnecting');
    expect(backend.requests).toBe(2);
    api().join();
    expect(session.state).toBe('joined');
    expect(errors()).toEqual([]);
  });

  it('of the fresh one as well ends the meeting', async () => {
    const { session, clock, api, backend } = await joined();
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session).toMatchObject({ state: 'ended', reason: 'token' });
    expect(backend.requests).toBe(2);
  });

  it('goes round in no circle when the backend gives the same token again', async () => {
    const { session, clock, api, backend } = await joined();
    const token = unsignedToken({ exp: Math.floor(clock.now() / 1000) + 9_000, room: 'team' });
    backend.answer = () => Response.json({ token });
    await session.renewToken();
    for (let time = 0; time < 5 && session.state !== 'ended'; time++) {
      api().emit('errorOccurred', refusal('Invalid signature'));
      await clock.pass(0);
    }
    expect(session).toMatchObject({ state: 'ended', reason: 'token' });
    expect(backend.requests).toBeLessThanOrEqual(3);
  });
});

describe('what is told of an error', () => {
  it('is nothing while the meeting may still go on', async () => {
    const { session, clock, api, errors } = await joined();
    api().emit('errorOccurred', fatal);
    expect(session.state).toBe('reconnecting');
    expect(session.error).toBeUndefined();
    await clock.pass(0);
    api().join();
    expect(errors()).toEqual([]);
  });

  it('is nothing when a fresh token is tried in place of a kept one', async () => {
    const { session, clock, api, told } = makeSession();
    session.warmUp('script-and-token');
    await clock.pass(0);
    void session.join();
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
    expect(told.map(({ name }) => name)).not.toContain('meeting-error');
  });

  it('is gone after the next join', async () => {
    const { session, clock, backend, api } = makeSession();
    backend.answer = () => new Response('', { status: 403 });
    await Promise.all([quiet(session.join()), clock.pass(0)]);
    expect(session.error).toMatchObject({ code: 'token-forbidden' });
    backend.answer = () => backend.token();
    void session.join();
    expect(session.error).toBeUndefined();
    await clock.pass(0);
    api().join();
    expect(session.error).toBeUndefined();
  });
});

async function hidden(rejoin: 'manual' | 'auto') {
  const made = await joined({ rejoin });
  await made.clock.pass(3_700_000);
  Object.assign(made.document, { visibilityState: 'hidden' });
  await made.clock.pass(5_000);
  return made;
}

describe('a page in the background', () => {
  it.each(['manual', 'auto'] as const)(
    'has timers once a minute, which is not taken for a sleep (rejoin %s)',
    async (rejoin) => {
      const { session, clock, document } = await hidden(rejoin);
      for (let time = 0; time < 10; time++) {
        clock.jump(55_000);
        await clock.pass(5_000);
      }
      clock.jump(50_000);
      Object.assign(document, { visibilityState: 'visible' });
      await clock.pass(10_000);
      expect(session.state).toBe('joined');
      expect(FakeApi.instances).toHaveLength(1);
    },
  );

  it('sleeps with the machine all the same', async () => {
    const { session, clock } = await hidden('manual');
    clock.jump(600_000);
    await clock.pass(5_000);
    expect(session.recovery).toBe('in-doubt');
  });
});

describe('leaving', () => {
  it('aborts a request ahead of a join as well', async () => {
    const { session, backend, clock } = makeSession();
    backend.answer = () => new Promise(() => {});
    session.warmUp('script-and-token');
    await clock.pass(0);
    expect(backend.open).toBe(1);
    await session.leave();
    await clock.pass(0);
    expect(backend.open).toBe(0);
    expect(clock.timers).toBe(0);
  });

  it('tells at once a join that it overtakes, before the goodbye is over', async () => {
    const { session, clock, api } = makeSession();
    const joining = quiet(session.join());
    await clock.pass(0);
    api().emit('ready', {});
    void session.leave();
    expect(await joining).toMatchObject({ code: 'aborted' });
    expect(session.state).toBe('leaving');
  });

  it('stays that when the room changes meanwhile', async () => {
    const made = await joined();
    const leaving = made.session.leave();
    made.options.room = 'other';
    made.session.update();
    made.api().hangUp();
    await leaving;
    await made.clock.pass(0);
    expect(made.session.state).toBe('ended');
    expect(made.backend.requests).toBe(1);
  });
});

describe('a locked room', () => {
  const locked = {
    error: { name: 'conference.passwordRequired', params: [], recoverable: true, type: 'CONFERENCE', isFatal: false },
  };
  const ask = (api: FakeApi): void => {
    api.emit('errorOccurred', locked);
    api.emit('passwordRequired', {});
  };

  it('is told the password when it asks, once, so that a wrong one is for the person to mend', async () => {
    const { session, clock, api } = makeSession({ password: 'open sesame' });
    void session.join();
    await clock.pass(0);
    api().emit('ready', {});
    expect(api().commands, 'earlier, the app throws it away').toEqual([]);
    ask(api());
    expect(api().commands).toEqual([['password', 'open sesame']]);
    ask(api());
    expect(api().commands).toHaveLength(1);
    expect(session.waitingFor).toBe('password');
  });

  it('is told a password that comes later, also in the next frame', async () => {
    const made = makeSession();
    void made.session.join();
    await made.clock.pass(0);
    made.api().emit('ready', {});
    ask(made.api());
    expect(made.api().commands).toEqual([]);
    made.options.password = 'open sesame';
    made.session.update();
    expect(made.api().commands).toEqual([['password', 'open sesame']]);
    made.api().emit('videoConferenceJoined', { id: 'me' });
    made.api().emit('errorOccurred', fatal);
    await made.clock.pass(0);
    made.api().emit('ready', {});
    ask(made.api());
    expect(made.api().commands).toEqual([['password', 'open sesame']]);
  });
});

describe('commands that were not sent yet', () => {
  it('are not for the next room', async () => {
    const made = makeSession();
    void quiet(made.session.join());
    made.session.executeCommand('subject', 'Plans of the team');
    made.options.room = 'other';
    made.backend.claims = { room: 'other' };
    made.session.update();
    await made.clock.pass(0);
    made.api().join();
    expect(made.api().commands).toEqual([]);
  });
});
