import { beforeEach, describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import type { CurrentToken } from '../../src/token/token-manager.js';
import { Renewal } from '../../src/token/renewal.js';
import { FakeClock } from '../support/clock.js';

const passing = (more: object = {}) =>
  new JitsiMeetingError('token-server', 'no', { hint: '', retryable: true, ...more });
const final = new JitsiMeetingError('token-forbidden', 'no', { hint: '' });

let clock: FakeClock;
let told: string[];
let asked: number[];
let start: number;
let random: number;
let answer: () => Promise<void>;

beforeEach(() => {
  clock = new FakeClock();
  start = clock.now();
  told = [];
  asked = [];
  random = 0.5;
  answer = () => Promise.resolve();
});

const make = () =>
  new Renewal(
    clock,
    () => random,
    () => (asked.push(clock.now() - start), answer()),
    {
      expiring: () => told.push(`expiring ${clock.now() - start}`),
      expired: () => told.push(`expired ${clock.now() - start}`),
      failed: ({ code }) => told.push(`failed ${code}`),
      changed: () => {},
    },
  );

const token = (life: number | undefined): CurrentToken =>
  ({ expiresAt: life === undefined ? undefined : start + life, receivedAt: start }) as CurrentToken;

describe('a token that is watched', () => {
  it.each([
    [3_600_000, 3_540_000],
    [300_000, 240_000],
    [299_000, 239_200],
    [50_000, 40_000],
  ])('of %i ms is renewed a minute before its end, or at four fifths of a short life', async (life, at) => {
    make().watch(token(life));
    await clock.pass(at - 1);
    expect(asked).toEqual([]);
    await clock.pass(1);
    expect(asked).toEqual([at]);
    expect(told).toEqual([`expiring ${at}`]);
    await clock.pass(life - at);
    expect(told).toEqual([`expiring ${at}`, `expired ${life}`]);
  });

  it.each([
    [0, 300_000 - 54_000],
    [1, 300_000 - 66_000],
  ])('is renewed up to a tenth of that sooner or later (%i), so that pages do not ask in step', async (at, first) => {
    random = at;
    make().watch(token(300_000));
    await clock.pass(300_000);
    expect(asked[0]).toBe(first);
  });

  it('without an end, or past it, is not renewed', async () => {
    make().watch(token(undefined));
    make().watch(token(0));
    make().watch(token(-1));
    expect(clock.timers).toBe(0);
    await clock.pass(600_000);
    expect([asked, told]).toEqual([[], []]);
  });

  it('and watched again has its events once', async () => {
    const renewal = make();
    const held = token(300_000);
    renewal.watch(held);
    renewal.watch(held);
    expect(clock.timers).toBe(2);
    renewal.watch(token(300_000));
    expect(clock.timers).toBe(2);
    renewal.stop();
    expect(clock.timers).toBe(0);
    renewal.watch(held);
    expect(clock.timers, 'after a stop it is begun anew').toBe(2);
  });
});

it('watched again after it was told to end soon, a token is not told so again', async () => {
  const renewal = make();
  const held = token(300_000);
  renewal.watch(held);
  await clock.pass(241_000);
  renewal.watch(held);
  await clock.pass(1_000);
  expect(told).toEqual(['expiring 240000']);
});

describe('a renewal that fails', () => {
  it('in passing is tried again ever less often, at most once a minute', async () => {
    answer = () => Promise.reject(passing());
    make().watch(token(300_000));
    await clock.pass(600_000);
    const gaps = asked.map((time, index) => time - (asked[index - 1] ?? 0)).slice(1);
    expect(gaps.slice(0, 6)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    expect(told.filter((line) => line.startsWith('failed'))).toEqual([]);
  });

  it('waits as long as it is asked to, and not shorter than it would', async () => {
    answer = () => Promise.reject(passing({ retryAfter: asked.length === 1 ? 30_000 : 1_000 }));
    make().watch(token(300_000));
    await clock.pass(290_000);
    expect(asked).toEqual([240_000, 270_000, 280_000]);
  });

  it('for good is told once, and not tried again', async () => {
    answer = () => Promise.reject(final);
    make().watch(token(300_000));
    await clock.pass(600_000);
    expect(asked).toEqual([240_000]);
    expect(told).toEqual(['expiring 240000', 'failed token-forbidden', 'expired 300000']);
  });

  it.each([new JitsiMeetingError('aborted', 'left', { hint: '', retryable: true }), new Error('a fault')])(
    'because it is no longer needed ends without a message: %s',
    async (error) => {
      answer = () => Promise.reject(error);
      make().watch(token(300_000));
      await clock.pass(600_000);
      expect(asked).toEqual([240_000]);
      expect(told).toEqual(['expiring 240000', 'expired 300000']);
    },
  );

  it.each([final, passing()])('is not reported once another token is watched: %s', async (error) => {
    const renewal = make();
    let fail!: () => void;
    answer = () => new Promise((_, reject) => (fail = () => reject(error)));
    renewal.watch(token(300_000));
    await clock.pass(240_000);
    renewal.watch(token(3_600_000));
    fail();
    await clock.pass(60_000);
    expect(asked).toEqual([240_000]);
    expect(told).toEqual(['expiring 240000']);
    expect(clock.timers).toBe(2);
  });
});

describe('a renewal that brings the same token again', () => {
  it('is tried again, as the end stays what it was', async () => {
    make().watch(token(300_000));
    await clock.pass(260_000);
    expect(asked).toEqual([240_000, 245_000, 255_000]);
  });
});
