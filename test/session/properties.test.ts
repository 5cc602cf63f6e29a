import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import type { JitsiMeetExternalAPIConstructor } from '../../src/jitsi/methods.js';
import type { TokenRequest } from '../../src/token/types.js';
import { settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';
import { unsignedToken } from '../support/jwt.js';
import { makeSession } from '../support/session.js';
import { stat } from '../support/stats.js';

/** FAST_CHECK_RUNS=10000 looks longer. */
const numRuns = Number(process.env['FAST_CHECK_RUNS'] ?? 80);
const second = 1_000;
const minute = 60 * second;

/** Knows whether the app in it believes to be in the meeting. */
class App extends FakeApi {
  inMeeting = false;

  override emit(name: string, ...args: unknown[]): boolean {
    if (name === 'videoConferenceJoined') this.inMeeting = true;
    if (name === 'videoConferenceLeft' || name === 'ready') this.inMeeting = false;
    return super.emit(name, ...args);
  }
}

const kicked = { kicked: { id: 'me', local: true }, kicker: { id: 'other' } };
const failure = (name: string, more: object) => ({ error: { name, params: [], ...more } });

/** Everything an app may say that means something for the meeting. */
const says: [string, object][] = [
  ['ready', {}],
  ['ready', {}],
  ['videoConferenceJoined', { id: 'me' }],
  ['videoConferenceJoined', { id: 'me' }],
  ['videoConferenceLeft', {}],
  ['readyToClose', {}],
  ['prejoinScreenLoaded', { id: 'local' }],
  ['passwordRequired', {}],
  ['participantKickedOut', kicked],
  ['participantJoined', { id: 'other' }],
  ['participantRoleChanged', { id: 'me', role: 'moderator' }],
  ['audioMuteStatusChanged', { muted: true }],
  ['dataChannelClosed', {}],
  ['log', { logLevel: 'error', args: ['Websocket closed unexpectedly'] }],
  ['suspendDetected', {}],
  ['errorOccurred', failure('conference.destroyed', { type: 'CONFERENCE', isFatal: false })],
  ['errorOccurred', failure('conference.focusLeft', { type: 'CONFERENCE', isFatal: true })],
  ['errorOccurred', failure('connection.otherError', { type: 'CONNECTION', isFatal: true })],
  [
    'errorOccurred',
    failure('connection.passwordRequired', { type: 'CONNECTION', isFatal: false, message: 'Invalid signature' }),
  ],
  ['errorOccurred', failure('conference.connectionError.notAllowed', { type: 'CONFERENCE', isFatal: false })],
  ['errorOccurred', failure('conference.connectionError.membersOnly', { type: 'CONFERENCE', recoverable: true })],
];

type Session = Awaited<ReturnType<typeof world>>;
type Act = (all: Session) => unknown;
interface Step {
  name: string;
  act: Act;
}

async function world() {
  const made = makeSession(
    {},
    {
      loadApi: () =>
        new Promise((resolve, reject) =>
          made.clock.after(50, () => {
            if (faults.script) resolve(App as unknown as JitsiMeetExternalAPIConstructor);
            else reject(new JitsiMeetingError('script-load', 'no', { hint: 'no', retryable: true }));
          }),
        ),
      network: {
        isOnline: () => device.online,
        onBack: (run) => {
          made.window.addEventListener('online', run, { once: true });
          return () => made.window.removeEventListener('online', run);
        },
      },
    },
  );
  const device = { online: true };
  const { session, clock, backend, options } = made;
  const faults: { script: boolean; token: 'fine' | 'slow' | 'hangs' | 'refused' | number } = {
    script: true,
    token: 'fine',
  };
  backend.claims = { room: '*' };
  backend.life = 300;
  backend.answer = () => {
    const { token } = faults;
    if (token === 'fine') return backend.token();
    if (token === 'refused') throw new TypeError('refused');
    if (typeof token === 'number') return new Response('', { status: token });
    return new Promise((resolve) => token === 'slow' && void clock.after(3 * second, () => resolve(backend.token())));
  };
  /** What the page still means to do at some event. */
  const intentions = new AbortController();
  const promises: { what: string; open: boolean }[] = [];
  const follow = (what: string, promise: Promise<void>): void => {
    const one = { what, open: true };
    promises.push(one);
    promise.then(
      () => (one.open = false),
      (error: unknown) => {
        one.open = false;
        expect(error).toBeInstanceOf(JitsiMeetingError);
      },
    );
  };
  return {
    ...made,
    faults,
    promises,
    intentions,
    join: () => follow('join', session.join()),
    leave: () => follow('leave', session.leave()),
    renew: () => follow('renew', session.renewToken()),
    go(room: string): void {
      options.room = room;
      session.update();
    },
    say(name: string, payload: object): void {
      FakeApi.live[0]?.emit(name, payload);
    },
    network(online: boolean): void {
      device.online = online;
      made.window.dispatchEvent(new Event(online ? 'online' : 'offline'));
    },
    /** All works from now on, and the page has no more to say. */
    mend(): void {
      intentions.abort();
      Object.assign(faults, { script: true, token: 'fine' });
      options.source = { endpoint: { url: 'https://www.example.org/api/token' } };
      this.network(true);
      if (!options.room) this.go('team');
    },
    async enter(): Promise<void> {
      this.join();
      await clock.pass(100);
      FakeApi.live[0]?.join();
    },
    /** Two minutes in which every app does what it should. */
    async settleDown(): Promise<void> {
      for (let time = 0; time < 24; time++) {
        await clock.pass(5 * second);
        for (const app of FakeApi.live as App[]) if (!app.inMeeting) app.join();
      }
    },
  };
}

const step = (name: string, act: Act): Step => ({ name, act });
const oneOf = <T>(name: string, values: readonly T[], act: (all: Session, value: T) => unknown): fc.Arbitrary<Step> =>
  fc.constantFrom(...values).map((value) => step(`${name} ${JSON.stringify(value)}`, (all) => act(all, value)));

const calls = fc.constantFrom(
  step('join', (all) => all.join()),
  step('join', (all) => all.join()),
  step('leave', (all) => all.leave()),
  step('remove', (all) => all.session.remove()),
  step('unload', (all) => all.session.unload()),
  step('renew', (all) => all.renew()),
  step('warm up', (all) => all.session.warmUp('script-and-token')),
);
const options = fc.oneof(
  oneOf('room', ['team', 'other', ''], (all, room) => all.go(room)),
  oneOf('rejoin', ['auto', 'manual'] as const, (all, rejoin) => (all.options.rejoin = rejoin)),
  oneOf('name', ['Ada', 'Bob'], (all, displayName) => {
    all.options.displayName = displayName;
    all.session.update();
  }),
  oneOf('source', ['endpoint', 'provider', 'token', 'none'] as const, (all, kind) => {
    const exp = Math.floor(all.clock.now() / 1000) + 300;
    all.options.source = {
      endpoint: { endpoint: { url: 'https://www.example.org/api/token' } },
      provider: {
        provider: async ({ signal }: TokenRequest) =>
          (await (await all.backend.fetch('https://www.example.org/own', { signal })).json()) as { token: string },
      },
      token: { token: unsignedToken({ room: '*', exp }) },
      none: {},
    }[kind];
    all.session.update();
  }),
);
const faultSteps = fc.oneof(
  oneOf(
    'endpoint',
    ['fine', 'slow', 'hangs', 'refused', 401, 429, 500] as const,
    (all, token) => (all.faults.token = token),
  ),
  oneOf('script', [true, false], (all, works) => (all.faults.script = works)),
);
const appEvents = oneOf('app says', says, (all, [name, payload]) => all.say(name, payload));
const surroundings = fc.oneof(
  oneOf('network', [false, true], (all, online) => all.network(online)),
  oneOf('document', ['freeze', 'resume'], ({ document }, name) => document.dispatchEvent(new Event(name))),
  fc.constant(
    step('page hidden', ({ window }) =>
      window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true })),
    ),
  ),
);
const time = fc.oneof(
  oneOf('pass', [0, 60, 600, 3 * second, 12 * second, 50 * second, 5 * minute], ({ clock }, ms) => clock.pass(ms)),
  oneOf('jump', [-60 * minute, 30 * second, 7 * 60 * minute], ({ clock }, ms) => clock.jump(ms)),
);
const simple = fc.oneof(
  { weight: 5, arbitrary: calls },
  { weight: 2, arbitrary: options },
  { weight: 2, arbitrary: faultSteps },
  { weight: 8, arbitrary: appEvents },
  { weight: 1, arbitrary: surroundings },
);
/** What a page does in answer to an event, before that event has reached everybody. */
const answering = fc
  .tuple(
    fc.constantFrom(
      'meeting-state-change',
      'meeting-error',
      'token-received',
      'token-renewed',
      'videoConferenceJoined',
    ),
    calls,
  )
  .map(([event, { name, act }]) =>
    step(`at the next ${event}: ${name}`, (all) =>
      all.session.addEventListener(event, () => void act(all), { once: true, signal: all.intentions.signal }),
    ),
  );
/** Most of what can go wrong does so in a meeting. */
const beginnings = fc.constantFrom(
  step('nothing', () => {}),
  step('in a meeting', (all) => all.enter()),
  step('in a meeting whose token is over', async (all) => {
    await all.enter();
    all.faults.token = 'refused';
    await all.clock.pass(6 * minute);
    all.faults.token = 'fine';
  }),
);
const later = fc.array(
  fc.oneof({ weight: 12, arbitrary: simple }, { weight: 8, arbitrary: time }, { weight: 1, arbitrary: answering }),
  { maxLength: 40, size: 'max' },
);

/** What the sequences led to, so that one can see that they lead anywhere. */
const visits = new Map<string, number>();
let sequences = 0;

afterAll(() => {
  const list = [...visits].map(([name, count]) => `${name} ${count}`).join(', ');
  stat(`properties: ${sequences} sequences, through ${list}`);
});

const steps = fc.tuple(beginnings, later).map(([beginning, rest]) => [beginning, ...rest]);

async function play(sequence: Step[]): Promise<Session> {
  const all = await world();
  const { session, backend, told } = all;
  for (const { act } of sequence) {
    await act(all);
    await settle();
    const { state } = session;
    expect(FakeApi.live.length, 'frames').toBeLessThanOrEqual(1);
    expect(backend.open, 'token requests').toBeLessThanOrEqual(1);
    if (['idle', 'connecting', 'ended', 'failed'].includes(state)) expect(FakeApi.live.length, state).toBe(0);
    if (['loading', 'ready', 'joined', 'leaving'].includes(state)) expect(FakeApi.live.length, state).toBe(1);
    expect(session.reason !== undefined, 'a reason').toBe(state === 'ended');
    if (state === 'failed') expect(session.error).toBeDefined();
    else if (state !== 'ended') expect(session.error).toBeUndefined();
  }
  sequences++;
  let previous: unknown = 'idle';
  for (const { name, detail } of told) {
    if (name !== 'meeting-state-change') continue;
    expect(detail['previous']).toBe(previous);
    expect(detail['state']).not.toBe(previous);
    previous = detail['state'];
    const seen = String(detail['reason'] ?? previous);
    visits.set(seen, (visits.get(seen) ?? 0) + 1);
  }
  return all;
}

const check = (property: (sequence: Step[]) => Promise<void>): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      steps.map((sequence) => Object.assign(sequence, { toString: () => sequence.map(({ name }) => name).join(', ') })),
      property,
    ),
    { numRuns },
  );

describe('whatever happens before, in whatever order', () => {
  it.each(['leave', 'remove'] as const)('%s leaves nothing, and every promise is kept or broken', async (last) => {
    await check(async (sequence) => {
      const all = await play(sequence);
      all.intentions.abort();
      if (last === 'leave') all.leave();
      else all.session.remove();
      // The app has 2 s to say goodbye to a leave; nothing waits for the rest.
      await all.clock.pass(last === 'leave' ? 2 * second : 0);
      expect(FakeApi.live).toHaveLength(0);
      expect(all.backend.open).toBe(0);
      expect(all.promises.filter(({ open }) => open)).toEqual([]);
      expect(['idle', 'ended', 'failed']).toContain(all.session.state);
      await all.clock.pass(minute);
      expect(all.clock.timers).toBe(0);
      expect(all.backend.open).toBe(0);
    });
  });

  it.each(['join', 'leave, join', 'remove, join', 'join, leave, join'])('%s ends in the meeting', async (last) => {
    await check(async (sequence) => {
      const all = await play(sequence);
      all.mend();
      await all.settleDown();
      for (const call of last.split(', ')) {
        if (call === 'remove') all.session.remove();
        else if (call === 'leave') all.leave();
        else all.join();
      }
      await all.settleDown();
      expect(all.session.state).toBe('joined');
      expect(all.session.recovery).toBeUndefined();
      expect(FakeApi.live[0]?.options.roomName).toBe(all.options.room);
      expect(all.promises.filter(({ open }) => open)).toEqual([]);
    });
  });

  it('a change of room ends in the other room, if in a meeting, and else changes nothing', async () => {
    await check(async (sequence) => {
      const all = await play(sequence);
      all.mend();
      await all.settleDown();
      const { state } = all.session;
      const room = all.options.room === 'team' ? 'other' : 'team';
      const frames = FakeApi.instances.length;
      all.go(room);
      await all.settleDown();
      const inMeeting = !['idle', 'ended', 'failed'].includes(state);
      expect(all.session.state).toBe(inMeeting ? 'joined' : state);
      if (inMeeting) expect(FakeApi.live[0]?.options.roomName).toBe(room);
      expect(FakeApi.instances.length).toBe(inMeeting ? frames + 1 : frames);
    });
  });
});
