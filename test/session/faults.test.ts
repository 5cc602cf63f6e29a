import { afterEach, describe, expect, it, vi } from 'vitest';
import { stateKey } from '../../src/elements/screens/view.js';
import type { ErrorCode } from '../../src/errors.js';
import { loadExternalApi } from '../../src/jitsi/load.js';
import type { EndReason, MeetingStateName } from '../../src/session/machine.js';
import { settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';
import { CountingTarget, fakePage, type ScriptFault } from '../support/fake-page.js';
import { makeSession } from '../support/session.js';
import { stat } from '../support/stats.js';

/** ms, as everything here. */
const latency = { token: 50, script: 80, ready: 500, joined: 1_000, fault: 2_000 };
/** A script that failed is loaded again after a second. */
const secondScript = latency.script + 1_000 + latency.script;
const never = Infinity;

/** What the endpoint does to every request, how long until that is known, and what it comes to. */
const tokenFaults = {
  fine: { tries: 1, after: latency.token },
  refused: { tries: 3, after: 2_150, fails: 'token-network' },
  hangs: { tries: 3, after: 32_000, fails: 'token-timeout' },
  '401': { tries: 1, after: latency.token, fails: 'token-auth-required' },
  '403': { tries: 1, after: latency.token, fails: 'token-forbidden' },
  '404': { tries: 1, after: latency.token, fails: 'token-endpoint-invalid' },
  '429, Retry-After 5 s': { tries: 3, after: 10_550, fails: 'token-rate-limited' },
  '500 then fine': { tries: 2, after: 600 },
  HTML: { tries: 1, after: latency.token, fails: 'token-response-invalid' },
  empty: { tries: 1, after: latency.token, fails: 'token-response-invalid' },
  expired: { tries: 1, after: latency.token, unfit: 'token-expired' },
  'not yet valid': { tries: 1, after: latency.token, unfit: 'token-not-yet-valid' },
  'for another room': { tries: 1, after: latency.token, unfit: 'token-rejected' },
} as const satisfies Record<string, { tries: number; after: number; fails?: ErrorCode; unfit?: ErrorCode }>;
type TokenFault = keyof typeof tokenFaults;

const scriptFaults: Record<ScriptFault, { after: number; fails?: ErrorCode }> = {
  fine: { after: latency.script },
  '404': { after: secondScript, fails: 'script-load' },
  hangs: { after: 20_000, fails: 'script-timeout' },
  throws: { after: latency.script, fails: 'script-invalid' },
  'wrong global': { after: latency.script, fails: 'script-invalid' },
  'fails once': { after: secondScript },
};

type FrameFault = 'fine' | 'never ready' | 'dies while joined' | 'kicked' | 'hangs up';
const frameFaults: FrameFault[] = ['fine', 'never ready', 'dies while joined', 'kicked', 'hangs up'];

const removals: Record<string, number> = {
  before: 0,
  'while token and script load': 20,
  'while the frame loads': 300,
  'while joining': 900,
  'after joining': 1_700,
  'after 15 s': 15_000,
  'after a minute': 60_000,
  'not at all': never,
};

interface Case {
  token: TokenFault;
  script: ScriptFault;
  frame: FrameFault;
  removal: string;
}

const cases: Case[] = (Object.keys(tokenFaults) as TokenFault[]).flatMap((token) =>
  (Object.keys(scriptFaults) as ScriptFault[]).flatMap((script) =>
    frameFaults.flatMap((frame) => Object.keys(removals).map((removal) => ({ token, script, frame, removal }))),
  ),
);

interface Outcome {
  state: MeetingStateName;
  reason?: EndReason;
  error?: ErrorCode;
  /** What the last `join()` came to. */
  joining: 'joined' | ErrorCode;
}

/** As a person would tell it: whichever of token and script fails first is the reason; then the frame has its turn. */
function attempt({ token, script, frame }: Case): { after: number; fails?: ErrorCode } {
  const t: { after: number; fails?: ErrorCode; unfit?: ErrorCode } = tokenFaults[token];
  const s = scriptFaults[script];
  const failures = [t, s].filter(({ fails }) => fails).sort((one, other) => one.after - other.after);
  if (failures[0]) return failures[0];
  const opened = Math.max(t.after, s.after);
  if (t.unfit) return { after: opened, fails: t.unfit };
  if (frame === 'never ready') return { after: opened + 30_000, fails: 'iframe-timeout' };
  return { after: opened + latency.joined };
}

/** The model: a few rules, no states. */
function expected(one: Case): Outcome {
  const removed = removals[one.removal]!;
  const { after: now, fails } = attempt(one);
  if (removed < now) return { state: 'idle', joining: 'aborted' };
  if (fails && removed < never) return { state: 'idle', joining: fails };
  if (fails) return { state: 'failed', error: fails, joining: fails };
  const joining = 'joined';
  const isOver = removed > now + latency.fault;
  if (isOver && one.frame === 'kicked') return { state: 'ended', reason: 'kicked', joining };
  if (isOver && one.frame === 'hangs up') return { state: 'ended', reason: 'left', joining };
  return removed === never ? { state: 'joined', joining } : { state: 'ended', reason: 'host-left', joining };
}

const nothing = { requests: 0, frames: 0, listeners: 0, timers: 0 };

let domains = 0;

async function run(one: Case) {
  const window = new CountingTarget();
  const document = new CountingTarget();
  const domain = `m${++domains}.example.org`;
  const made = makeSession(
    { domain },
    {
      surroundings: { window, document },
      loadApi: (script, signal) => loadExternalApi(script, { clock: made.clock, signal }),
    },
  );
  const { session, clock, backend } = made;
  /** Timers of the outside world, which the session does not have to stop. */
  let worldly = 0;
  const later = (delay: number, happen: () => void): void => {
    worldly++;
    clock.after(delay, () => (worldly--, happen()));
  };

  class Frame extends FakeApi {
    constructor(...args: ConstructorParameters<typeof FakeApi>) {
      super(...args);
      const first = FakeApi.instances.length === 1;
      if (one.frame === 'never ready') return;
      this.#later(latency.ready, 'ready', {});
      this.#later(latency.joined, 'videoConferenceJoined', { id: 'me' });
      if (!first) return;
      const over = latency.joined + latency.fault;
      if (one.frame === 'kicked')
        this.#later(over, 'participantKickedOut', { kicked: { id: 'me', local: true }, kicker: { id: 'b' } });
      if (one.frame === 'hangs up') this.#later(over, 'readyToClose', {});
      if (one.frame === 'dies while joined')
        this.#later(over, 'errorOccurred', {
          error: { name: 'conference.focusLeft', type: 'CONFERENCE', isFatal: true },
        });
    }
    #later(delay: number, name: string, payload: object): void {
      later(delay, () => this.emit(name, payload));
    }
  }
  const page = fakePage(later, one.script, Frame, latency.script);
  vi.stubGlobal('window', page.window);
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('Document', page.Document);
  vi.stubGlobal('Node', page.Document);

  const now = (): number => Math.floor(backend.now() / 1000);
  const answers: Record<TokenFault, () => Response | Promise<Response>> = {
    fine: () => backend.token(),
    refused: () => Promise.reject(new TypeError('refused')),
    hangs: () => new Promise(() => {}),
    '401': () => new Response('', { status: 401 }),
    '403': () => new Response('', { status: 403 }),
    '404': () => new Response('', { status: 404 }),
    '429, Retry-After 5 s': () => new Response('', { status: 429, headers: { 'retry-after': '5' } }),
    '500 then fine': () => (backend.requests === 1 ? new Response('', { status: 500 }) : backend.token()),
    HTML: () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
    empty: () => new Response(null, { status: 204 }),
    expired: () => backend.token({ iat: now() - 7200, exp: now() - 3600 }),
    'not yet valid': () => backend.token({ nbf: now() + 3600, exp: now() + 7200 }),
    'for another room': () => backend.token({ room: 'other' }),
  };
  let mostOpen = 0;
  backend.answer = (): Promise<Response> => {
    mostOpen = Math.max(mostOpen, backend.open);
    return new Promise((resolve, reject) =>
      later(latency.token, () => void Promise.resolve(answers[one.token]()).then(resolve, reject)),
    );
  };

  let joining: unknown = 'pending';
  session.join().then(
    () => (joining = 'joined'),
    (error: { code: string }) => (joining = error.code),
  );
  const left = () => ({
    requests: backend.open,
    frames: FakeApi.live.length,
    listeners: window.listeners + document.listeners,
    timers: clock.timers - worldly,
  });

  const removed = removals[one.removal]!;
  if (removed !== never) {
    if (removed > 0) await clock.pass(removed);
    session.remove();
    await settle();
    expect(left(), 'at once after the removal').toEqual(nothing);
  }
  await clock.pass(40_000);
  return { ...made, page, join: () => joining, left, mostOpen: () => mostOpen };
}

afterEach(() => vi.unstubAllGlobals());

describe('every pair of token, script and frame, and every time of removal', () => {
  it(`are ${cases.length} combinations`, () => {
    stat(
      `fault matrix: ${Object.keys(tokenFaults).length} token x ${Object.keys(scriptFaults).length} script x ` +
        `${frameFaults.length} frame x ${Object.keys(removals).length} times of removal = ${cases.length} combinations`,
    );
    expect(cases).toHaveLength(3_120);
  });

  const groups = Object.keys(tokenFaults).flatMap((token) =>
    Object.keys(scriptFaults).map((script) => ({ token, script })),
  );
  it.each(groups)('token $token, script $script', async ({ token, script }) => {
    for (const one of cases.filter((each) => each.token === token && each.script === script)) {
      const { session, join, left, clock, page, mostOpen } = await run(one);
      const outcome = expected(one);
      const name = `frame ${one.frame}, removed ${one.removal}`;
      expect(
        { state: session.state, reason: session.reason, error: session.error?.code, joining: join() },
        name,
      ).toEqual({ reason: undefined, error: undefined, ...outcome });
      const reads: Partial<Record<MeetingStateName, string | undefined>> = {
        idle: 'placeholder',
        joined: 'joined',
        // What this token is refused for is told more closely.
        failed: outcome.error === 'token-rejected' ? 'other-room' : outcome.error,
        ended: `ended-${outcome.reason}`,
      };
      const { state, reason, error, waitingFor, recovery } = session;
      expect(stateKey({ state, reason, error, waitingFor, recovery, offline: false }), name).toBe(reads[outcome.state]);
      expect(mostOpen(), name).toBe(Math.min(1, mostOpen()));
      session.remove();
      expect(left(), name).toEqual(nothing);
      expect([clock.timers, page.scripts.size, page.window], name).toEqual([0, 0, {}]);
    }
  });
});
