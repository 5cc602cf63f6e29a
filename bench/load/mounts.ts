// What many mounts leave behind, each against the real stand-in; and the slowest of them.
import { MountingPage } from '../../test/support/mounting.js';
import { startSite } from '../../test/support/site.js';
import { bringTsxHelper } from './tsx-names.js';

export interface Mounts {
  count: number;
  iframes: number;
  objects: number;
  documents: number;
  listeners: number;
  /** Bytes a mount. */
  heap: number;
  /** Of those that joined, ms. */
  median: number;
  slowest: number;
}

/** @throws {Error} when a mount is not joined within 10 s */
export async function manyMounts(count: number): Promise<Mounts> {
  const site = await startSite();
  try {
    const tab = await site.newPage();
    await bringTsxHelper(tab);
    const page = await MountingPage.open(tab, site.origin, site.standinHost);
    await page.mount(20);
    const before = await page.leftovers();
    const times = (await page.mount(count)).sort((one, other) => one - other);
    const after = await page.leftovers();
    return {
      count,
      iframes: after.iframes,
      objects: after.objects,
      documents: after.documents - before.documents,
      listeners: after.listeners - before.listeners,
      heap: Math.round((after.heap - before.heap) / count),
      median: times[times.length >> 1]!,
      slowest: times.at(-1)!,
    };
  } finally {
    await site.close();
  }
}
