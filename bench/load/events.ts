// What it costs that every event of Jitsi is told on the element: an event with one listener, told by Jitsi's API object on
// a page written by hand, and on ours.
import type { Browser } from 'playwright-core';
import { median } from './median.js';
import type { BenchSite } from './site.js';
import { bringTsxHelper } from './tsx-names.js';

interface Api {
  emit(name: string, payload: object): void;
  addListener(name: string, listener: () => void): void;
}

/** µs for one event, by subject. */
export async function eventCosts(browser: Browser, site: BenchSite): Promise<Record<'hand' | 'module', number>> {
  return { hand: await costOf(browser, site, 'hand'), module: await costOf(browser, site, 'module') };
}

async function costOf(browser: Browser, site: BenchSite, name: string): Promise<number> {
  const page = await browser.newPage({ ignoreHTTPSErrors: true });
  try {
    await bringTsxHelper(page);
    const joined = site.joined();
    await page.goto(site.pageOf(name));
    await joined;
    const { heard, costs } = await page.evaluate(() => {
      const rounds = 9;
      const events = 20_000;
      const element = document.querySelector('jitsi-meeting');
      const api = (element?.api ?? (window as unknown as { api: Api }).api) as unknown as Api;
      let count = 0;
      const listener = (): void => void count++;
      if (element) element.addEventListener('audioMuteStatusChanged', listener);
      else api.addListener('audioMuteStatusChanged', listener);
      const each = Array.from({ length: rounds }, () => {
        const start = performance.now();
        for (let number = 0; number < events; number++) api.emit('audioMuteStatusChanged', { muted: number % 2 === 0 });
        return ((performance.now() - start) / events) * 1000;
      });
      return { heard: count === rounds * events, costs: each.slice(1) };
    });
    if (!heard) throw new Error(`${name}: not every event was heard.`);
    return median(costs);
  } finally {
    await page.close();
  }
}
