import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { extname } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDemoSite } from '../../scripts/demo-site.js';
import { openBrowser } from '../support/open-browser.js';
import { stat } from '../support/stats.js';

const folder = '.cache/test-demo-site';
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** Knows files in a folder of its own, as a project's page has, and nothing else. */
const server: Server = createServer((request, response) => {
  const path = new URL(request.url!, 'http://localhost').pathname.replace(/\/$/, '/index.html');
  try {
    if (!path.startsWith('/project/') || request.method !== 'GET') throw new Error('not a file');
    const body = readFileSync(`${folder}${path.slice('/project'.length)}`);
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/plain' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});

let browser: Browser;
let context: BrowserContext;
let page: Page;
let requests = 0;
const missing: string[] = [];

beforeAll(async () => {
  await buildDemoSite(folder);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await openBrowser();
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  page = await context.newPage();
  await page.addInitScript(watch);
  page.on('request', () => requests++);
  page.on('response', (answer) => void (answer.status() >= 400 && missing.push(answer.url())));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/project/`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
});

afterAll(async () => {
  await browser?.close();
  server.close();
});

/** What a visitor came for is there: the button of the meeting, in the frame that is painted next. And what moves. */
function watch(): void {
  const isThere = (): boolean =>
    document.querySelector('jitsi-meeting')?.shadowRoot?.querySelector('button')?.checkVisibility() ?? false;
  const painted = new Promise<number>((resolve) => {
    const look = (): void => {
      if (isThere()) requestAnimationFrame(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries() as unknown as { value: number }[]) sum += value;
  }).observe({ type: 'layout-shift', buffered: true });
  Object.assign(window, { painted, shift: () => sum });
}

const untilState = (name: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, name);

describe('the demo as files', () => {
  it('is there soon, with few requests', async () => {
    await page.waitForLoadState('networkidle');
    const first = requests;
    expect(first).toBeLessThan(20);
    // The best of three, because the machine may be busy with something else.
    const painted: number[] = [];
    for (let time = 0; time < 3; time++) {
      await page.reload();
      const join = page.locator('#meeting').getByRole('button', { name: 'Join meeting' });
      await join.waitFor();
      painted.push(await page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted));
    }
    stat(`the demo as files: ${first} requests; the meeting is painted after ${painted.map(Math.round).join(', ')} ms`);
    expect(Math.min(...painted)).toBeLessThan(1000);
    expect(missing).toEqual([]);
  });

  it.each([360, 1400, 1920])('does not move while it loads, at %i px', async (width) => {
    await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
    await page.reload();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    const shift = await page.evaluate(() => (window as unknown as { shift(): number }).shift());
    stat(`the demo as files at ${width} px: layout shift ${shift.toFixed(4)}`);
    expect(shift).toBeLessThanOrEqual(0.02);
  });

  it('signs a token, joins the stand-in, and shows two people to each other', async () => {
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await untilState('joined');
    await page.getByText('Role moderator (source: live)').waitFor();
    await page.getByRole('button', { name: 'Second person' }).click();
    await page.locator('#meeting').frameLocator('iframe').getByText('Grace Hopper').first().waitFor();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page
      .locator('#meeting')
      .frameLocator('iframe')
      .getByText('Grace Hopper')
      .first()
      .waitFor({ state: 'detached' });
    expect(missing).toEqual([]);
  });

  it('works where the browser has no SharedWorker, and says what is missing', async () => {
    const alone = await browser.newContext();
    await alone.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    const other = await alone.newPage();
    await other.goto(page.url());
    await other.getByText('People don’t see each other, as this browser has no SharedWorker.').waitFor();
    await other.getByRole('button', { name: 'Join', exact: true }).click();
    await other.getByText('Role moderator (source: live)').waitFor();
    await other.getByRole('button', { name: 'Second person' }).click();
    await other.waitForFunction(() =>
      [...document.querySelectorAll('jitsi-meeting')].every(({ state }) => state === 'joined'),
    );
    expect(await other.locator('#meeting').frameLocator('iframe').getByText('Grace Hopper').count()).toBe(0);
    await alone.close();
  });

  it('has the same people in two tabs', async () => {
    const other = await context.newPage();
    await other.goto(`${page.url().replace(/#.*/, '')}?as=grace`);
    await other.locator('html[data-ready]').waitFor({ state: 'attached' });
    await other.getByRole('button', { name: 'Join', exact: true }).click();
    await page.locator('#meeting').frameLocator('iframe').getByText('Grace Hopper').first().waitFor();
    await other.close();
    await page
      .locator('#meeting')
      .frameLocator('iframe')
      .getByText('Grace Hopper')
      .first()
      .waitFor({ state: 'detached' });
  });

  it.each([
    ['wrong secret', /wrong on this site, not with you/],
    ['not allowed (403)', /Ask the person who invited you/],
    ['script down (404)', /Check your internet/],
    ['kicked', /removed from the meeting/],
  ])('breaks: %s', async (button, text) => {
    await page.getByRole('tab', { name: 'Break' }).click();
    await page.getByRole('button', { name: button, exact: true }).click();
    await page.locator('#meeting').getByText(text).first().waitFor();
    await page.getByRole('button', { name: 'Mend it' }).click();
    await untilState('joined');
  });
});
