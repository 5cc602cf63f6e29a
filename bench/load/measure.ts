// One visit: a page with empty caches, from the start of its navigation to the event that the meeting is joined.
import type { Browser } from 'playwright-core';
import type { BenchSite, Delays } from './site.js';

export interface Setting {
  label: string;
  delays: Delays;
  /** How many times slower the CPU is. */
  slowdown: number;
}

const none: Delays = { page: 0, token: 0, script: 0 };

export const settings: Record<string, Setting> = {
  delays: { label: 'with delays', delays: { page: 100, token: 150, script: 200 }, slowdown: 1 },
  none: { label: 'without delays', delays: none, slowdown: 1 },
  slow: { label: 'CPU 4 times slower', delays: none, slowdown: 4 },
};

export interface Visit {
  /** ms */
  time: number;
  /** How long tasks of more than 50 ms kept the page from anything else, ms. */
  blocked: number;
  /** Of the page's own files, as they went over the wire until the meeting was joined. */
  bytes: number;
  files: number;
}

export async function visit(browser: Browser, site: BenchSite, name: string, setting: Setting): Promise<Visit> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: setting.slowdown });
    site.delay(setting.delays);
    site.takeSent();
    const joined = page.waitForEvent('console', {
      predicate: (message) => message.text().startsWith('joined'),
      timeout: 20_000,
    });
    await page.goto(site.pageOf(name), { waitUntil: 'commit' });
    const [, time, blocked] = (await joined).text().split(' ').map(Number);
    return { time: time!, blocked: blocked!, ...site.takeSent() };
  } finally {
    await context.close();
  }
}
