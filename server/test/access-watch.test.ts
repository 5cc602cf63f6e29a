import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readRules } from '../src/access/read.js';
import { watchAccess } from '../src/access/watch.js';

const good = 'rules:\n  - { who: { group: board }, rooms: Board }\n';
const better = `${good}  - { who: { group: staff }, rooms: Kitchen }\n`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'access-watch-'));
  file = join(folder, 'access.yaml');
  writeFileSync(file, good);
});
afterEach(() => rmSync(folder, { recursive: true }));

function watched() {
  const told: (string | null)[] = [];
  let reads = 0;
  const access = watchAccess(file, {
    interval: 0,
    onChange: (problem) => told.push(problem),
    read: (...args) => ((reads += 1), readRules(...args)),
  });
  const look = (times: number): void => Array.from({ length: times }).forEach(() => access.look());
  return { access, told, look, reads: () => reads };
}

it('a change counts when it is seen twice, and is read once', () => {
  const { access, told, look, reads } = watched();
  writeFileSync(file, better);
  look(1);
  expect(access.rules.list).toHaveLength(1);
  look(10);
  expect([access.rules.list.length, told, reads()]).toEqual([2, [null], 2]);
});

it('a text that can’t be used is read and told once, however long it stays, and the last good one goes on', () => {
  const { access, told, look, reads } = watched();
  writeFileSync(file, 'rules: [');
  look(10);
  expect(reads()).toBe(2);
  expect(told).toEqual([expect.stringContaining('access.yaml:1:')]);
  expect(access.rules.list).toHaveLength(1);
  writeFileSync(file, good);
  look(2);
  expect([access.problem, told.length]).toEqual([null, 2]);
  // The same fault again is news.
  writeFileSync(file, 'rules: [');
  look(2);
  expect([told.length, reads()]).toEqual([3, 3]);
});

it('a file that goes away and comes back unusable is told as each', () => {
  const { access, told, look } = watched();
  writeFileSync(file, 'rules: [');
  look(2);
  rmSync(file);
  look(2);
  writeFileSync(file, 'rules: [');
  look(2);
  expect(told).toEqual([
    expect.stringContaining('access.yaml:1:'),
    expect.stringContaining('missing'),
    expect.stringContaining('access.yaml:1:'),
  ]);
  expect(access.rules.list).toHaveLength(1);
});
