import { expect, it } from 'vitest';
import { inputs, times } from '../../src/session/machine-types.js';
import { machine, next, type Guard, type Input, type NodeName } from '../../src/session/machine.js';
import { settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';
import { CountingTarget } from '../support/fake-page.js';
import { makeSession } from '../support/session.js';
import { stat } from '../support/stats.js';

const minute = 60_000;
const failure = (name: string, more: object) => ({ error: { name, params: [], ...more } });
const fatal = failure('conference.focusLeft', { type: 'CONFERENCE', isFatal: true });
const refusals = {
  connect: failure('connection.passwordRequired', { type: 'CONNECTION', isFatal: false, message: 'Invalid signature' }),
  join: failure('conference.connectionError.notAllowed', { type: 'CONFERENCE', isFatal: false }),
};

/** A session whose token requests wait until the test answers them. */
function world() {
  const surroundings = { window: new CountingTarget(), document: new CountingTarget() };
  const made = makeSession({}, { surroundings });
  const { session, clock, backend } = made;
  backend.claims = { room: '*' };
  let respond: ((response: Response) => void) | undefined;
  const hold = (): void => {
    backend.answer = () => new Promise((resolve) => (respond = resolve));
  };
  return {
    ...made,
    ...surroundings,
    hold,
    fine: (): void => void (backend.answer = () => backend.token()),
    /** The source of tokens that comes late. */
    given: made.options.source,
    answer: (response: Response): void => respond?.(response),
    say: (name: string, payload: object = {}): void => void FakeApi.instances.at(-1)?.emit(name, payload),
    join: (): void => void session.join().catch(() => {}),
    async enter(): Promise<void> {
      session.join().catch(() => {});
      await clock.pass(0);
      made.api().join();
    },
  };
}
type World = ReturnType<typeof world>;

/** The way to each node. */
const ways: Record<NodeName, (all: World) => Promise<void> | void> = {
  idle: () => {},
  connecting({ hold, join }) {
    hold();
    join();
  },
  async loading({ join, clock }) {
    join();
    await clock.pass(0);
  },
  async starting(all) {
    await ways.loading(all);
    all.api().load();
  },
  async joining(all) {
    await ways.loading(all);
    all.say('ready');
  },
  async entering(all) {
    await ways.joining(all);
    all.say('whiteboardStatusChanged', { status: 'RESET' });
  },
  async challenged(all) {
    const { source } = all.options;
    all.options.source = {};
    await ways.joining(all);
    all.options.source = source;
    all.say('errorOccurred', failure('connection.passwordRequired', { type: 'CONNECTION', recoverable: true }));
  },
  async waiting(all) {
    await ways.joining(all);
    all.say('prejoinScreenLoaded', { id: 'local' });
  },
  joined: ({ enter }) => enter(),
  async parting(all) {
    await all.enter();
    all.say('videoConferenceLeft');
  },
  async moving(all) {
    await ways.parting(all);
    all.say('whiteboardStatusChanged', { status: 'RESET' });
  },
  async interrupted(all) {
    await ways.parting(all);
    await all.clock.pass(times.part);
  },
  async 'presumed-dead'(all) {
    all.backend.life = 300;
    await all.enter();
    all.backend.answer = () => new Response('', { status: 503 });
    await all.clock.pass(6 * minute);
    all.say('dataChannelClosed');
  },
  async 'backing-off'(all) {
    await all.enter();
    all.say('errorOccurred', fatal);
    await all.clock.pass(0);
    all.say('errorOccurred', fatal);
  },
  async renewing(all) {
    await all.enter();
    all.hold();
    all.say('errorOccurred', fatal);
  },
  async 'frame-reloading'(all) {
    await all.enter();
    all.say('errorOccurred', fatal);
    await all.clock.pass(0);
  },
  async leaving(all) {
    await all.enter();
    void all.session.leave();
  },
  async restarting(all) {
    await all.enter();
    all.options.room = 'other';
    all.session.update();
  },
  async ended(all) {
    await all.enter();
    all.api().hangUp();
  },
  async failed({ backend, join, clock }) {
    backend.answer = () => new Response('', { status: 403 });
    join();
    await clock.pass(0);
  },
};

/**
 * How a test causes each input. Without a frame, the last one causes it; without a request, its answer comes too late.
 */
const acts: Record<Input, (all: World, node: NodeName) => unknown> = {
  join: ({ join }) => join(),
  leave: ({ session }) => void session.leave(),
  remove: ({ session }) => session.remove(),
  restart({ session, options }) {
    options.room = 'a third';
    session.update();
  },
  sourceCame({ session, options, given }) {
    options.source = given;
    session.update();
  },
  hide: ({ window }) => window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true })),
  unload: ({ session }) => session.unload(),
  offline: ({ window }) => window.dispatchEvent(new Event('offline')),
  online: ({ window }) => window.dispatchEvent(new Event('online')),
  frameLoaded: () => FakeApi.instances.at(-1)?.load(),
  appAccepted: ({ say }) => say('whiteboardStatusChanged', { status: 'RESET' }),
  prepared: ({ answer, backend }) => (answer(backend.token()), settle()),
  unprepared: ({ answer, clock }) => (answer(new Response('', { status: 403 })), clock.pass(0)),
  appReady: ({ say }) => say('ready'),
  appWaiting: ({ say }) => say('passwordRequired'),
  appJoined: ({ say }) => say('videoConferenceJoined', { id: 'me' }),
  appLeft: ({ say }) => say('videoConferenceLeft'),
  appClosed: ({ say }) => say('readyToClose'),
  kicked: ({ say }) => say('participantKickedOut', { kicked: { id: 'me', local: true }, kicker: { id: 'other' } }),
  destroyed: ({ say }) => say('errorOccurred', failure('conference.destroyed', { type: 'CONFERENCE', isFatal: false })),
  refused: ({ say }) => say('errorOccurred', refusals.join),
  fatal: ({ say }) => say('errorOccurred', fatal),
  suspect: ({ say }) => say('peerConnectionFailure', { isP2P: false, wasConnected: true }),
  alive: ({ say }) => say('participantJoined', { id: 'other' }),
  timeout({ clock }, node) {
    const { timer } = machine[node];
    return clock.pass(timer === undefined ? 5_000 : timer === 'backOff' ? 4_000 : times[timer]);
  },
};

const nodes = Object.keys(machine) as NodeName[];
const allInputs = Object.keys(inputs) as Input[];

it(`has all ${nodes.length * allInputs.length} pairs of node and input`, () => {
  stat(`pairs: ${nodes.length} nodes x ${allInputs.length} inputs = ${nodes.length * allInputs.length}`);
  expect(Object.keys(ways).sort()).toEqual([...nodes].sort());
  expect(Object.keys(acts).sort()).toEqual([...allInputs].sort());
});

/** Two meetings of one page: what is asked of the session by the guards differs between them. */
const settings = [
  { rejoin: 'manual', refusedAt: 'join' },
  { rejoin: 'auto', refusedAt: 'connect' },
] as const;

const neverJoined: readonly NodeName[] = [
  'idle',
  'connecting',
  'loading',
  'starting',
  'joining',
  'entering',
  'waiting',
  'challenged',
  'failed',
];
/** Where a guest gets without having been joined. */
const guestNodes = neverJoined.filter((node) => machine[node].holds !== 'nothing');
/** Where the token came from the backend before the person or a meeting took its time. */
const withKeptToken: readonly NodeName[] = [
  'waiting',
  'challenged',
  'joined',
  'parting',
  'moving',
  'interrupted',
  'presumed-dead',
];

/** What the guards are to say, by the way to the node and not by the session. */
const truths: Record<Guard, (node: NodeName, input: Input, setting: (typeof settings)[number]) => boolean> = {
  wasJoined: (node) => !neverJoined.includes(node),
  triesLeft: () => true,
  autoRejoin: (_node, _input, { rejoin }) => rejoin === 'auto',
  mayTryAgain: () => false,
  // Of a refusal at joining the server gives no reason, and this token has nothing to object to.
  tokenFailed: (_node, input, { refusedAt }) =>
    input === 'unprepared' || (input === 'refused' && refusedAt === 'connect'),
  guestCannotSignIn: () => false,
  onPrejoin: (node) => node === 'waiting',
  tokenFaultless: () => true,
  tokenOver: (node) => node === 'presumed-dead',
  freshTokenMayHelp: (node, input, { refusedAt }) =>
    input === 'refused' && refusedAt === 'connect' && withKeptToken.includes(node),
};

it.each(nodes.flatMap((node) => settings.map((setting) => ({ node, ...setting }))))(
  '$node, rejoin $rejoin: every input takes the step of the table, with one frame at most, and nothing is left',
  async ({ node, ...setting }) => {
    for (const input of allInputs) {
      const pair = `${input} at ${node}`;
      const all = world();
      const { session, backend, clock, window, document } = all;
      if (input === 'sourceCame' && guestNodes.includes(node)) all.options.source = {};
      await ways[node](all);
      const { reason, recovery } = session;
      expect({ state: session.state, recovery }, `the way to ${node}`).toEqual(seen(node));
      const frames = FakeApi.instances.length;
      // What is asked for from now on is not answered, so that one step is one step.
      if (machine[node].holds !== 'preparation') all.hold();
      Object.assign(all.options, { rejoin: setting.rejoin });

      if (input === 'refused') all.say('errorOccurred', refusals[setting.refusedAt]);
      else await acts[input](all, node);

      const step = next(node, input, (guard) => truths[guard](node, input, setting));
      const now = step?.to ?? node;
      expect({ state: session.state, recovery: session.recovery }, pair).toEqual(seen(now));
      expect(session.reason, pair).toBe(step ? step.reason : reason);
      expect(FakeApi.live.length, pair).toBe(machine[now].holds === 'frame' ? 1 : 0);
      expect(FakeApi.instances.length - frames, pair).toBe(step && input === 'prepared' ? 1 : 0);
      expect(backend.open, pair).toBeLessThanOrEqual(1);

      session.remove();
      await settle();
      expect([FakeApi.live.length, backend.open, window.listeners, document.listeners], pair).toEqual([0, 0, 0, 0]);
      expect(clock.timers, pair).toBe(0);
    }
  },
);

/** As much of a node as a page sees. */
function seen(node: NodeName) {
  const { state, recovery } = machine[node];
  return { state, recovery };
}
