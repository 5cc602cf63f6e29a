import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSite, type Site } from '../support/site.js';
import { stat } from '../support/stats.js';

interface Mounting {
  /** Every element and API object that was made. */
  refs: WeakRef<object>[];
  domain: string;
}
declare const window: Mounting & typeof globalThis;

let site: Site;
let page: Page;
let devtools: CDPSession;

beforeAll(async () => {
  site = await startSite();
  page = await site.newPage();
  devtools = await page.context().newCDPSession(page);
});

afterAll(() => site?.close());

/** Mounts and unmounts meetings, ten at a time; every second one is removed before it is joined. */
async function mount(count: number): Promise<void> {
  await page.evaluate(async (mounts) => {
    const reached = (meeting: Element & { state: string }, ...states: string[]) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (states.includes(meeting.state)) resolve();
        };
        meeting.addEventListener('meeting-state-change', look);
        look();
      });
    const one = async (number: number): Promise<void> => {
      const meeting = document.createElement('jitsi-meeting');
      Object.assign(meeting, { domain: window.domain, room: `heap-${number}`, tokenUrl: '/token' });
      document.body.append(meeting);
      await reached(
        meeting,
        ...(number % 2 ? [['connecting', 'loading', 'ready'][number % 3]!, 'joined'] : ['joined']),
      );
      window.refs.push(new WeakRef(meeting));
      if (meeting.api) window.refs.push(new WeakRef(meeting.api));
      if (number % 4 === 0) await meeting.leave();
      meeting.remove();
    };
    for (let done = 0; done < mounts; done += 10)
      await Promise.all(Array.from({ length: 10 }, (_, at) => one(done + at)));
  }, count);
}

async function measure() {
  // What is freed by one round may hold on to what the next one frees.
  for (let round = 0; round < 3; round++) await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { documents, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const kept = await page.evaluate(() => window.refs.filter((ref) => ref.deref()).length);
  return { heap: usedSize, documents, jsEventListeners, kept };
}

it('200 mounts and unmounts leave no element, no API object, no document, no listener and a flat heap', async () => {
  await page.goto(site.origin);
  await page.evaluate((domain) => Object.assign(window, { domain, refs: [] }), site.standinHost);
  await mount(20);
  const before = await measure();
  await mount(100);
  const middle = await measure();
  await mount(100);
  const after = await measure();
  const perMount = Math.round((after.heap - before.heap) / 200);
  const megabytes = [before, middle, after].map(({ heap }) => (heap / 1e6).toFixed(2)).join(', ');
  stat(
    `200 mounts: heap ${megabytes} MB after garbage collection, ${perMount} bytes a mount; ${after.kept} objects kept`,
  );
  expect(after.kept).toBe(0);
  expect(after.documents).toBeLessThanOrEqual(before.documents);
  expect(after.jsEventListeners).toBeLessThanOrEqual(before.jsEventListeners);
  // A meeting that stayed would be 100 kB and more.
  expect(perMount).toBeLessThan(2_000);
}, 120_000);
