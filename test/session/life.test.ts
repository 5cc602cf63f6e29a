import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';
import { unsignedToken } from '../support/jwt.js';
import { makeSession } from '../support/session.js';

const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);
const kick = { kicked: { id: 'local', local: true }, kicker: { id: 'other' } };
const refusal = (message: string) => ({
  error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false, message },
});

beforeEach(() => FakeApi.reset());

async function joined(...args: Parameters<typeof makeSession>) {
  const made = makeSession(...args);
  const joining = made.session.join();
  await made.clock.pass(0);
  made.api().join();
  await joining;
  return made;
}

describe('joining', () => {
  it('again at each failure, though nothing is asked for, lets the page do other things in between', async () => {
    const { session, clock } = makeSession({ domain: '' });
    let failures = 0;
    session.addEventListener('meeting-error', () => {
      if (++failures < 100) void quiet(session.join());
    });
    void quiet(session.join());
    await settle();
    expect(failures).toBe(0);
    await clock.pass(0);
    expect(failures).toBe(100);
  });

  it('takes a correction that comes before the failure is told', async () => {
    const made = makeSession({ room: '' });
    const { session, clock, options, names, api } = made;
    const joining = session.join();
    await settle();
    options.room = 'team';
    session.update();
    await clock.pass(0);
    api().join();
    await joining;
    expect(names()).not.toContain('meeting-error');

    session.leave().catch(() => {});
    api().hangUp();
    options.room = '';
    const again = session.join();
    await settle();
    options.room = 'team';
    session.update();
    await clock.pass(0);
    api().join();
    await again;
    expect(names()).not.toContain('meeting-error');
  });

  it('goes from idle to joined, asking the backend once and making one frame', async () => {
    const { session, clock, backend, names, api } = makeSession();
    const joining = session.join();
    expect(session.state).toBe('connecting');
    await clock.pass(0);
    expect(session.state).toBe('loading');
    expect(api().options.roomName).toBe('team');
    expect(api().options.jwt).toMatch(/^eyJ/);
    api().emit('ready', {});
    expect(session.state).toBe('ready');
    api().emit('videoConferenceJoined', { id: 'me' });
    await joining;
    expect(session.state).toBe('joined');
    expect(backend.requests).toBe(1);
    expect(FakeApi.instances).toHaveLength(1);
    expect(names()).toEqual(['state:connecting', 'token-received', 'state:loading', 'state:ready', 'state:joined']);
  });

  it('shares one attempt between calls of join()', async () => {
    const { session, clock, backend, api } = makeSession();
    const [one, two] = [session.join(), session.join()];
    await clock.pass(0);
    api().join();
    await Promise.all([one, two, session.join()]);
    expect(backend.requests).toBe(1);
    expect(FakeApi.instances).toHaveLength(1);
  });

  it('joins as a guest where no token source is given', async () => {
    const { session, api } = await joined({ source: {} });
    expect(api().options).not.toHaveProperty('jwt');
    expect(session.claims).toBeUndefined();
    expect(session.meetingRole.name).toBe('participant');
  });

  it('never says the token, whatever it tells', async () => {
    const { told, api } = await joined();
    expect(JSON.stringify(told)).not.toContain(api().options.jwt);
  });

  it('gives no reason to an app that never gets ready, but says so after 30 s', async () => {
    const { session, clock } = makeSession();
    const joining = quiet(session.join());
    await clock.pass(29_999);
    expect(session.state).toBe('loading');
    await clock.pass(1);
    expect(await joining).toMatchObject({ code: 'iframe-timeout' });
    expect(FakeApi.live).toHaveLength(0);
  });

  it('waits 20 s for an answer to joining, and without limit while a person has to act', async () => {
    const silent = makeSession();
    const failing = quiet(silent.session.join());
    await silent.clock.pass(0);
    silent.api().emit('ready', {});
    await silent.clock.pass(20_000);
    expect(await failing).toMatchObject({ code: 'join-timeout' });

    const prejoin = makeSession();
    quiet(prejoin.session.join());
    await prejoin.clock.pass(0);
    prejoin.api().emit('ready', {});
    prejoin.api().emit('prejoinScreenLoaded', { id: 'local' });
    await prejoin.clock.pass(3_600_000);
    expect(prejoin.session.state).toBe('ready');
    expect(prejoin.session.waitingFor).toBe('prejoin');
  });

  it.each([
    ['a string that is not a token', () => Response.json({ token: 'hello' }), 'token-malformed'],
    ['an expired token', () => Response.json({ token: unsignedToken({ exp: 1000 }) }), 'token-expired'],
    [
      'a token of tomorrow',
      () => Response.json({ token: unsignedToken({ nbf: 4e9, exp: 5e9 }) }),
      'token-not-yet-valid',
    ],
  ])('stops at %s without making a frame', async (_what, answer, code) => {
    const { session, backend, clock, told } = makeSession();
    backend.answer = answer;
    const joining = quiet(session.join());
    await clock.pass(0);
    expect(await joining).toMatchObject({ code });
    expect(FakeApi.instances).toHaveLength(0);
    expect(told.at(-1)).toMatchObject({ name: 'meeting-error', detail: { error: { code } } });
    expect(clock.timers).toBe(0);
  });

  it.each([
    [{ domain: '' }, /domain/],
    [{ domain: 'https://meet.example.org' }, /domain/],
    [{ room: '' }, /room/],
  ])('names the attribute that is wrong in %j', async (options, words) => {
    const { session, clock, backend } = makeSession(options);
    const joining = quiet(session.join());
    await clock.pass(0);
    expect(await joining).toMatchObject({ code: 'config-invalid', message: expect.stringMatching(words) as string });
    expect(backend.requests).toBe(0);
  });
});

it('asks for another token after one that was found unfit', async () => {
  const { session, clock, backend, api } = makeSession();
  backend.claims = { room: 'other' };
  const failing = quiet(session.join());
  await clock.pass(0);
  expect(await failing).toMatchObject({ code: 'token-rejected', findings: [{ code: 'room-other', claim: 'room' }] });
  backend.claims = {};
  const joining = session.join();
  await clock.pass(0);
  api().join();
  await joining;
  expect(backend.requests).toBe(2);
});

it('keeps to the retry policy of the page', async () => {
  const endpoint = { url: 'https://www.example.org/api/token' };
  const { session, clock, backend } = makeSession({
    source: { endpoint, retryPolicy: { attempts: 5, firstWait: 100 } },
  });
  backend.answer = () => new Response(null, { status: 500 });
  const failing = quiet(session.join());
  await clock.pass(60_000);
  expect(await failing).toMatchObject({ code: 'token-server' });
  expect(backend.requests).toBe(5);
});

it('asks for a new token after leaving, though a renewed one was kept: the next may be somebody else', async () => {
  const { session, clock, backend, api } = await joined();
  await session.renewToken();
  const leaving = session.leave();
  api().hangUp();
  await leaving;
  const asked = backend.requests;
  quiet(session.join());
  await clock.pass(0);
  expect(backend.requests).toBe(asked + 1);
});

describe('leaving', () => {
  it('hangs up first and waits for the app, then leaves nothing behind', async () => {
    const { session, clock, api } = await joined();
    const leaving = session.leave();
    expect(session.state).toBe('leaving');
    expect(api().commands).toEqual([['hangup']]);
    expect(FakeApi.live).toHaveLength(1);
    api().hangUp();
    await leaving;
    expect(session.state).toBe('ended');
    expect(session.reason).toBe('host-left');
    expect(FakeApi.live).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });

  it('waits 2 s at most', async () => {
    const { session, clock } = await joined();
    const leaving = session.leave();
    await clock.pass(2_000);
    await leaving;
    expect(session.state).toBe('ended');
    expect(clock.timers).toBe(0);
  });

  it('rejects a join that it overtakes, and aborts the request', async () => {
    const { session, clock, backend } = makeSession();
    backend.answer = () => new Promise(() => {});
    const joining = quiet(session.join());
    await clock.pass(0);
    expect(backend.open).toBe(1);
    await session.leave();
    expect(await joining).toMatchObject({ code: 'aborted' });
    await clock.pass(0);
    expect(backend.open).toBe(0);
    expect(session.state).toBe('idle');
    expect(clock.timers).toBe(0);
  });

  it('disposes at once when removed', async () => {
    const { session, clock } = await joined();
    session.remove();
    expect(FakeApi.live).toHaveLength(0);
    expect(session.reason).toBe('host-left');
    expect(clock.timers).toBe(0);
  });

  it('is overtaken by a join that follows', async () => {
    const { session, clock, api } = await joined();
    const leaving = session.leave();
    const joining = session.join();
    api().hangUp();
    await leaving;
    await clock.pass(0);
    api().join();
    await joining;
    expect(session.state).toBe('joined');
    expect(FakeApi.live).toHaveLength(1);
  });
});

describe('how it ends', () => {
  it.each([
    ['left', (api: FakeApi) => api.hangUp()],
    ['left', (api: FakeApi) => (api.emit('readyToClose', {}), api.emit('videoConferenceLeft', {}))],
    ['kicked', (api: FakeApi) => (api.emit('participantKickedOut', kick), api.hangUp())],
    [
      'conference-ended',
      (api: FakeApi) =>
        api.emit('errorOccurred', {
          error: { name: 'conference.destroyed', type: 'CONFERENCE', isFatal: false, params: ['x', null] },
        }),
    ],
  ])('%s, told once', async (reason, act) => {
    const { session, names, api, clock } = await joined();
    act(api());
    await clock.pass(60_000);
    expect(session.state).toBe('ended');
    expect(session.reason).toBe(reason);
    expect(names().filter((name) => name === 'state:ended')).toHaveLength(1);
    expect(names()).not.toContain('state:reconnecting');
    expect(clock.timers).toBe(0);
  });

  it('takes another one being kicked for what it is', async () => {
    const { session, api } = await joined();
    api().emit('participantKickedOut', { kicked: { id: 'other', local: false }, kicker: { id: 'me', local: true } });
    expect(session.state).toBe('joined');
  });

  it('holds a bare videoConferenceLeft for a change of rooms, for 45 s', async () => {
    const { session, api, clock } = await joined();
    api().emit('videoConferenceLeft', {});
    expect(session.state).toBe('joined');
    await clock.pass(600);
    expect(session.state).toBe('reconnecting');
    api().emit('videoConferenceJoined', { id: 'me2' });
    expect(session.state).toBe('joined');
    api().emit('videoConferenceLeft', {});
    await clock.pass(46_000);
    expect(session.state).toBe('ended');
    expect(session.reason).toBe('connection-lost');
  });

  it('calls nothing lost while the app goes to a breakout room on a slow network', async () => {
    const { session, api, clock, names } = await joined();
    for (const room of ['breakout', 'team']) {
      api().emit('videoConferenceLeft', {});
      await clock.pass(85);
      api().emit('whiteboardStatusChanged', { status: 'RESET' });
      await clock.pass(5_000);
      api().emit('videoConferenceJoined', { id: 'me', roomName: room });
    }
    expect(session.state).toBe('joined');
    expect(names()).not.toContain('state:reconnecting');
  });

  it('and says so when the app does not get into that room', async () => {
    const { session, api, clock } = await joined();
    api().emit('videoConferenceLeft', {});
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    await clock.pass(20_000);
    expect(session.recovery).toBe('by-app');
    await clock.pass(45_000);
    expect(session.reason).toBe('connection-lost');
  });

  it('closes for the back/forward cache', async () => {
    const { session, window, clock } = await joined();
    window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }));
    expect(session.reason).toBe('page-hidden');
    expect(FakeApi.live).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });
});

describe('a refusal', () => {
  it('of a token straight from the backend fails at once', async () => {
    const { session, clock, backend, api } = makeSession();
    const joining = quiet(session.join());
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(await joining).toMatchObject({
      code: 'token-rejected',
      message: expect.stringContaining('Invalid signature') as string,
    });
    expect(session.state).toBe('failed');
    expect(FakeApi.live).toHaveLength(0);
    expect(backend.requests).toBe(1);
  });

  it('of a token kept from before asks for one fresh token and tries once more', async () => {
    const { session, clock, backend, api } = makeSession();
    session.warmUp('script-and-token');
    await clock.pass(0);
    const joining = quiet(session.join());
    await clock.pass(0);
    expect(backend.requests).toBe(1);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session.state).toBe('connecting');
    await clock.pass(0);
    expect(backend.requests).toBe(2);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(await joining).toMatchObject({ code: 'token-rejected' });
    expect(backend.requests).toBe(2);
  });

  it('that the person can mend inside the frame does not fail the meeting', async () => {
    const { session, clock, api } = makeSession();
    quiet(session.join());
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('errorOccurred', {
      error: { name: 'conference.passwordRequired', params: [], recoverable: true, type: 'CONFERENCE', isFatal: false },
    });
    api().emit('passwordRequired', {});
    await clock.pass(60_000);
    expect(session.state).toBe('ready');
    expect(session.waitingFor).toBe('password');
  });
});

describe('a connection that is lost', () => {
  const fatal = { error: { name: 'conference.focusLeft', params: [], type: 'CONFERENCE', isFatal: true } };

  it('for good, says the app: a new frame with a fresh token straight away, muted as before', async () => {
    const { session, clock, backend, api } = await joined();
    api().emit('audioMuteStatusChanged', { muted: true });
    api().emit('videoMuteStatusChanged', { muted: false });
    api().emit('errorOccurred', fatal);
    expect(session.state).toBe('reconnecting');
    await clock.pass(0);
    expect(backend.requests).toBe(2);
    expect(FakeApi.live).toHaveLength(1);
    expect(api().options.configOverwrite).toMatchObject({ startWithAudioMuted: true, startWithVideoMuted: false });
    api().join();
    expect(session.state).toBe('joined');
  });

  it('after the token is over, is noticed and offered for a rejoin, and taken back when the app proves alive', async () => {
    const { session, clock, window, backend, api } = await joined();
    backend.answer = () => new Response('down', { status: 503 });
    window.dispatchEvent(new Event('offline'));
    expect(session.state).toBe('joined');
    await clock.pass(3_700_000);
    expect(session.state).toBe('joined');
    api().emit('log', { logLevel: 'error', args: ['Websocket closed unexpectedly'] });
    expect(session.state).toBe('reconnecting');
    expect(session.recovery).toBe('in-doubt');
    api().emit('participantJoined', { id: 'other' });
    expect(session.state).toBe('joined');
    expect(FakeApi.instances).toHaveLength(1);
  });

  it.each([
    ['8 s before the end of the token, and no sign of life since, is doubtful at that end', 8, [], 'reconnecting'],
    ['8 s before the token expires is forgotten after a sign of life', 8, ['participantJoined'], 'joined'],
    ['20 s before the token expires is left to the app, which reconnects in time', 20, [], 'joined'],
  ])('%s', async (_what, before, signs, state) => {
    const { session, clock, api, backend } = await joined();
    backend.answer = () => new Response('down', { status: 503 });
    await clock.pass((3_600 - before) * 1_000);
    api().emit('log', { logLevel: 'error', args: ['Websocket closed unexpectedly'] });
    await clock.pass((before - 1) * 1_000);
    expect(session.state).toBe('joined');
    for (const sign of signs) api().emit(sign, { id: 'other' });
    await clock.pass(2_000);
    expect(session.state).toBe(state);
    expect(FakeApi.instances).toHaveLength(1);
    session.remove();
    expect(clock.timers).toBe(0);
  });

  it('after the token is over, rejoins by itself where the page wants that', async () => {
    const { session, clock, backend, api } = await joined({ rejoin: 'auto' });
    const first = api();
    await clock.pass(3_700_000);
    expect(session.state).toBe('joined');
    const asked = backend.requests;
    first.emit('log', { logLevel: 'error', args: ['Websocket closed unexpectedly'] });
    await clock.pass(0);
    expect(session.state).toBe('reconnecting');
    expect(first.disposed).toBe(true);
    expect(backend.requests).toBe(asked);
    api().join();
    expect(session.state).toBe('joined');
  });

  it('is taken up 3 times in 5 minutes at most', async () => {
    const { session, clock, api } = await joined({ rejoin: 'auto' });
    for (let time = 0; time < 3; time++) {
      api().emit('errorOccurred', fatal);
      await clock.pass(0);
      api().join();
    }
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    expect(session.state).toBe('ended');
    expect(session.reason).toBe('connection-lost');
  });

  it('is over when the backend no longer lets the person in', async () => {
    const { session, clock, backend, api, told } = await joined({ rejoin: 'auto' });
    backend.answer = () => new Response(null, { status: 401 });
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    expect(session.state).toBe('ended');
    expect(session.reason).toBe('token');
    expect(told.at(-1)).toMatchObject({ name: 'meeting-error', detail: { error: { code: 'token-auth-required' } } });
    expect(clock.timers).toBe(0);
  });
});

describe('changing what the page says', () => {
  it('sends live options as commands and interrupts nothing with the rest', async () => {
    const made = await joined({ displayName: 'Ada' });
    made.options.displayName = 'Ada L.';
    made.options.source = { provider: () => 'x' };
    made.options.configOverwrite = { subject: 'new' };
    made.session.update();
    made.session.update();
    expect(made.api().commands).toEqual([['displayName', 'Ada L.']]);
    expect(FakeApi.instances).toHaveLength(1);
  });

  it('ends this meeting and starts the next when the room changes', async () => {
    const made = await joined();
    const first = made.api();
    made.backend.claims = { room: 'other' };
    made.options.room = 'other';
    made.session.update();
    expect(made.session.state).toBe('leaving');
    expect(first.commands).toEqual([['hangup']]);
    first.hangUp();
    await made.clock.pass(0);
    expect(made.api().options.roomName).toBe('other');
    made.api().join();
    expect(made.session.state).toBe('joined');
    expect(FakeApi.live).toHaveLength(1);
  });

  it('gets a moved element back with a fresh token', async () => {
    const { session, clock, backend, api } = await joined();
    session.unload();
    expect(session.state).toBe('reconnecting');
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
    expect(backend.requests).toBe(2);
    expect(FakeApi.live).toHaveLength(1);
  });
});

describe('commands', () => {
  it('wait for the app and go in order', async () => {
    const { session, clock, api } = makeSession();
    quiet(session.join());
    session.executeCommand('toggleChat');
    await clock.pass(0);
    session.executeCommand('subject', 'Plans');
    expect(api().commands).toEqual([]);
    api().emit('ready', {});
    expect(api().commands).toEqual([['toggleChat'], ['subject', 'Plans']]);
  });

  it('are refused clearly where there is no meeting', () => {
    const { session } = makeSession();
    expect(() => session.executeCommand('toggleChat')).toThrow(/no meeting/);
  });
});
