import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { at, systemClock } from '../src/clock.js';
import { watchForJumps } from '../src/session/clock-jumps.js';
import { withDeadline } from '../src/waiting.js';
import { FakeClock } from './support/clock.js';

const day = 86_400_000;

describe("the system's clock", () => {
  // These overflow as a browser's do.
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it.each([0, 1, 2 ** 31 - 1, 2 ** 31, 30 * day, 400 * day])('waits %i ms, and no shorter or longer', (delay) => {
    const run = vi.fn<() => void>();
    systemClock.after(delay, run);
    if (delay > 0) vi.advanceTimersByTime(delay - 1);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(delay > 0 ? 1 : 0);
    expect(run).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does at once what is late already', () => {
    const run = vi.fn<() => void>();
    systemClock.after(-day, run);
    vi.advanceTimersByTime(0);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('never does what is to come after all time, and has no timer for it', () => {
    systemClock.after(Infinity, () => expect.unreachable());
    expect(vi.getTimerCount()).toBe(0);
  });

  it('drops what is cancelled, also after a part of the wait', () => {
    const cancel = systemClock.after(60 * day, () => expect.unreachable());
    vi.advanceTimersByTime(40 * day);
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('what is to be done at a time', () => {
  it('is done once then, and at once where the time has passed', async () => {
    const clock = new FakeClock();
    const [run, late] = [vi.fn<() => void>(), vi.fn<() => void>()];
    at(clock, clock.now() + day, run);
    at(clock, clock.now() - day, late);
    await clock.pass(day / 24);
    expect(late).toHaveBeenCalledTimes(1);
    clock.jump(day - day / 24 - 1);
    expect(run).not.toHaveBeenCalled();
    await clock.pass(15_000);
    expect(run).toHaveBeenCalledTimes(1);
    expect(clock.timers).toBe(0);
  });

  it.each([NaN, Infinity, 1e300])(
    'that never comes (%d) is never done, and asked for at most four times a minute',
    async (time) => {
      const clock = new FakeClock();
      let timers = 0;
      const counting = {
        now: () => clock.now(),
        after: (delay: number, run: () => void) => (timers++, clock.after(delay, run)),
      };
      const cancel = at(counting, time, () => expect.unreachable());
      await clock.pass(600_000);
      expect(timers).toBeLessThanOrEqual(41);
      cancel();
      expect(clock.timers).toBe(0);
    },
  );
});

describe('a jump of the clock', () => {
  it.each([
    [false, 20_000, []],
    [false, 20_001, [20_001]],
    [false, -20_000, []],
    [false, -20_001, [-20_001]],
    [true, 70_000, []],
    [true, 70_001, [70_001]],
  ])('in the background: %s, by %i ms', async (inBackground, jump, told) => {
    const clock = new FakeClock();
    const jumps: number[] = [];
    const end = watchForJumps(
      clock,
      () => inBackground,
      (by) => jumps.push(by),
    );
    await clock.pass(2_500);
    clock.jump(jump);
    await clock.pass(60_000);
    expect(jumps).toEqual(told);
    end();
    expect(clock.timers).toBe(0);
  });
});

describe('a run with a deadline', () => {
  const setUp = (signal?: AbortSignal) => {
    const clock = new FakeClock();
    return { clock, deadline: { clock, limit: 1000, signal, tooLate: () => new Error('too late') } };
  };

  it('ends as what runs ends, and leaves neither a timer nor a listener', async () => {
    const aborter = new AbortController();
    const { clock, deadline } = setUp(aborter.signal);
    expect(await withDeadline(deadline, () => Promise.resolve(7))).toBe(7);
    await expect(withDeadline(deadline, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(
      withDeadline(deadline, () => {
        throw new Error('broken at once');
      }),
    ).rejects.toThrow('broken at once');
    expect(clock.timers).toBe(0);
  });

  it('is rejected when the time is up, and its signal is aborted with the same reason', async () => {
    const { clock, deadline } = setUp();
    let given: AbortSignal | undefined;
    const run = withDeadline(deadline, (signal) => {
      given = signal;
      return new Promise(() => {});
    });
    run.catch(() => {});
    await clock.pass(999);
    expect(given?.aborted).toBe(false);
    await clock.pass(1);
    await expect(run).rejects.toThrow('too late');
    expect(given?.reason).toHaveProperty('message', 'too late');
    expect(clock.timers).toBe(0);
  });

  it('is rejected with the reason of an abort, before it runs or while it does', async () => {
    const aborter = new AbortController();
    const { clock, deadline } = setUp(aborter.signal);
    let ran = 0;
    const wait = (): Promise<never> => {
      ran += 1;
      return new Promise<never>(() => {});
    };
    const run = withDeadline(deadline, wait);
    aborter.abort(new Error('left'));
    await expect(run).rejects.toThrow('left');
    await expect(withDeadline(deadline, wait)).rejects.toThrow('left');
    expect(ran).toBe(1);
    expect(clock.timers).toBe(0);
  });
});
