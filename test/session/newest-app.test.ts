// Promises about the app of July 2026 (test/data/real-app/README.md, last part), with clock and app in the test's
// hands.
import { describe, expect, it, vi } from 'vitest';
import type { MeetingOptions } from '../../src/session/options.js';
import type { SessionTools } from '../../src/session/session.js';
// Loaded beforehand, so that no real time passes on the way to it.
import '../../src/preflight/findings-with-unknowns.js';
import { FakeApi } from '../support/fake-api.js';
import { unsignedToken } from '../support/jwt.js';
import { makeSession } from '../support/session.js';

const minute = 60_000;
const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);
const closedSocket = { logLevel: 'error', args: ['Strophe: Websocket closed unexpectedly'] };
const failure = (name: string, more: object = {}) => ({
  error: { name, type: name.startsWith('connection.') ? 'CONNECTION' : 'CONFERENCE', isFatal: false, ...more },
});
const refusal = (message: string | null, more: object = {}) =>
  failure('connection.passwordRequired', { message, ...more });
const membersOnly = failure('conference.connectionError.membersOnly', {
  params: ['lob@lobby.meet.rig.test', false],
  recoverable: true,
});
const fatal = failure('connection.otherError', { isFatal: true });

async function opened(options: Partial<MeetingOptions> = {}, tools: Partial<SessionTools> = {}) {
  const made = makeSession(options, tools);
  const joining = quiet(made.session.join());
  await made.clock.pass(0);
  return { ...made, joining };
}

async function ready(...args: Parameters<typeof opened>) {
  const made = await opened(...args);
  made.api().emit('ready', {});
  return made;
}

/** The device's clock is `ahead` of the server's; the token has `left` by the server's. */
async function joinedWithClock(ahead: number, left: number, options: Partial<MeetingOptions> = {}) {
  const made = makeSession(options);
  made.backend.skew = -ahead;
  made.backend.life = left / 1000;
  void quiet(made.session.join());
  await made.clock.pass(0);
  made.api().join();
  expect(made.session.state).toBe('joined');
  return made;
}

describe('a token that has expired by either clock', () => {
  it("and a dropped socket are a call that isn't one: the app goes by the device's clock", async () => {
    const { session, api } = await joinedWithClock(15 * minute, 10 * minute);
    api().emit('log', closedSocket);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'in-doubt' });
  });

  it("has expired by the server's clock when the device's clock is behind", async () => {
    const { session, api, clock, backend } = await joinedWithClock(-15 * minute, 10 * minute);
    backend.answer = () => new Response('', { status: 503 });
    await clock.pass(10 * minute + 1_000);
    api().emit('log', closedSocket);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'in-doubt' });
  });

  it('is valid while it has expired by neither', async () => {
    const { session, api } = await joinedWithClock(5 * minute, 10 * minute);
    api().emit('log', closedSocket);
    expect(session.state).toBe('joined');
  });

  it("stays in doubt when a renewal tells the server's time: the app has dropped its connection all the same", async () => {
    const { session, api, clock, backend } = await joinedWithClock(15 * minute, 10 * minute);
    api().emit('log', closedSocket);
    await session.renewToken();
    await clock.pass(0);
    expect(backend.requests).toBe(2);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'in-doubt' });
  });

  it('may still be joined with, as the server goes by its own', async () => {
    const { session, api, options } = await joinedWithClock(15 * minute, 10 * minute);
    expect(session.error).toBeUndefined();
    Object.assign(options, { rejoin: 'auto' });
    api().emit('log', closedSocket);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'by-frame' });
  });

  it('counts by what stands in it: what the endpoint says of its life the app does not know', async () => {
    const made = makeSession();
    made.backend.skew = -15 * minute;
    made.backend.answer = () =>
      Response.json(
        { token: unsignedToken({ iss: 'a', aud: 'jitsi', room: 'team', sub: 'meet.example.org' }), expiresIn: 600 },
        { headers: { date: new Date(made.backend.now()).toUTCString() } },
      );
    void quiet(made.session.join());
    await made.clock.pass(0);
    made.api().join();
    made.api().emit('log', closedSocket);
    expect(made.session.state).toBe('joined');
  });

  it("is looked at again when it ends by the device's clock while the connection may be down", async () => {
    const { session, api, clock } = await joinedWithClock(10 * minute - 5_000, 10 * minute);
    api().emit('dataChannelClosed');
    expect(session.state).toBe('joined');
    await clock.pass(6_000);
    expect(session.recovery).toBe('in-doubt');
  });
});

describe("the app's offer to sign in again in a call", () => {
  it.each(['title', 'description'])('is a sign that it is not one any more (%s)', async (member) => {
    const { session, api } = await joinedWithClock(15 * minute, 10 * minute);
    api().emit('notificationTriggered', { [member]: 'dialog.loginOnResume' });
    expect(session.recovery).toBe('in-doubt');
  });

  it('says nothing while the token is good, and other notices never do', async () => {
    const good = await joinedWithClock(0, 10 * minute);
    good.api().emit('notificationTriggered', { title: 'dialog.loginOnResume' });
    expect(good.session.state).toBe('joined');
    const over = await joinedWithClock(15 * minute, 10 * minute);
    over.api().emit('notificationTriggered', { title: 'notify.moderator' });
    over.api().emit('notificationTriggered', undefined);
    expect(over.session.state).toBe('joined');
  });
});

describe('a guest on a server that wants a token', () => {
  const asked = refusal('token required', { recoverable: true });

  it.each([asked, refusal(null, { recoverable: true })])(
    'is told to sign in, as the dialog in the frame can never succeed',
    async (challenge) => {
      const { session, clock, api, joining } = await ready({ source: {} });
      api().emit('errorOccurred', challenge);
      expect(session).toMatchObject({ state: 'ready', waitingFor: 'sign-in' });
      await clock.pass(999);
      expect(session.state).toBe('ready');
      await clock.pass(1);
      expect(session).toMatchObject({
        state: 'failed',
        error: { code: 'token-auth-required', retryable: false, findings: [{ code: 'token-required' }] },
      });
      expect(session.error!.hint).toMatch(/token/);
      expect(await joining).toMatchObject({ code: 'token-auth-required' });
      expect(FakeApi.live).toEqual([]);
    },
  );

  it('is left alone where the app goes to a sign-in page', async () => {
    const { session, clock, api } = await ready({ source: {} });
    api().emit('errorOccurred', asked);
    await clock.pass(3);
    api().emit('videoConferenceLeft', { roomName: 'team' });
    await clock.pass(10 * minute);
    expect(session).toMatchObject({ state: 'ready', waitingFor: 'sign-in' });
    api().join();
    expect(session.state).toBe('joined');
  });

  it('is left alone where the page says that one signs in inside the app', async () => {
    const deployment = { tokenAuthUrl: 'https://sso.example.org/{room}' };
    const { session, clock, api } = await ready({ source: {}, deployment });
    api().emit('errorOccurred', asked);
    await clock.pass(10 * minute);
    expect(session).toMatchObject({ state: 'ready', waitingFor: 'sign-in' });
  });

  it('is left alone where the server has accounts of its own', async () => {
    const { session, clock, api } = await ready({ source: {} });
    api().emit('errorOccurred', refusal('not-authorized', { recoverable: true }));
    await clock.pass(10 * minute);
    expect(session).toMatchObject({ state: 'ready', waitingFor: 'sign-in' });
  });

  it('is told before there is a frame where the page says that the server takes none', async () => {
    const { session, told } = await opened({ source: {}, deployment: { allowEmptyToken: false } });
    expect(session).toMatchObject({ state: 'failed', error: { code: 'token-auth-required' } });
    expect(FakeApi.instances).toEqual([]);
    expect(told.filter(({ name }) => name === 'meeting-error')).toHaveLength(1);
  });

  it('gets into the app if the server has a sign-in page, or if that is not known', async () => {
    for (const deployment of [{ allowEmptyToken: false, tokenAuthUrl: 'https://sso.example.org' }, {}]) {
      const { session } = await opened({ source: {}, deployment });
      expect(session.state, JSON.stringify(deployment)).toBe('loading');
    }
  });
});

describe('what the person waits for', () => {
  const lobbyScreen = { id: 'local', displayName: '', formattedDisplayName: 'me' };

  it("is the lobby, though the lobby's own screen calls itself prejoin", async () => {
    const { session, api, clock } = await ready();
    api().emit('errorOccurred', membersOnly);
    await clock.pass(200);
    api().emit('prejoinScreenLoaded', lobbyScreen);
    expect(session.waitingFor).toBe('lobby');
    await clock.pass(10 * minute);
    expect(session).toMatchObject({ state: 'ready', waitingFor: 'lobby' });
  });

  it('is the lobby after a prejoin screen, and prejoin after the app begins anew', async () => {
    const { session, api } = await ready();
    api().emit('prejoinScreenLoaded', lobbyScreen);
    expect(session.waitingFor).toBe('prejoin');
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    api().emit('errorOccurred', membersOnly);
    api().emit('prejoinScreenLoaded', lobbyScreen);
    expect(session.waitingFor).toBe('lobby');
    api().emit('ready', {});
    api().emit('prejoinScreenLoaded', lobbyScreen);
    expect(session.waitingFor).toBe('prejoin');
  });

  it.each([
    [
      'a moderator, where Jicofo waits for one',
      'conference.authenticationRequired',
      { recoverable: true },
      'moderator',
    ],
    [
      'a moderator, where the lobby waits for the host',
      'conference.connectionError.membersOnly',
      { params: ['l@lobby.x', true], recoverable: true },
      'moderator',
    ],
    ['the start, where the meeting is not live', 'connection.notLiveError', {}, 'start'],
  ])('is %s', async (_what, name, more, waitingFor) => {
    const { session, api, clock } = await ready();
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    for (let time = 0; time < 5; time++) {
      api().emit('errorOccurred', failure(name, more));
      api().emit('whiteboardStatusChanged', { status: 'RESET' });
      await clock.pass(minute);
      expect(session).toMatchObject({ state: 'ready', waitingFor });
    }
    api().emit('videoConferenceJoined', { id: 'me' });
    expect(session).toMatchObject({ state: 'joined', waitingFor: undefined });
  });

  it('is the conference, for a minute, while the app asks Jicofo for it', async () => {
    const { session, api, clock } = await ready();
    await clock.pass(15_000);
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    await clock.pass(45_000);
    expect(session.state).toBe('ready');
    api().emit('whiteboardStatusChanged', { status: 'RESET' });
    await clock.pass(15_000);
    expect(session).toMatchObject({ state: 'failed', error: { code: 'join-timeout' } });
    expect(session.error!.message).toContain('60 s');
  });

  it('is nothing for longer than 20 s where the token may be met with silence', async () => {
    const made = makeSession();
    made.backend.claims = { sub: undefined };
    void quiet(made.session.join());
    await made.clock.pass(0);
    made.api().emit('ready', {});
    made.api().emit('whiteboardStatusChanged', { status: 'RESET' });
    await made.clock.pass(20_000);
    expect(made.session).toMatchObject({
      state: 'failed',
      error: { code: 'join-timeout', findings: [{ code: 'sub-missing' }] },
    });
  });
});

describe('a refusal without a word', () => {
  it.each([
    ['room', 'room-missing'],
    ['sub', 'sub-missing'],
  ])('has what was found out about the token before: no %s', async (claim, code) => {
    for (const deployment of [undefined, { domainVerification: true, xmppDomain: 'meet.example.org' }]) {
      const made = makeSession({ deployment });
      made.backend.claims = { [claim]: undefined };
      void quiet(made.session.join());
      await made.clock.pass(0);
      // A sure no is told before there is a frame.
      FakeApi.live[0]?.emit('ready', {});
      FakeApi.live[0]?.emit('errorOccurred', refusal(null));
      const { error } = made.session;
      expect(error, JSON.stringify(deployment)).toMatchObject({ code: 'token-rejected' });
      expect(error!.findings?.map((finding) => finding.code)).toContain(code);
      expect(error!.hint).toBe(error!.findings![0]!.fix);
    }
  });

  it('has no findings where there were none', async () => {
    const { session, api } = await ready();
    api().emit('errorOccurred', refusal(null));
    expect(session.error).toMatchObject({ code: 'token-rejected' });
    expect(session.error).not.toHaveProperty('findings');
  });

  it('is not explained by a doubt where the server says what it was', async () => {
    const made = makeSession();
    made.backend.claims = { sub: undefined };
    void quiet(made.session.join());
    await made.clock.pass(0);
    made.api().emit('ready', {});
    made.api().emit('errorOccurred', refusal('Invalid signature'));
    expect(made.session.error!.findings?.map(({ code }) => code)).toEqual(['signature-wrong']);
  });
});

describe('an iframe with another page than the app', () => {
  it('is told 8 s after it has loaded, with the causes of that', async () => {
    const { session, api, clock } = await opened();
    await clock.pass(1_000);
    api().load();
    await clock.pass(7_999);
    expect(session.state).toBe('loading');
    await clock.pass(1);
    expect(session).toMatchObject({ state: 'failed', error: { code: 'iframe-timeout', retryable: true } });
    expect(session.error!.message).toContain('8 s');
    expect(session.error!.hint).toMatch(/404.*502/);
  });

  it('is the fault of the page where its Cross-Origin-Embedder-Policy keeps frames out', async () => {
    vi.stubGlobal('crossOriginIsolated', true);
    try {
      const { session, api, clock } = await opened();
      api().load();
      await clock.pass(8_000);
      expect(session).toMatchObject({ state: 'failed', error: { code: 'page-policy', retryable: false } });
      expect(session.error!.hint).toContain('Cross-Origin-Embedder-Policy');
      const silent = await opened();
      await silent.clock.pass(30_000);
      expect(silent.session.error).toMatchObject({ code: 'page-policy', retryable: false });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('has its time anew at each page that it comes to, and no more than frameTimeout in all', async () => {
    const { session, api, clock } = await opened();
    for (const wait of [6_000, 6_000, 6_000, 6_000, 5_999]) {
      api().load();
      await clock.pass(wait);
      expect(session.state).toBe('loading');
    }
    await clock.pass(1);
    expect(session.error).toMatchObject({ code: 'iframe-timeout' });
  });

  it('is ruled out when the app says ready first or within 8 s, however long joining takes', async () => {
    for (const order of [
      ['load', 'ready'],
      ['ready', 'load'],
    ]) {
      const { session, api, clock } = await opened();
      for (const what of order) {
        if (what === 'load') api().load();
        else api().emit('ready', {});
        await clock.pass(250);
      }
      await clock.pass(15_000);
      expect(session.state).toBe('ready');
      api().join();
      api().load();
      await clock.pass(minute);
      expect(session.state).toBe('joined');
    }
  });

  it('keeps to a frameTimeout that is shorter', async () => {
    const { session, api, clock } = await opened({ frameTimeout: 3_000 });
    await clock.pass(2_000);
    api().load();
    await clock.pass(1_000);
    expect(session.error).toMatchObject({ code: 'iframe-timeout' });
  });
});

describe('a refusal after Join was pressed on the prejoin screen', () => {
  it('costs no second click: the next frame has what was chosen, and no prejoin screen', async () => {
    const { session, clock, api } = await ready({ startVideoMuted: true, userInfo: { displayName: 'Page' } });
    api().emit('audioMuteStatusChanged', { muted: false });
    api().emit('videoMuteStatusChanged', { muted: true });
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('displayNameChange', { id: 'local', displayname: 'Rec' });
    api().emit('displayNameChange', { id: 'other', displayname: 'Nobody' });
    api().emit('videoMuteStatusChanged', { muted: false });
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    expect(FakeApi.instances).toHaveLength(2);
    expect(api().options).toMatchObject({
      configOverwrite: { prejoinConfig: { enabled: false }, startWithVideoMuted: false },
      userInfo: { displayName: 'Rec' },
    });
    expect(api().options.configOverwrite, 'not chosen by the person').not.toHaveProperty('startWithAudioMuted');
    api().join();
    expect(session.state).toBe('joined');
  });

  it('still shows the prejoin screen to a person who has not seen it, and in the next meeting', async () => {
    const { session, clock, api } = await ready();
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    api().emit('ready', {});
    api().emit('errorOccurred', refusal('Invalid signature'));
    expect(session.state).toBe('failed');
    void quiet(session.join());
    await clock.pass(0);
    expect(api().options.configOverwrite).not.toHaveProperty('prejoinConfig');
    api().emit('ready', {});
    api().emit('errorOccurred', membersOnly);
    api().emit('prejoinScreenLoaded', { id: 'local' });
    api().emit('errorOccurred', refusal('Invalid signature'));
    await clock.pass(0);
    expect(api().options.configOverwrite).not.toHaveProperty('prejoinConfig');
  });

  it('takes the token that was renewed meanwhile, without another request', async () => {
    const { session, clock, api, backend } = await ready();
    api().emit('prejoinScreenLoaded', { id: 'local' });
    await clock.pass(3_590_000);
    expect(backend.requests).toBe(2);
    await clock.pass(20_000);
    api().emit('errorOccurred', refusal('Token rejected: verification failed (by exp)'));
    await clock.pass(0);
    expect(backend.requests).toBe(2);
    api().join();
    expect(session.state).toBe('joined');
  });
});

describe('a device without a network', () => {
  it('is said in a meeting as long as that lasts, and no longer', async () => {
    const { session, window } = await joinedWithClock(0, 60 * minute);
    const seen: boolean[] = [];
    session.addEventListener('change', () => seen.push(session.isOffline));
    expect(session.isOffline).toBe(false);
    window.dispatchEvent(new Event('offline'));
    expect(session).toMatchObject({ state: 'joined', isOffline: true });
    window.dispatchEvent(new Event('online'));
    expect(session).toMatchObject({ state: 'joined', isOffline: false });
    expect(seen).toContain(true);
    expect(seen.at(-1)).toBe(false);
  });

  it('costs the first automatic try no pause: it begins again when the network is back', async () => {
    let online = true;
    const waiting = new Set<() => void>();
    const network = {
      isOnline: () => online,
      onBack: (run: () => void) => (waiting.add(run), () => waiting.delete(run)),
    };
    const made = makeSession({ rejoin: 'auto' }, { network });
    const { session, clock, api, backend, window } = made;
    backend.life = 300;
    void quiet(session.join());
    await clock.pass(0);
    api().join();
    backend.answer = () => new Response('', { status: 503 });
    await clock.pass(6 * minute);
    backend.answer = () => backend.token();
    // The log tells of the socket before the browser knows that the line is down.
    api().emit('log', closedSocket);
    await clock.pass(0);
    expect(FakeApi.instances).toHaveLength(2);
    online = false;
    window.dispatchEvent(new Event('offline'));
    await clock.pass(5_000);
    expect(FakeApi.live).toEqual([]);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'by-frame', isOffline: true });
    online = true;
    for (const run of waiting) run();
    window.dispatchEvent(new Event('online'));
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
    expect(FakeApi.instances).toHaveLength(3);
  });

  it('does not wait out a pause once the network is back', async () => {
    const made = makeSession({ rejoin: 'auto' });
    const { session, clock, api, window } = made;
    void quiet(session.join());
    await clock.pass(0);
    api().join();
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    api().emit('errorOccurred', fatal);
    expect(session.recovery).toBe('paused');
    window.dispatchEvent(new Event('online'));
    await clock.pass(0);
    api().join();
    expect(session.state).toBe('joined');
  });
});

describe('an expired token that the page gave', () => {
  const tokenOf = (life: number, now: number): string =>
    unsignedToken({
      iss: 'a',
      aud: 'jitsi',
      room: 'team',
      sub: 'meet.example.org',
      exp: Math.floor(now / 1000) + life,
    });

  it('can be replaced by the page alone, so the visitor is not asked to try again', async () => {
    const made = makeSession({ source: {} });
    made.options.source = { token: tokenOf(4, made.clock.now()) };
    void quiet(made.session.join());
    await made.clock.pass(0);
    made.api().join();
    void made.session.leave();
    // By a device's clock alone a token is over for sure after a day.
    await made.clock.pass(25 * 60 * minute);
    void quiet(made.session.join());
    await made.clock.pass(0);
    expect(made.session).toMatchObject({
      state: 'failed',
      error: { code: 'token-expired', detail: 'only-page', retryable: false },
    });
    expect(made.session.error!.hint).toMatch(/tokenProvider.*token-url/);
    made.options.source = { token: tokenOf(600, made.clock.now()) };
    void quiet(made.session.join());
    await made.clock.pass(0);
    expect(made.session.state, 'the page has given another').toBe('loading');
  });

  it('is told the same where the server finds out', async () => {
    const made = makeSession({ source: {} });
    made.options.source = { token: tokenOf(600, made.clock.now()) };
    void quiet(made.session.join());
    await made.clock.pass(0);
    made.api().emit('ready', {});
    made.api().emit('errorOccurred', refusal('Token rejected: verification failed (by exp)'));
    expect(made.session.error).toMatchObject({ code: 'token-expired', detail: 'only-page', retryable: false });
    expect(made.session.error!.findings).toHaveLength(1);
  });

  it('is worth a try where an endpoint signs each anew', async () => {
    const made = makeSession();
    made.backend.life = -10;
    void quiet(made.session.join());
    await made.clock.pass(0);
    expect(made.session.error).toMatchObject({ code: 'token-expired', retryable: true });
    expect(made.session.error).not.toHaveProperty('detail');
  });
});
