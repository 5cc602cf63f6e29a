import { describe, expect, it } from 'vitest';
import { TokenManager } from '../../src/token/token-manager.js';
import { defaultTokenTools } from '../../src/token/request.js';
import type { TokenReason, TokenSource } from '../../src/token/types.js';
import { FakeClock, settle } from '../support/clock.js';
import { unsignedToken } from '../support/jwt.js';
import { FakeBackend } from '../support/fake-backend.js';

function makeKeeper(initial?: TokenSource) {
  const clock = new FakeClock();
  const backend = new FakeBackend(clock);
  const told: string[] = [];
  const reasons: TokenReason[] = [];
  const page = { source: initial ?? { endpoint: { url: 'https://www.example.org/t' } } };
  const note = (name: string) => () => void told.push(name);
  const manager = new TokenManager(
    { ...defaultTokenTools(), clock, fetch: backend.fetch, random: () => 0.5, online: () => Promise.resolve() },
    () => page.source,
    () => ({ domain: 'meet.example.org', room: 'team', tenant: null }),
    {
      received: note('received'),
      renewed: note('renewed'),
      expiring: note('expiring'),
      expired: note('expired'),
      renewalFailed: note('renewalFailed'),
      renewing: () => {},
    },
  );
  /** As a frame does. */
  const use = async (reason: TokenReason = 'join') => {
    const held = await manager.obtain(reason);
    if (held) held.used = true;
    return held;
  };
  const now = (): number => Math.floor(clock.now() / 1000);
  return { manager, clock, backend, told, page, reasons, use, now };
}

describe('the token for a join', () => {
  it('is the one in hand if no frame had it', async () => {
    const { manager, backend } = makeKeeper();
    const first = await manager.obtain('join');
    expect(first).toMatchObject({ reused: false, used: false });
    expect(await manager.obtain('join')).toBe(first);
    expect(first?.reused).toBe(true);
    expect(backend.requests).toBe(1);
  });

  it('is a new one for each frame', async () => {
    const { use, backend } = makeKeeper();
    const first = await use();
    const second = await use('rejoin');
    expect(second).not.toBe(first);
    expect(second).toMatchObject({ reused: false });
    expect(backend.requests).toBe(2);
  });

  it.each([
    [30, 1],
    [29, 2],
  ])('lives at least another 30 s: with %i s left %i requests were made', async (left, requests) => {
    const { manager, clock, backend } = makeKeeper();
    await manager.obtain('join');
    clock.jump((3600 - left) * 1000);
    await manager.obtain('join');
    expect(backend.requests).toBe(requests);
  });

  it('lives at least another 30 s also when it is the answer to a renewal under way', async () => {
    const { manager, use, clock, backend, now } = makeKeeper();
    const end = now() + 3600;
    await use();
    clock.jump(3_590_000);
    backend.answer = () => backend.token({ exp: backend.requests === 2 ? end : now() + 3600 });
    const renewing = manager.renew();
    const held = await manager.obtain('rejoin');
    await renewing;
    expect(held!.expiresAt! - manager.now()).toBeGreaterThan(30_000);
    expect(backend.requests).toBe(3);
  });

  it('is the answer to a renewal under way if that will do, and straight from the backend', async () => {
    const { manager, use, backend } = makeKeeper();
    await use();
    backend.life = 7200;
    const renewing = manager.renew();
    const held = await manager.obtain('rejoin');
    await renewing;
    expect(held).toBe(manager.current);
    expect(held).toMatchObject({ used: false, reused: false });
    expect(backend.requests).toBe(2);
  });

  it('is what the source gives, however short it lives', async () => {
    const { manager, backend } = makeKeeper();
    backend.life = 10;
    expect(await manager.obtain('join')).toBeDefined();
    expect(await manager.obtain('join')).toBeDefined();
    expect(backend.requests).toBe(2);
  });

  it('counts as straight from the backend when a request brings the same one again', async () => {
    const { use, backend, now } = makeKeeper();
    const token = unsignedToken({ exp: now() + 3600 });
    backend.answer = () => Response.json({ token });
    const first = await use();
    first!.reused = true;
    expect(await use('rejoin')).toMatchObject({ reused: false });
    expect(backend.requests).toBe(2);
  });

  it('is the one that the page set last, where the page holds it', async () => {
    const { manager, page, now } = makeKeeper({ token: unsignedToken({ jti: 'one' }) });
    expect((await manager.obtain('join'))?.decoded.claims).toMatchObject({ jti: 'one' });
    page.source = { token: unsignedToken({ jti: 'two', exp: now() + 60 }) };
    expect((await manager.obtain('join'))?.decoded.claims).toMatchObject({ jti: 'two' });
  });

  it('is a new one where the page names another source than the one in hand is from', async () => {
    const { manager, page, use, backend } = makeKeeper();
    await use();
    await manager.renew();
    page.source = { endpoint: { url: 'https://www.example.org/other' } };
    await manager.obtain('rejoin');
    expect(backend.urls).toEqual(['/t', '/t', '/other']);
  });

  it('is the one in hand where the page makes its provider anew at each render', async () => {
    let asked = 0;
    const provider = () => () => unsignedToken({ jti: `${++asked}` });
    const { manager, page } = makeKeeper({ provider: provider() });
    const first = await manager.obtain('join');
    page.source = { provider: provider() };
    expect(await manager.obtain('join')).toBe(first);
    expect(asked).toBe(1);
  });

  it('is undefined after the page removed its source, and the last token is forgotten', async () => {
    const { manager, page, clock } = makeKeeper();
    await manager.obtain('join');
    manager.keepFresh();
    page.source = {};
    expect(await manager.obtain('join')).toBeUndefined();
    expect(manager.current).toBeUndefined();
    expect(clock.timers).toBe(0);
  });
});

describe('two calls at once', () => {
  it('share one request, and what it brings is told once', async () => {
    const { manager, use, backend, told } = makeKeeper();
    await use();
    await Promise.all([manager.renew(), manager.renew(), manager.renew()]);
    expect(backend.requests).toBe(2);
    expect(told).toEqual(['received', 'received', 'renewed']);
  });

  it('with another source between them: the latest wins, also for the first, and only one request is open', async () => {
    const { manager, page, backend, told } = makeKeeper();
    backend.answer = ({ url }) => (url.endsWith('/t') ? new Promise<Response>(() => {}) : backend.token());
    const first = manager.obtain('join');
    await settle();
    page.source = { endpoint: { url: 'https://www.example.org/other' } };
    const second = manager.obtain('join');
    expect(await first).toBe(await second);
    expect(backend.urls).toEqual(['/t', '/other']);
    expect(backend.open).toBe(0);
    expect(told).toEqual(['received']);
  });

  it('with two other sources after it: the last of them wins', async () => {
    const { manager, page, backend } = makeKeeper();
    backend.answer = ({ url }) => (url.endsWith('/three') ? backend.token() : new Promise<Response>(() => {}));
    const all = [manager.obtain('join')];
    for (const path of ['two', 'three']) {
      page.source = { endpoint: { url: `https://www.example.org/${path}` } };
      all.push(manager.obtain('join'));
    }
    expect(new Set(await Promise.all(all))).toHaveProperty('size', 1);
    expect(backend.open).toBe(0);
  });

  it('keep the longer-lived token, unless the shorter one is from another source', async () => {
    const { manager, page, use, backend } = makeKeeper();
    const first = await use();
    backend.life = 600;
    await manager.renew();
    expect(manager.current, 'an older one out of a cache').toBe(first);
    page.source = { endpoint: { url: 'https://www.example.org/other' } };
    await manager.renew();
    expect(manager.current).not.toBe(first);
  });
});

describe('renewals', () => {
  it('are not reported before there is a meeting to keep', async () => {
    const { manager, clock, backend, told } = makeKeeper();
    await manager.obtain('join');
    await clock.pass(8 * 3_600_000);
    expect(backend.requests).toBe(1);
    expect(told).toEqual(['received']);
    expect(clock.timers).toBe(0);
  });

  it('go on after a stop and another join, which asks anew', async () => {
    const { manager, clock, backend } = makeKeeper();
    await manager.obtain('join');
    manager.stop();
    await manager.obtain('join');
    manager.keepFresh();
    await clock.pass(3_600_000);
    // Two joins, and the one renewal that an hour brings.
    expect(backend.requests).toBe(3);
  });

  it('wait for Retry-After, however long that is', async () => {
    const { manager, use, clock, backend } = makeKeeper();
    await use();
    manager.keepFresh();
    backend.answer = () => new Response('', { status: 429, headers: { 'retry-after': '300' } });
    await clock.pass(3_540_000);
    expect(backend.requests).toBe(2);
    await clock.pass(299_000);
    expect(backend.requests).toBe(2);
    await clock.pass(2_000);
    expect(backend.requests).toBe(3);
  });

  it('read a Retry-After date by the time that an earlier token told, where the answer tells none', async () => {
    const { manager, clock, backend } = makeKeeper();
    backend.skew = 600_000;
    const withoutDate = (response: Response): Response => (response.headers.delete('date'), response);
    backend.answer = () => withoutDate(backend.token());
    await manager.obtain('join');
    const later = new Date(backend.now() + 30_000).toUTCString();
    backend.answer = () => new Response('', { status: 429, headers: { 'retry-after': later } });
    const renewing = manager.renew().catch(() => {});
    await clock.pass(29_000);
    expect(backend.requests).toBe(2);
    backend.answer = () => backend.token();
    await clock.pass(5_000);
    expect(backend.requests).toBe(3);
    await renewing;
  });

  it('take up a token that the page sets after the old one ended', async () => {
    const start = Math.floor(new FakeClock().now() / 1000);
    const { manager, use, clock, page, told } = makeKeeper({ token: unsignedToken({ exp: start + 300 }) });
    await use();
    manager.keepFresh();
    await clock.pass(600_000);
    expect(told).toEqual(['received', 'expiring', 'expired']);
    page.source = { token: unsignedToken({ exp: start + 7200 }) };
    await clock.pass(61_000);
    expect(told).toEqual(['received', 'expiring', 'expired', 'received', 'renewed']);
  });

  it('go by the new time at once when an answer tells it, though the token stays', async () => {
    const { manager, use, clock, backend, told, now } = makeKeeper();
    await use();
    manager.keepFresh();
    const end = now() + 3600;
    backend.answer = () => backend.token({ exp: end });
    // The device's clock is set back by an hour, so the token would seem to live for two.
    clock.jump(-3_600_000);
    backend.skew = 3_600_000;
    await manager.renew();
    await clock.pass(3_545_000);
    expect(told).toContain('expiring');
  });
});

const ago = (minutes: number, life: number) => (now: number) =>
  unsignedToken({ iat: now - minutes * 60, exp: now - minutes * 60 + life });
const provider =
  (token: (now: number) => string) =>
  (now: number): TokenSource => ({ provider: () => token(now) });
const held =
  (token: (now: number) => string) =>
  (now: number): TokenSource => ({ token: token(now) });

describe("the server's clock", () => {
  it('goes on when somebody sets the clock of the device, without asking anybody', async () => {
    const { manager, clock, backend } = makeKeeper();
    await manager.obtain('join');
    const before = manager.now();
    clock.jump(-3_600_000);
    manager.clockSet(-3_600_000);
    expect(manager.now()).toBe(before);
    expect(backend.requests).toBe(1);
  });

  it('is the clock of the device while no server has told the time', async () => {
    const { manager, clock } = makeKeeper({ token: unsignedToken({ exp: 4_000_000_000 }) });
    await manager.obtain('join');
    clock.jump(-3_600_000);
    manager.clockSet(-3_600_000);
    expect(manager.now()).toBe(clock.now());
  });

  it.each<[string, (now: number) => TokenSource, number]>([
    ['the page holds an hour-old token', held(ago(60, 7200)), 0],
    ['the page holds an hour-old token that is over', held(ago(60, 300)), 0],
    ['the page holds a token from the future', held(ago(-10, 300)), 10],
    ['code of the page keeps a token for long', provider(ago(30, 3600)), 0],
    ['code of the page gives a token that would be over', provider(ago(10, 300)), -10],
    ['code of the page gives a token from the future', provider(ago(-10, 300)), 10],
  ])('when %s', async (_what, source, minutes) => {
    const start = Math.floor(new FakeClock().now() / 1000);
    const { manager } = makeKeeper(source(start));
    await manager.obtain('join');
    expect(manager.skew / 60_000).toBe(minutes);
  });

  it.each([
    [1, 0],
    [2, 0],
    [3, 3],
    [-3, -3],
  ])('%i s ahead counts as %i s', async (skew, counted) => {
    const { manager, backend } = makeKeeper();
    backend.skew = skew * 1000;
    await manager.obtain('join');
    expect(manager.skew / 1000).toBe(counted);
  });
});
