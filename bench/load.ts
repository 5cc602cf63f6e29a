// How long a page takes to be in a meeting, beside pages written by hand and Jitsi's SDKs; what it weighs; what an event
// costs; what many mounts leave behind. A run of everything writes its figures into docs/internals/performance.md.
import { parseArgs } from 'node:util';
import { findChromium, startChromium } from '../src/cli/watch/chromium.js';
import type { Devtools } from '../src/cli/watch/devtools.js';
import { openBrowser } from '../test/support/open-browser.js';
import { eventCosts } from './load/events.js';
import { settings, visit } from './load/measure.js';
import { manyMounts } from './load/mounts.js';
import { eventsText, machineText, mountsText, timeTable, writePage, type Visits } from './load/report.js';
import { startBenchSite, type BenchSite } from './load/site.js';
import { makeSubjects, type Subject } from './load/subjects.js';

const usage = `npm run bench -- load
  --runs 15             visits of each page in each setting
  --only module,react   these pages only, beside the one written by hand
  --setting delays      these settings only: delays, none, slow
  --mounts 200          how many mounts are looked at for leaks; 0: none
A run with --only or --setting writes no page. Mounts alone, or nearly so:
  npm run bench -- load --only hand --setting none --runs 1 --mounts 1000`;

const { values: given } = parseArgs({
  args: process.argv.slice(3),
  options: {
    runs: { type: 'string', default: '15' },
    only: { type: 'string' },
    setting: { type: 'string' },
    mounts: { type: 'string', default: '200' },
    help: { type: 'boolean', default: false },
  },
});

/** The entries of a table that a list names. */
function pick<Value>(table: Record<string, Value>, list = Object.keys(table).join()): [string, Value][] {
  return list.split(',').map((name) => {
    const value = table[name];
    if (!value) throw new Error(`"${name}" is none of ${Object.keys(table).join(', ')}.\n${usage}`);
    return [name, value];
  });
}

/** Every page once in each round, so that whatever else the machine does meets all of them. */
async function takeTurns(
  devtools: Devtools,
  site: BenchSite,
  subjects: readonly [string, Subject][],
  runs: number,
): Promise<Visits> {
  const visits: Visits = new Map();
  for (const [name, setting] of pick(settings, given.setting)) {
    const bySubject = new Map(subjects.map(([, subject]) => [subject, [] as Awaited<ReturnType<typeof visit>>[]]));
    visits.set(setting, bySubject);
    // The first round warms up.
    for (let round = 0; round <= runs; round++) {
      for (let turn = 0; turn < subjects.length; turn++) {
        const [key, subject] = subjects[(turn + round) % subjects.length]!;
        const figures = await visit(devtools, site, key, setting);
        if (round > 0) bySubject.get(subject)!.push(figures);
      }
      if (process.stdout.isTTY) process.stdout.write(`\r${name}: ${round} of ${runs} `);
    }
    if (process.stdout.isTTY) process.stdout.write('\r');
  }
  return visits;
}

async function measure(): Promise<void> {
  const runs = Number(given.runs);
  const all = await makeSubjects();
  const { hand } = all;
  const subjects = pick(all, given.only && [...new Set(['hand', ...given.only.split(',')])].join());
  const site = await startBenchSite(all);
  const browser = await openBrowser();
  const texts: string[] = [machineText(runs, browser.version())];
  const say = (text: string): void => {
    console.log(text);
    texts.push(text);
  };
  try {
    console.log(texts[0]);
    const visitor = await startChromium(findChromium(process.env), process.env);
    try {
      say(timeTable(await takeTurns(visitor.devtools, site, subjects, runs), hand!));
    } finally {
      await visitor.close();
    }
    say(eventsText(await eventCosts(browser, site)));
  } finally {
    await browser.close();
    await site.close();
  }
  const mounts = Number(given.mounts);
  if (mounts > 0) say(mountsText(await manyMounts(mounts)));
  if (!given.only && !given.setting && mounts > 0) await writePage(texts.join('\n\n'));
}

if (given.help) console.log(usage);
else await measure();
