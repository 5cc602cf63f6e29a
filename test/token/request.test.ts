import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import { defaultTokenTools, requestToken } from '../../src/token/request.js';
import type { TokenProvider, TokenRequest, TokenSource } from '../../src/token/types.js';
import { FakeClock, settle } from '../support/clock.js';

// Loaded ahead of the tests: what runs while one runs is taken for code of that test when its quality is measured.
vi.resetModules();
const other = await import('../../src/errors.js');

const endpoint = { url: 'https://www.example.org/t' };
const fetch = () => Promise.resolve(Response.json({ token: 'endpoint' }));
const provider = () => 'provider';
const meeting = { domain: 'meet.example.org', room: 'team', tenant: null, reason: 'join' } as const;

function ask(source: TokenSource, tools: Partial<ReturnType<typeof defaultTokenTools>> = {}) {
  const clock = new FakeClock();
  const aborter = new AbortController();
  const answer = requestToken(
    source,
    { ...meeting, signal: aborter.signal },
    { ...defaultTokenTools(), clock, random: () => 0.5, online: () => Promise.resolve(), ...tools },
  );
  return { clock, aborter, answer, failure: answer.then(() => undefined).catch((error: unknown) => error) };
}

describe('where a token comes from', () => {
  it('is the first given of provider, endpoint, token', async () => {
    expect(await ask({ provider, endpoint, token: 'token' }, { fetch }).answer).toMatchObject({ token: 'provider' });
    expect(await ask({ endpoint, token: 'token' }, { fetch }).answer).toMatchObject({ token: 'endpoint' });
    expect(await ask({ token: 'token' }, { fetch }).answer).toEqual({ token: 'token' });
  });

  it('is nowhere for a guest', async () => {
    expect(await ask({}).answer).toBeUndefined();
    expect(await ask({ token: '' }).answer).toBeUndefined();
  });

  it('stays the endpoint when that fails', async () => {
    const { failure } = ask(
      { endpoint, token: 'token' },
      { fetch: () => Promise.resolve(new Response('', { status: 403 })) },
    );
    expect(await failure).toMatchObject({ code: 'token-forbidden' });
  });
});

describe("the page's own provider", () => {
  it('learns which meeting, why, and when to stop', async () => {
    let request: TokenRequest | undefined;
    const { answer, aborter } = ask({ provider: (asked) => ((request = asked), Promise.resolve('abc')) });
    expect(await answer).toEqual({ token: 'abc' });
    expect(request).toMatchObject(meeting);
    expect(request?.signal.aborted).toBe(false);
    aborter.abort();
    expect(request?.signal.aborted, 'after its answer there is nothing to stop').toBe(false);
  });

  it('may say how long its token lives', async () => {
    expect(await ask({ provider: () => ({ token: 'abc', expiresIn: 300 }) }).answer).toEqual({
      token: 'abc',
      expiresIn: 300,
    });
  });

  it.each<[string, TokenProvider]>([
    [
      'throws',
      () => {
        throw new TypeError('no session');
      },
    ],
    ['rejects', () => Promise.reject(new TypeError('no session'))],
    ['rejects with no error', () => Promise.reject('no session')],
  ])('that %s is a failed request, with the cause', async (_how, broken) => {
    const { failure, clock } = ask({ provider: broken });
    expect(await failure).toMatchObject({
      code: 'token-network',
      retryable: true,
      message: 'The tokenProvider of the page failed.',
      hint: expect.stringContaining('token-auth-required or token-forbidden') as string,
      cause: expect.anything() as unknown,
    });
    expect(clock.timers).toBe(0);
  });

  it('may say the reason itself', async () => {
    const own = new JitsiMeetingError('token-auth-required', 'Sign in.', { hint: '-', status: 401 });
    expect(await ask({ provider: () => Promise.reject(own) }).failure).toBe(own);
  });

  it('may say the reason by the error of another copy of the package, but not by an unknown code', async () => {
    expect(other.JitsiMeetingError).not.toBe(JitsiMeetingError);
    const theirs = new other.JitsiMeetingError('token-forbidden', 'Not you.', { hint: '-' });
    expect(theirs).not.toBeInstanceOf(JitsiMeetingError);
    expect(await ask({ provider: () => Promise.reject(theirs) }).failure).toBe(theirs);
    const unknown = new other.JitsiMeetingError('of-tomorrow' as 'aborted', 'New.', { hint: '-' });
    expect(await ask({ provider: () => Promise.reject(unknown) }).failure).toMatchObject({ code: 'token-network' });
    const alike = Object.assign(new Error('Not you.'), { name: 'JitsiMeetingError', code: 'token-forbidden' });
    expect(await ask({ provider: () => Promise.reject(alike) }).failure).toMatchObject({ code: 'token-network' });
  });

  it.each([
    ['an empty string', ''],
    ['undefined', undefined],
    ['null', null],
    ['a number', 42],
    ['a function', () => 'secret'],
    ['a symbol', Symbol('secret')],
    ['an empty object, without token', {}],
    ['an object with access_token, without token', { access_token: 'secret' }],
    ['an object with mySecrets, without token', { mySecrets: true }],
    ['a list of 1', ['secret']],
    ['a list of 0', []],
    ['a Response with status 200', Response.json({ token: 'secret' })],
    ['a Map, without token', new Map([['token', 'secret']])],
    ['an object with data, without token', { data: Promise.resolve('secret') }],
    ['an object whose token is a number', { token: 7 }],
    ['an object whose token is null', { token: null }],
    ['an object whose token is an empty string', { token: '', expiresIn: 5 }],
    ['an object whose token is a function', { token: () => 'secret' }],
    ['an object whose token is a list of 1', { token: ['secret'] }],
    ['an object whose token is a Promise', { token: Promise.resolve('secret') }],
    ['an object whose token is an object with mine', { token: { mine: 'secret' } }],
    ['a token whose expiresIn is a string', { token: 'secret', expiresIn: '3600' }],
    ['a token whose expiresIn is NaN', { token: 'secret', expiresIn: Number.NaN }],
    ['a token whose expiresIn is a number that is not above 0', { token: 'secret', expiresIn: 0 }],
    ['a token whose expiresIn is a number that is not above 0', { token: 'secret', expiresIn: -60 }],
    ['a token whose expiresIn is an infinite number', { token: 'secret', expiresIn: Infinity }],
    ['a token whose expiresIn is null', { token: 'secret', expiresIn: null }],
    ['a token whose expiresIn is a bigint', { token: 'secret', expiresIn: 60n }],
  ])('that gives %s gave no token', async (words, rubbish) => {
    const { failure } = ask({ provider: () => rubbish as never });
    const error = (await failure) as JitsiMeetingError;
    expect(error.code).toBe('token-response-invalid');
    expect(error.message).toContain(`gave ${words}`);
    expect(error.message + error.hint).not.toContain('secret');
    expect(error.retryable).toBe(false);
  });

  it.each<[string, unknown]>([
    ['(await response.json()).token', Response.json({ token: 'abc' })],
    ['answer.jwt', { jwt: 'abc' }],
    ['answer.access_token', { token_type: 'Bearer', access_token: 'abc', expires_in: 60 }],
    ['Await it', { token: Promise.resolve('abc') }],
    ['await that', { answer: Promise.resolve('abc') }],
    ['Return the token as a text', { jwt: 7 }],
    ['Leave it out', { token: 'abc', expiresIn: '60' }],
  ])('reads how to say it: %s', async (words, given) => {
    expect(await ask({ provider: () => given as never }).failure).toMatchObject({
      hint: expect.stringContaining(words) as string,
    });
  });

  it.each([[1], [0.5], [86_400]])('may say that its token lives %s s', async (expiresIn) => {
    expect(await ask({ provider: () => ({ token: 'abc', expiresIn }) }).answer).toEqual({ token: 'abc', expiresIn });
  });

  it('that hangs is given up after 30 s, and told so', async () => {
    let signal: AbortSignal | undefined;
    const { failure, clock } = ask({ provider: (request) => ((signal = request.signal), new Promise(() => {})) });
    await clock.pass(29_999);
    expect(signal?.aborted).toBe(false);
    await clock.pass(1);
    expect(await failure).toMatchObject({
      code: 'token-timeout',
      message: 'The tokenProvider of the page gave no token within 30 s.',
      hint: expect.stringContaining('stop when request.signal is aborted') as string,
      retryable: true,
    });
    expect(signal?.aborted).toBe(true);
    expect(clock.timers).toBe(0);
  });

  it('that ignores an abort delays nothing, and its late answer or failure harms nothing', async () => {
    for (const late of ['answer', 'failure']) {
      let settleLate: (() => void) | undefined;
      const ignorant: TokenProvider = () =>
        new Promise(
          (resolve, reject) => (settleLate = () => (late === 'answer' ? resolve('abc') : reject(new Error('late')))),
        );
      const { failure, aborter, clock } = ask({ provider: ignorant });
      const reason = new Error('left');
      aborter.abort(reason);
      expect(await failure).toBe(reason);
      settleLate?.();
      await settle();
      expect(clock.timers).toBe(0);
    }
  });

  it('that leaves the meeting and then fails is not reported, not even as an unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    const reason = new Error('left');
    try {
      const { failure, aborter } = ask({
        provider: () => {
          aborter.abort(reason);
          return Promise.reject(new TypeError('no session'));
        },
      });
      expect(await failure).toBe(reason);
      await settle();
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(unhandled).toEqual([]);
  });

  it('that may be asked without end has all the time there is', async () => {
    const { answer, clock } = ask({
      provider: () => new Promise((resolve) => clock.after(86_400_000, () => resolve('abc'))),
      retryPolicy: { attempts: Infinity },
    });
    await clock.pass(86_400_000);
    expect(await answer).toEqual({ token: 'abc' });
  });

  it('is believed no word on anything but the token and its life', async () => {
    const more = { token: 'abc', expiresIn: 300, serverTime: NaN };
    expect(await ask({ provider: () => more }).answer).toEqual({ token: 'abc', expiresIn: 300 });
  });

  it('is not asked when the meeting is left while it waits for the network', async () => {
    let asked = 0;
    const aborter = new AbortController();
    const asking = requestToken(
      { provider: () => (asked++, 'abc') },
      { ...meeting, signal: aborter.signal },
      // Online just as the meeting is left: what waits goes on all the same.
      {
        ...defaultTokenTools(),
        clock: new FakeClock(),
        online: () => Promise.resolve(aborter.abort(new Error('left'))),
      },
    );
    await expect(asking).rejects.toThrow('left');
    expect(asked).toBe(0);
  });

  it('is given a signal that is aborted with the request, and with no other reason', async () => {
    let signal: AbortSignal | undefined;
    const aborter = new AbortController();
    const asking = requestToken(
      { provider: (request) => ((signal = request.signal), new Promise<string>(() => {})) },
      { ...meeting, signal: aborter.signal },
      { ...defaultTokenTools(), clock: new FakeClock(), online: () => Promise.resolve() },
    );
    const failed = asking.catch((error: unknown) => error);
    await Promise.resolve();
    await Promise.resolve();
    expect(signal?.aborted).toBe(false);
    const reason = new Error('left');
    aborter.abort(reason);
    expect(signal?.reason).toBe(reason);
    expect(await failed).toBe(reason);
  });

  it('that got or refused a token listens for no abort any more', async () => {
    for (const asked of [() => 'abc', () => Promise.reject(new Error('no'))] as TokenProvider[]) {
      const aborter = new AbortController();
      const listening = new Set<unknown>();
      const { signal } = aborter;
      const { addEventListener, removeEventListener } = signal;
      signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
        listening.add(args[1]);
        addEventListener.apply(signal, args);
      };
      signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
        listening.delete(args[1]);
        removeEventListener.apply(signal, args);
      };
      const tools = { ...defaultTokenTools(), clock: new FakeClock(), online: () => Promise.resolve() };
      const asking = requestToken({ provider: asked }, { ...meeting, signal }, tools).catch(() => undefined);
      await settle();
      expect(listening.size).toBe(0);
      await asking;
    }
  });

  it('that leaves the meeting at once and never answers delays nothing', async () => {
    const aborter = new AbortController();
    const reason = new Error('left');
    const asking = requestToken(
      { provider: () => (aborter.abort(reason), new Promise<string>(() => {})) },
      { ...meeting, signal: aborter.signal },
      { ...defaultTokenTools(), clock: new FakeClock(), online: () => Promise.resolve() },
    );
    await expect(asking).rejects.toBe(reason);
  });

  it('is not even asked when the caller has given up', async () => {
    let asked = 0;
    const aborter = new AbortController();
    aborter.abort(new Error('left'));
    const asking = requestToken(
      { provider: () => (asked++, 'abc') },
      { ...meeting, signal: aborter.signal },
      { ...defaultTokenTools(), clock: new FakeClock() },
    );
    await expect(asking).rejects.toThrow('left');
    expect(asked).toBe(0);
  });
});

describe('a device that knows it is offline', () => {
  /** Node knows nothing of a network; a browser's globals do. */
  const window = new EventTarget();
  const counted = { online: 0 };

  beforeEach(() => {
    counted.online = 0;
    vi.stubGlobal('navigator', { onLine: false });
    vi.stubGlobal('addEventListener', (name: 'online', run: () => void) => {
      counted[name]++;
      window.addEventListener(name, run);
    });
    vi.stubGlobal('removeEventListener', (name: 'online', run: () => void) => {
      counted[name]--;
      window.removeEventListener(name, run);
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('asks when it is online again', async () => {
    let asked = 0;
    const count = () => Promise.resolve(Response.json({ token: `${++asked}` }));
    const { answer, clock } = ask({ endpoint }, { fetch: count, online: defaultTokenTools().online });
    await clock.pass(3_600_000);
    expect(asked).toBe(0);
    window.dispatchEvent(new Event('online'));
    expect(await answer).toMatchObject({ token: '1' });
    expect(counted.online).toBe(0);
  });

  it('stops waiting when the meeting is left', async () => {
    const { failure, aborter } = ask({ endpoint }, { online: defaultTokenTools().online });
    await settle();
    expect(counted.online).toBe(1);
    aborter.abort(new Error('left'));
    expect(await failure).toMatchObject({ message: 'left' });
    expect(counted.online).toBe(0);
  });
});
