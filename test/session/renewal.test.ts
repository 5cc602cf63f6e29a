import { describe, expect, it } from 'vitest';
import type { MeetingOptions } from '../../src/session/options.js';
import { TokenManager } from '../../src/token/token-manager.js';
import { defaultTokenTools } from '../../src/token/request.js';
import { FakeClock, settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';
import { unsignedToken } from '../support/jwt.js';
import { FakeBackend } from '../support/fake-backend.js';
import { makeSession, type Told } from '../support/session.js';
import { stat } from '../support/stats.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Setting {
  life?: number;
  /** The server's clock minus the device's, ms. */
  skew?: number;
  /** How the answer comes: with a readable `Date`, without, or from code of the page. */
  by?: 'date' | 'iat' | 'provider';
  claims?: Record<string, unknown>;
  options?: Partial<MeetingOptions>;
  random?: () => number;
}

/** A session in a meeting, and a note of every request: when, and how long the token held had yet to live (ms). */
async function inMeeting({
  life = 300,
  skew = 0,
  by = 'date',
  claims = {},
  options = {},
  random = () => 0.5,
}: Setting = {}) {
  const asked: { at: number; left: number | undefined }[] = [];
  const provided: Partial<MeetingOptions> =
    by === 'provider'
      ? { source: { provider: async () => (await made.backend.fetch('https://p.example/')).json() as never } }
      : {};
  const made = makeSession({ ...provided, ...options }, { random });
  const { session, clock, backend } = made;
  Object.assign(backend, { life, skew, claims });
  const plain = backend.answer;
  const answers = { next: plain, mostOpen: 0 };
  backend.answer = async (request) => {
    const { tokenExpiresAt } = session;
    asked.push({ at: backend.now(), left: tokenExpiresAt && tokenExpiresAt.getTime() - backend.now() });
    answers.mostOpen = Math.max(answers.mostOpen, backend.open);
    const response = await answers.next(request);
    if (by !== 'date') response.headers.delete('date');
    return response;
  };
  void session.join();
  await clock.pass(0);
  made.api().join();
  expect(session.state).toBe('joined');
  const count = (name: string): number => made.told.filter((told) => told.name === name).length;
  return { ...made, asked, answers, count, renewals: () => asked.slice(1) };
}

const nothing = (): void => {};
const untouched = (told: Told[]): boolean =>
  told.filter(({ name }) => name === 'meeting-state-change').at(-1)?.detail['state'] === 'joined';

const oneHour = [
  { device: 'right', skew: 0 },
  { device: '10 minutes fast', skew: -10 * minute },
  { device: '10 minutes slow', skew: 10 * minute },
].flatMap((clock) => (['date', 'iat', 'provider'] as const).map((by) => ({ ...clock, by })));

describe('one hour in a meeting with a 5-minute token', () => {
  it.each(oneHour)("on a device whose clock is $device, the server's known by $by", async ({ device, skew, by }) => {
    const made = await inMeeting({ skew, by });
    await made.clock.pass(hour);
    const renewals = made.renewals();
    const left = renewals.map((renewal) => renewal.left! / second);
    const gaps = renewals.slice(1).map(({ at }, index) => (at - renewals[index]!.at) / second);
    stat(
      `clock ${device}, by ${by}: ${renewals.length} renewals in an hour, ${Math.min(...gaps)}-${Math.max(...gaps)} s apart, ` +
        `${Math.min(...left)}-${Math.max(...left)} s before the end`,
    );
    expect(renewals).toHaveLength(15);
    expect(made.backend.requests).toBe(16);
    expect(made.answers.mostOpen).toBe(1);
    // No drift: the last renewal is as far from its token's end as the first. `iat` and `Date` count whole seconds.
    for (const seconds of left) expect(seconds).toBeCloseTo(60, -1);
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    expect(made.count('token-expiring')).toBe(15);
    expect(made.count('token-renewed')).toBe(15);
    expect(made.count('token-expired')).toBe(0);
    expect(untouched(made.told)).toBe(true);
    expect(FakeApi.instances).toHaveLength(1);
    expect(made.names().filter((name) => name.startsWith('state:'))).toHaveLength(4);
  });

  it('leaves as little behind as a short one', async () => {
    const { session, clock, api, backend } = await inMeeting();
    await clock.pass(hour);
    void session.leave();
    api().hangUp();
    const { requests } = backend;
    await clock.pass(hour);
    expect(clock.timers).toBe(0);
    expect(backend.requests).toBe(requests);
  });

  it('does the same for tokens of other lives', async () => {
    for (const [life, lead] of [
      [30, 6],
      [120, 24],
      [3600, 60],
      [3 * 3600, 60],
    ] as const) {
      const made = await inMeeting({ life });
      await made.clock.pass(4 * hour);
      const left = made.renewals().map((renewal) => renewal.left! / second);
      stat(
        `life ${life} s: ${left.length} renewals in 4 hours, ${Math.min(...left)}-${Math.max(...left)} s before the end`,
      );
      expect(made.count('token-expired')).toBe(0);
      for (const seconds of left) expect(Math.abs(seconds - lead)).toBeLessThanOrEqual(1);
    }
  });
});

async function slept(options: Partial<MeetingOptions>) {
  const made = await inMeeting({ options });
  await made.clock.pass(30 * minute);
  const before = made.backend.requests;
  made.clock.jump(7 * hour);
  const woke = made.backend.now();
  await made.clock.pass(30 * second);
  const fresh = made.asked.find(({ at }) => at >= woke)!;
  stat(
    `after 7 hours of sleep: a fresh token ${(fresh.at - woke) / second} s after waking (${options.rejoin ?? 'manual'})`,
  );
  return { ...made, before, woke, fresh };
}

describe('a machine that slept for 7 hours', () => {
  it('has a fresh token within 15 s, is told once that the old one ended, and offers a rejoin', async () => {
    const { session, clock, backend, fresh, woke, before, count, answers } = await slept({});
    expect(fresh.at - woke).toBeLessThanOrEqual(15 * second);
    expect(backend.requests).toBe(before + 1);
    expect(count('token-expired')).toBeLessThanOrEqual(1);
    expect(session.tokenExpiresAt!.getTime()).toBeGreaterThan(backend.now() + 4 * minute);
    // The server let go of the person long ago, and the app in the frame doesn't know.
    expect(session.state).toBe('reconnecting');
    expect(session.recovery).toBe('in-doubt');
    void session.join();
    await clock.pass(0);
    FakeApi.live[0]!.join();
    expect(session.state).toBe('joined');
    expect(backend.requests, 'the fresh token serves the rejoin').toBe(before + 1);
    const expired = count('token-expired');
    await clock.pass(hour);
    expect(count('token-expired')).toBe(expired);
    expect(answers.mostOpen).toBe(1);
  });

  it('is back by itself where the page wants that, with one token', async () => {
    const { session, backend, before, api } = await slept({ rejoin: 'auto' });
    expect(session.state).toBe('reconnecting');
    expect(FakeApi.live).toHaveLength(1);
    api().join();
    expect(session.state).toBe('joined');
    expect(backend.requests).toBe(before + 1);
  });
});

describe('a backend that is down for 20 minutes', () => {
  it.each([
    ['answers 503', () => new Response('', { status: 503 })],
    ['refuses connections', () => Promise.reject(new TypeError('refused'))],
    ['hangs', () => new Promise<Response>(() => {})],
  ])('and %s costs no meeting, is asked ever less often, and asked again when it is up', async (how, down) => {
    const made = await inMeeting();
    const { clock, answers, backend, session, count } = made;
    await clock.pass(3 * minute);
    const before = backend.requests;
    answers.next = down;
    await clock.pass(20 * minute);
    const during = backend.requests - before;
    expect(session.state).toBe('joined');
    expect(count('token-expired')).toBe(1);
    expect(count('token-expiring')).toBe(1);
    answers.next = () => backend.token();
    const up = backend.now();
    await clock.pass(3 * minute);
    const first = made.asked.find(({ at }) => at >= up)!;
    stat(`backend ${how} for 20 minutes: asked ${during} times, up again after ${(first.at - up) / second} s`);
    expect(during).toBeLessThanOrEqual(75);
    expect(count('token-renewed')).toBe(1);
    expect(first.at - up).toBeLessThanOrEqual(70 * second);
    expect(answers.mostOpen).toBe(1);
    await clock.pass(hour);
    expect(count('token-expired')).toBe(1);
    expect(session.state).toBe('joined');
    expect(FakeApi.instances).toHaveLength(1);
  });

  it.each([401, 403, 404])('for good (%i) is told as a warning, and not asked again', async (status) => {
    const { clock, answers, backend, told, session, count } = await inMeeting();
    answers.next = () => new Response('', { status });
    await clock.pass(hour);
    expect(backend.requests).toBe(2);
    expect(told.filter(({ name }) => name === 'meeting-warning').map(({ detail }) => detail['code'])).toEqual([
      'token-doubtful',
    ]);
    expect(count('token-expired')).toBe(1);
    expect(session.state).toBe('joined');
    // The page may have signed the person in since.
    answers.next = () => backend.token();
    await session.renewToken();
    await clock.pass(hour);
    expect(count('token-expired')).toBe(1);
    expect(count('token-renewed')).toBeGreaterThan(10);
  });
});

describe('a new token that lives no longer than the old one', () => {
  it.each<[string, (backend: FakeBackend, end: number) => Response]>([
    ['the same token from a cache', (_, end) => Response.json({ token: unsignedToken({ exp: end, jti: 'same' }) })],
    ['always the same end', (backend, end) => backend.token({ exp: end })],
    ['ever earlier ends', (backend, end) => backend.token({ exp: end - backend.requests })],
  ])('(%s) makes no loop', async (_what, answer) => {
    const made = await inMeeting();
    const { clock, backend, answers, count, session } = made;
    const end = Math.floor(backend.now() / second) + 300;
    answers.next = () => answer(backend, end);
    await clock.pass(5 * minute);
    const gaps = made.asked.slice(2).map(({ at }, index) => Math.round((at - made.asked[index + 1]!.at) / second));
    stat(`no longer life (${_what}): asked again after ${gaps.join(', ')} s`);
    expect(gaps).toEqual([5, 10, 20]);
    await clock.pass(20 * minute);
    expect(backend.requests).toBeLessThanOrEqual(27);
    expect(count('token-expiring')).toBe(1);
    expect(count('token-expired')).toBe(1);
    expect(session.state).toBe('joined');
    answers.next = () => backend.token();
    await clock.pass(2 * minute);
    expect(session.tokenExpiresAt!.getTime()).toBeGreaterThan(backend.now());
  });

  it('is kept all the same when the page asked for it: its claims may differ', async () => {
    const { clock, backend, answers, session } = await inMeeting();
    const end = Math.floor(backend.now() / second) + 300;
    answers.next = () => backend.token({ exp: end, context: { user: { moderator: true } } });
    await session.renewToken();
    expect(session.claims).toMatchObject({ context: { user: { moderator: true } } });
    answers.next = () => backend.token({ exp: end - 100, jti: 'older' });
    await session.renewToken();
    expect(session.claims, 'an older one from a cache').not.toMatchObject({ jti: 'older' });
    await clock.pass(0);
  });
});

describe('token-expiring, token-renewed, token-expired', () => {
  it('come once for each token, in this order', async () => {
    const { clock, told, answers } = await inMeeting();
    await clock.pass(4 * minute);
    answers.next = () => new Response('', { status: 503 });
    await clock.pass(10 * minute);
    expect(told.map(({ name }) => name).filter((name) => name.startsWith('token-'))).toEqual([
      'token-received',
      'token-expiring',
      'token-received',
      'token-renewed',
      'token-expiring',
      'token-expired',
    ]);
  });

  it('tell claims and end, and never the token', async () => {
    const { clock, told, api } = await inMeeting();
    await clock.pass(4 * minute);
    const { detail } = told.find(({ name }) => name === 'token-renewed')!;
    expect(detail).toEqual({
      claims: expect.objectContaining({ room: 'team' }) as unknown,
      expiresAt: expect.any(Date) as unknown,
    });
    expect(JSON.stringify(told)).not.toContain(api().options.jwt);
    expect(JSON.stringify(told)).not.toContain('eyJ');
  });

  it('go by expiresIn of the answer where the token has no end of its own', async () => {
    let issued = 0;
    const provider = () => ({ token: unsignedToken({ room: 'team', jti: `${++issued}` }), expiresIn: 300 });
    const { clock, count } = await inMeeting({ options: { source: { provider } } });
    await clock.pass(hour);
    expect(count('token-renewed')).toBe(15);
    expect(count('token-expired')).toBe(0);
  });

  it('never come for a token without an end', async () => {
    const { clock, count, backend, session } = await inMeeting({ claims: { exp: undefined } });
    await clock.pass(8 * hour);
    expect(backend.requests).toBe(1);
    expect(count('token-expiring')).toBe(0);
    expect(session.tokenExpiresAt).toBeUndefined();
  });

  it('never come for a guest', async () => {
    const { clock, told } = await inMeeting({ options: { source: {} } });
    await clock.pass(hour);
    expect(told.filter(({ name }) => name.startsWith('token-'))).toEqual([]);
  });
});

describe('renewToken()', () => {
  it('shares the request in flight: with another call, and with the renewal that is due', async () => {
    const { session, clock, backend, answers, count } = await inMeeting();
    let answer: (() => void) | undefined;
    answers.next = () => new Promise((resolve) => (answer = () => resolve(backend.token())));
    const calls = [session.renewToken(), session.renewToken()];
    await settle();
    expect(backend.requests).toBe(2);
    answer?.();
    await Promise.all(calls);

    await clock.pass(4 * minute);
    expect(count('token-expiring')).toBe(1);
    expect(backend.open).toBe(1);
    const late = session.renewToken();
    answer?.();
    await late;
    expect(backend.requests).toBe(3);
    expect(answers.mostOpen).toBe(1);
  });

  it('says what went wrong, and the meeting goes on', async () => {
    const { session, clock, answers } = await inMeeting();
    answers.next = () => new Response('', { status: 403 });
    await expect(session.renewToken()).rejects.toMatchObject({ code: 'token-forbidden' });
    await clock.pass(0);
    expect(session.state).toBe('joined');
    expect(session.error).toBeUndefined();
  });

  it('is aborted by leaving', async () => {
    const { session, answers, backend } = await inMeeting();
    answers.next = () => new Promise(() => {});
    const renewing = session.renewToken().catch((error: unknown) => error);
    await settle();
    session.remove();
    expect(await renewing).toMatchObject({ code: 'aborted' });
    await settle();
    expect(backend.open).toBe(0);
  });

  it('is refused where there is no meeting', async () => {
    const { session, backend } = makeSession();
    await expect(session.renewToken()).rejects.toMatchObject({ code: 'aborted' });
    expect(backend.requests).toBe(0);
  });
});

describe('a clock that is set back in the meeting', () => {
  it.each(['up', 'down'])(
    'is noticed within 5 s, and renewals go on as before, though the backend is %s',
    async (how) => {
      const made = await inMeeting();
      const { clock, backend, count } = made;
      await clock.pass(10 * minute);
      const before = backend.requests;
      const { answer } = backend;
      if (how === 'down') backend.answer = () => Promise.reject(new TypeError('down'));
      clock.jump(-hour);
      backend.skew += hour;
      await clock.pass(10 * second);
      backend.answer = answer;
      expect(backend.requests, 'no request is needed').toBe(before);
      expect(made.session.clockSkew / hour).toBeCloseTo(1, 2);
      await clock.pass(hour);
      const left = made.asked.slice(before).map((renewal) => renewal.left! / second);
      stat(
        `clock set back by an hour: ${left.length} renewals in the next, ${Math.min(...left)}-${Math.max(...left)} s before the end`,
      );
      expect(left.length).toBeGreaterThanOrEqual(14);
      for (const seconds of left) expect(seconds).toBeCloseTo(60, -1);
      expect(count('token-expired')).toBe(0);
      expect(untouched(made.told)).toBe(true);
    },
  );
});

describe('a thousand pages that were opened at the same time', () => {
  it.each([300, 3600])('do not renew tokens of %i s in the same moment', async (life) => {
    const clock = new FakeClock();
    const backend = new FakeBackend(clock);
    backend.life = life;
    const times: number[] = [];
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const tools = { ...defaultTokenTools(), clock, fetch: backend.fetch, random, online: () => Promise.resolve() };
    const keepers = Array.from(
      { length: 1_000 },
      () =>
        new TokenManager(
          tools,
          () => ({ endpoint: { url: 'https://www.example.org/t' } }),
          () => ({ domain: 'd', room: 'team', tenant: null }),
          {
            received: nothing,
            renewed: nothing,
            expired: nothing,
            renewalFailed: nothing,
            renewing: nothing,
            expiring: () => times.push(clock.now()),
          },
        ),
    );
    for (const keeper of keepers) void keeper.obtain('join').then(() => keeper.keepFresh());
    await clock.pass(0);
    // Nothing happens until shortly before the end; ticks would only take time.
    clock.jump(life * second - 100 * second);
    await clock.pass(70 * second);
    const start = Math.min(...times);
    const perSecond = new Map<number, number>();
    for (const time of times) {
      const slot = Math.floor((time - start) / second);
      perSecond.set(slot, (perSecond.get(slot) ?? 0) + 1);
    }
    const spread = (Math.max(...times) - start) / second;
    const busiest = Math.max(...perSecond.values());
    stat(`1,000 pages, life ${life} s: renewals spread over ${spread.toFixed(1)} s, at most ${busiest} in a second`);
    expect(times).toHaveLength(1_000);
    expect(spread).toBeGreaterThan(10);
    expect(busiest).toBeLessThan(150);
    for (const keeper of keepers) keeper.stop();
    expect(clock.timers).toBe(0);
  });
});
