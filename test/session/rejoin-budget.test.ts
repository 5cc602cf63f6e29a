import { expect, it } from 'vitest';
import { RejoinBudget } from '../../src/session/rejoin-budget.js';
import { FakeClock } from '../support/clock.js';

const minute = 60_000;

function budget(random = 0.5) {
  const clock = new FakeClock();
  return { clock, budget: new RejoinBudget(clock, () => random) };
}

it.each([
  [0, [800, 3_200, 12_800]],
  [0.5, [1_000, 4_000, 16_000]],
  [1, [1_200, 4_800, 19_200]],
])('waits ever longer before the next try, and not in step with others (random %d)', (random, expected) => {
  const { budget: one } = budget(random);
  const waits = expected.map(() => {
    const { wait } = one;
    one.spend();
    return Math.round(wait);
  });
  expect(waits).toEqual(expected);
});

it('has three tries in any five minutes', () => {
  const { clock, budget: one } = budget();
  for (const gap of [0, 2 * minute, 2 * minute]) {
    expect(one.left).toBe(true);
    clock.jump(gap);
    one.spend();
  }
  expect(one.left).toBe(false);
  clock.jump(minute - 1);
  expect(one.left).toBe(false);
  clock.jump(1);
  expect(one.left).toBe(true);
  expect(one.wait).toBe(16_000);
  one.spend();
  expect(one.left).toBe(false);
});

it('has all of them again for another meeting', () => {
  const { budget: one } = budget();
  for (let time = 0; time < 3; time++) one.spend();
  one.reset();
  expect(one.left).toBe(true);
  expect(one.wait).toBe(1_000);
});
