import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { openBrowser } from '../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';
import { stat } from '../support/stats.js';

let standin: RunningStandin;
let host: HttpsServer;
let browser: Browser;
/** What the token endpoint answers. */
let status = 200;

/** A page as the README has it: rules for the time before the upgrade, words around the meeting, the module. */
const pageWith = (attributes: string): string => `<!doctype html><html lang="en"><title>Visit</title>
<link rel="stylesheet" href="/jitsi-meeting.css"><h1>Before</h1>
<jitsi-meeting domain="${new URL(standin.origin).host}" room="Visit" token-url="/token" ${attributes}></jitsi-meeting>
<p>After</p><script type="module" src="/jitsi-meeting.js"></script>`;

beforeAll(async () => {
  standin = await startStandin();
  const token = await mintToken();
  const app = new Hono()
    .get('/:path{jitsi-meeting[./].+}', (c) => {
      const file = c.req.param('path');
      const type = file.endsWith('.css') ? 'text/css' : 'text/javascript';
      return c.body(readFileSync(`dist/${file}`, 'utf8'), 200, { 'content-type': type });
    })
    .post('/token', (c) =>
      status === 200 ? c.json({ token }) : c.body(null, status as 401, { 'retry-after': '7200' }),
    )
    .get('/', (c) => c.html(pageWith(c.req.query('with') ?? '')));
  host = await serveHttps(app);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await host.close();
  await standin.close();
});

const open = (): Promise<Page> =>
  browser.newPage({ ignoreHTTPSErrors: true, viewport: { width: 1000, height: 900 }, reducedMotion: 'reduce' });
const reached = (page: Page, state: string): Promise<void> =>
  page.locator(`jitsi-meeting:state(${state})`).waitFor({ state: 'attached', timeout: 20_000 });

describe('the layout of a page', () => {
  it.each(['', 'hide-status'])('does not shift until the meeting is joined: %s', async (attributes) => {
    status = 200;
    const page = await open();
    await page.addInitScript(() => {
      const seen = window as { shift?: number };
      seen.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.shift! += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(`${host.origin}/?with=${encodeURIComponent(attributes)}`);
    await reached(page, 'joined');
    const shift = await page.evaluate(async () => {
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
      return (window as { shift?: number }).shift!;
    });
    await page.close();
    stat(`layout shift with "${attributes}": ${shift.toFixed(4)}`);
    expect(shift).toBeLessThanOrEqual(0.01);
  });
});

describe('a person without a mouse', () => {
  it('joins, meets an error, tries again, leaves and comes back', async () => {
    status = 401;
    const page = await open();
    await page.goto(`${host.origin}/?with=${encodeURIComponent('loading="click" support-url="/help"')}`);
    await reached(page, 'idle');
    /** Tabs until a button or link with that name has the focus. */
    const goTo = async (name: string): Promise<void> => {
      const focused = (): Promise<string> =>
        page.evaluate(() => {
          let active = document.activeElement;
          while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
          return active?.textContent?.trim() ?? '';
        });
      await page.getByText(name, { exact: true }).first().waitFor();
      for (let tabs = 0; tabs < 10; tabs++) {
        if ((await focused()) === name) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`No way to ${name} by the keyboard: ${await focused()} has the focus`);
    };
    await goTo('Join meeting');
    await page.keyboard.press('Enter');
    await reached(page, 'failed');
    await goTo('Details for support');
    await page.keyboard.press('Enter');
    await page.getByText('token-auth-required').waitFor();
    await goTo('Contact support');
    status = 429;
    await goTo('I’ve signed in');
    await page.keyboard.press('Enter');
    await reached(page, 'token-rate-limited');
    status = 200;
    await goTo('Try again');
    await page.keyboard.press('Space');
    await reached(page, 'joined');
    const inFrame = await page.evaluate(
      () => document.querySelector('jitsi-meeting')!.shadowRoot!.activeElement?.localName,
    );
    expect(inFrame).toBe('iframe');
    const app = page.frameLocator('iframe');
    await app.getByRole('button', { name: 'Leave the meeting' }).press('Enter');
    await app.getByRole('button', { name: 'Leave', exact: true }).press('Enter');
    await reached(page, 'ended');
    await goTo('Rejoin');
    await page.keyboard.press('Enter');
    await reached(page, 'joined');
    await page.close();
  });
});
