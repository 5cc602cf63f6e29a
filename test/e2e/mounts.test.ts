import { afterAll, beforeAll, expect, it } from 'vitest';
import { MountingPage } from '../support/mounting.js';
import { startSite, type Site } from '../support/site.js';
import { stat } from '../support/stats.js';

let site: Site;

beforeAll(async () => {
  site = await startSite();
});

afterAll(() => site?.close());

it('200 mounts and unmounts leave no element, no API object, no document, no listener and a flat heap', async () => {
  const page = await MountingPage.open(await site.newPage(), site.origin, site.standinHost);
  await page.mount(20);
  const before = await page.leftovers();
  await page.mount(100);
  const middle = await page.leftovers();
  await page.mount(100);
  const after = await page.leftovers();
  const perMount = Math.round((after.heap - before.heap) / 200);
  const megabytes = [before, middle, after].map(({ heap }) => (heap / 1e6).toFixed(2)).join(', ');
  stat(
    `200 mounts: heap ${megabytes} MB after garbage collection, ${perMount} bytes a mount; ${after.objects} objects kept`,
  );
  expect(after.objects).toBe(0);
  expect(after.iframes).toBe(0);
  expect(after.documents).toBeLessThanOrEqual(before.documents);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners);
  // A meeting that stayed would be 100 kB and more.
  expect(perMount).toBeLessThan(2_000);
}, 120_000);
