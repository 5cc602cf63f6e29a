import { expect } from '@open-wc/testing';
import type { EndReason, ErrorCode, JitsiMeetingElement, MeetingStateName } from '../../src/index.js';
import '../../src/index.js';
import { en, type MessageKey } from '../../src/locale/en.js';
import { accountedMeeting, hastyClock, watchListeners, type Accounts } from '../support/leftovers.js';
import { pairwise } from '../support/pairwise.js';
import {
  control,
  endpoint,
  freshRoom,
  occupants,
  reached,
  sentence,
  sideBySide,
  standin,
  until,
} from '../support/in-browser.js';
import { stat } from '../support/stats.js';

/** What each fault of the endpoint comes to, and whether only the token shows it. */
const tokens = {
  fine: undefined,
  refused: 'token-network',
  hang: 'token-timeout',
  '401': 'token-auth-required',
  '403': 'token-forbidden',
  '404': 'token-endpoint-invalid',
  '429': 'token-rate-limited',
  flaky: undefined,
  html: 'token-response-invalid',
  empty: 'token-response-invalid',
  expired: 'token-expired',
  'not-yet': 'token-not-yet-valid',
  'other-room': 'token-rejected',
} as const satisfies Record<string, ErrorCode | undefined>;
const judgedLater = ['expired', 'not-yet', 'other-room'];

const scripts = {
  fine: undefined,
  '404': 'script-load',
  hang: 'script-timeout',
  throws: 'script-invalid',
  'wrong-global': 'script-invalid',
  // Tried again.
  'fail-once': undefined,
} as const satisfies Record<string, ErrorCode | undefined>;

type Names<T> = readonly Extract<keyof T, string>[];
const cases = pairwise({
  token: Object.keys(tokens) as Names<typeof tokens>,
  script: Object.keys(scripts) as Names<typeof scripts>,
  frame: ['fine', 'never-ready', 'dies-when-joined', 'kicked', 'hangs-up'],
  removal: ['none', 'before', 'during', 'after'],
});
type Fault = (typeof cases)[number];

interface End {
  state: MeetingStateName;
  reason?: EndReason;
  /** Any of them where two things fail at once. */
  codes?: readonly ErrorCode[];
  says: string;
}

const isCode = (code: string | undefined): code is ErrorCode => code !== undefined;

/** The sentences of these say when. */
const timed: Partial<Record<ErrorCode, MessageKey>> = {
  'token-rate-limited': 'token-rate-limited-in',
  'token-not-yet-valid': 'token-not-yet-valid-from',
};
/** The one token that is rejected here is so for its room. */
const saidOf = (code: ErrorCode): string => en[timed[code] ?? (code === 'token-rejected' ? 'other-room' : code)];
/** Near midnight a time of day has its weekday before it. */
const withoutTime = (said: string): string =>
  said.replace(/in \d+ seconds?|(?:[A-Z][a-z]{2},? )?\d+:\d\d\s[AP]M/, '{time}');

/** The model: what a person would expect of a meeting that stays on the page. */
function endOf({ token, script, frame }: Fault): End {
  const scriptCode = scripts[script];
  const tokenCode = judgedLater.includes(token) && scriptCode ? undefined : tokens[token];
  const frameCode = !tokenCode && !scriptCode && frame === 'never-ready' ? 'iframe-timeout' : undefined;
  const codes = [tokenCode, scriptCode, frameCode].filter(isCode);
  if (codes.length > 0) return { state: 'failed', codes, says: codes.map(saidOf).join('|') };
  if (frame === 'kicked') return { state: 'ended', reason: 'kicked', says: en['ended-kicked'] };
  if (frame === 'hangs-up') return { state: 'ended', reason: 'left', says: en['ended-left-title'] };
  return { state: 'joined', says: '' };
}

const isOver = ({ state }: JitsiMeetingElement): boolean => ['failed', 'ended'].includes(state);
const patience = 30_000;

interface Seen {
  state: MeetingStateName;
  reason: string | undefined;
  code: string | undefined;
  said: string;
  accounts: Accounts;
  occupants: number;
  scripts: number;
}

/** Lets a fault happen, removes the element when the case says so, and looks. Then nothing may be left. */
async function run({ token, script, frame, removal }: Fault): Promise<Seen> {
  const { accounts, AccountedMeeting } = accountedMeeting(hastyClock);
  const key = freshRoom();
  const room = frame === 'never-ready' ? `scene-c21-web-down.${key}` : key;
  // A browser has six connections for a host: those that hang must not keep the others waiting.
  const at = (fault: string): string => (fault === 'hang' ? `https://${standin.otherHost}` : standin.origin);
  const asked = endpoint(token === 'fine' ? '' : token).url.replace(standin.origin, at(token));
  const meeting: JitsiMeetingElement = Object.assign(new AccountedMeeting(), {
    domain: standin.host,
    room,
    tokenUrl: token === 'refused' ? 'https://localhost:9/token' : asked,
    apiSrc: `${at(script)}/script/${script}/${key}/external_api.js`,
    ...(frame === 'never-ready' ? { frameTimeout: 2_000 } : {}),
  });
  let reason: string | undefined;
  let joined = false;
  meeting.addEventListener('meeting-state-change', (event) => {
    const { detail } = event as CustomEvent<{ state: string; reason?: string }>;
    ({ reason } = detail);
    joined ||= detail.state === 'joined';
  });
  const settled = (): boolean => joined || isOver(meeting);

  document.body.append(meeting);
  if (removal === 'before') meeting.remove();
  if (removal === 'during') {
    await reached(meeting, 'connecting');
    meeting.remove();
  }
  if (removal === 'none' || removal === 'after') {
    await until(settled, 'the first end', patience);
    if (joined && !isOver(meeting)) await befall(frame, meeting);
    if (removal === 'after') meeting.remove();
  }
  // A removal counts at the end of its task.
  await new Promise((resolve) => setTimeout(resolve));
  await meeting.updateComplete;
  const end = { state: meeting.state, reason, code: meeting.error?.code, said: withoutTime(sentence(meeting)) };
  meeting.remove();
  const scriptsLeft = (): number => document.querySelectorAll(`script[src*="${key}"]`).length;
  const left = (): number =>
    accounts.live.size + accounts.openFrames + accounts.requests + accounts.timers + scriptsLeft();
  await until(async () => left() === 0 && (await occupants(room)) === 0, 'nothing left', patience).catch(() => {});
  if (script === 'hang') await fetch(`${standin.origin}/script/release/${key}`, { method: 'POST' });
  return { ...end, accounts, occupants: await occupants(room), scripts: scriptsLeft() };
}

async function befall(frame: Fault['frame'], meeting: JitsiMeetingElement): Promise<void> {
  if (frame === 'dies-when-joined') await control(`rooms/${meeting.room}/die`);
  if (frame === 'kicked') await control(`rooms/${meeting.room}/kick-all`);
  if (frame === 'hangs-up') meeting.executeCommand('hangup');
  if (frame === 'kicked' || frame === 'hangs-up') await until(() => isOver(meeting), 'the end', patience);
}

describe('faults of token, script and frame, and removals, every two of them together', function () {
  this.timeout(180_000);
  const seen = new Map<Fault, Seen>();
  const listeners = watchListeners();
  const { onerror } = window;
  let listenersBefore: Record<string, number>;

  before(async () => {
    // Scripts that throw are meant to; the test runner would take them for faults of the test.
    window.onerror = () => true;
    listenersBefore = listeners.count();
    await sideBySide(cases, 10, async (one) => seen.set(one, await run(one)));
  });
  after(() => {
    window.onerror = onerror;
    listeners.end();
    stat(`${cases.length} cases in which every two faults meet`);
  });

  for (const one of cases) {
    it(Object.values(one).join(', '), () => {
      const { accounts, ...end } = seen.get(one)!;
      const expected = endOf(one);
      if (one.removal === 'before' || one.removal === 'during') {
        expect(end).to.include({ state: 'idle', reason: undefined, code: undefined });
      } else if (one.removal === 'after' && expected.state !== 'ended') {
        const gone = expected.state === 'joined' ? { state: 'ended', reason: 'host-left' } : { state: 'idle' };
        expect(end).to.include(gone);
      } else {
        expect(end).to.include({ state: expected.state, reason: expected.reason });
        if (expected.codes) expect(expected.codes).to.include(end.code);
        else expect(end.code).to.equal(undefined);
        expect(end.said).to.be.oneOf(expected.says.split('|'));
      }
      expect(end).to.include({ occupants: 0, scripts: 0 });
      const { live, openFrames, requests, timers, most } = accounts;
      expect({ live: live.size, openFrames, requests, timers }).to.deep.equal({
        live: 0,
        openFrames: 0,
        requests: 0,
        timers: 0,
      });
      expect(most).to.be.lessThan(2);
    });
  }

  it('add no listener to window or document', () => {
    const added = Object.entries(listeners.count()).filter(([name, count]) => count > (listenersBefore[name] ?? 0));
    expect(added).to.deep.equal([]);
  });
});
