import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { openBrowser } from '../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';

/** What the page tells of itself: a page that comes back is none that a driver could ask. */
interface Report {
  restored: boolean;
  state: string;
  says: string;
  frames: number;
}

let standin: RunningStandin;
let host: HttpsServer;
let browser: Browser;
const reports: Report[] = [];
let heard = (): void => {};

/** Runs in the page: reports when it is shown, then presses what button there is and reports when joined. */
function page(): void {
  const meeting = document.querySelector('jitsi-meeting')!;
  const part = (name: string) => [...meeting.shadowRoot!.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
  let restored = false;
  const report = (): unknown =>
    fetch('/told', {
      method: 'POST',
      body: JSON.stringify({
        restored,
        state: meeting.state,
        says: part('message')[0]?.textContent?.trim() ?? '',
        frames: meeting.shadowRoot!.querySelectorAll('iframe').length,
      }),
    });
  meeting.addEventListener('meeting-state-change', () => meeting.state === 'joined' && report());
  window.addEventListener('pageshow', async ({ persisted }) => {
    if (!persisted) return;
    restored = true;
    await meeting.updateComplete;
    await report();
    part('button')
      .find((button) => button.textContent?.trim() === 'Rejoin')
      ?.click();
  });
}

beforeAll(async () => {
  standin = await startStandin();
  const app = new Hono();
  app.get('/jitsi-meeting.js', (c) =>
    c.body(readFileSync('dist/jitsi-meeting.js', 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );
  app.post('/token', async (c) => c.json({ token: await mintToken() }));
  app.post('/told', async (c) => {
    reports.push(await c.req.json());
    heard();
    return c.body(null, 204);
  });
  app.get('/away', (c) => c.html('<!doctype html><title>Away</title>'));
  app.get('/', (c) =>
    c.html(`<!doctype html><title>Meeting</title><script type="module" src="jitsi-meeting.js"></script>
      <jitsi-meeting domain="${standin.host}" room="back" token-url="/token"></jitsi-meeting>
      <script type="module">(${page.toString()})()</script>`),
  );
  host = await serveHttps(app);
  browser = await openBrowser({ backForwardCache: true });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await standin?.close();
});

async function reported(count: number): Promise<void> {
  while (reports.length < count) await new Promise<void>((resolve) => (heard = resolve));
}

it('a meeting that Chromium kept in its back/forward cache is over there and says so, and Rejoin takes it up again', async () => {
  const tab = await browser.newPage({ ignoreHTTPSErrors: true });
  await tab.goto(host.origin);
  await reported(1);
  await tab.evaluate(() => void setTimeout(() => (location.href = '/away')));
  await tab.waitForURL('**/away');
  await tab.evaluate(() => void setTimeout(() => history.back()));
  await reported(3);
  expect(reports).toEqual([
    { restored: false, state: 'joined', says: '', frames: 1 },
    { restored: true, state: 'ended', says: expect.stringContaining('while this page was away') as string, frames: 0 },
    { restored: true, state: 'joined', says: '', frames: 1 },
  ]);
});
