import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { install, startWorld, untilState } from './app.js';

let world: Awaited<ReturnType<typeof startWorld>>;
let host: HttpsServer;
let page: Page;
/** While it is set, the page with the meeting waits for it. */
let slow: Promise<void> | undefined;

beforeAll(async () => {
  world = await startWorld();
  const folder = `${install('turbo', ['@hotwired/turbo@8'])}/node_modules`;
  const app = new Hono();
  app.get('/modules/*', (c) =>
    c.body(readFileSync(resolve(folder, c.req.path.slice('/modules/'.length)), 'utf8'), 200, {
      'content-type': 'text/javascript',
    }),
  );
  const head = `<!doctype html><title>Turbo</title><meta name="turbo-refresh-method" content="morph">
    <script type="module" src="/modules/@hotwired/turbo/dist/turbo.es2017-esm.js"></script>
    <script type="module" src="/modules/jitsi-meeting-element/dist/jitsi-meeting.js"></script>`;
  app.get('/other', (c) => c.html(`${head}<a href="/">Meeting</a>`));
  app.get('/', async (c) => {
    await slow;
    return c.html(`${head}<a href="/other">Other</a>
      <jitsi-meeting domain="${world.domain}" room="Turbo" token-url="${world.tokenUrl}"><jitsi-token-status></jitsi-token-status></jitsi-meeting>`);
  });
  host = await serveHttps(app);
  page = await world.newPage();
});

afterAll(async () => {
  await host?.close();
  await world?.close();
});

it('morphing keeps the meeting, its frame and its bar', async () => {
  await page.goto(host.origin);
  await untilState(page, 'joined');
  await page.evaluate(async () => {
    const rendered = new Promise((done) => document.addEventListener('turbo:render', done, { once: true }));
    (window as unknown as { Turbo: { session: { refresh(url: string): void } } }).Turbo.session.refresh(location.href);
    await rendered;
  });
  expect(await page.locator('jitsi-token-status').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.state)).toBe('joined');
  expect(world.asked()).toBe(1);
});

it('a preview does not join; the real page does, once', async () => {
  await page.getByRole('link', { name: 'Other' }).click();
  await page.getByRole('link', { name: 'Meeting' }).waitFor();
  let goOn = (): void => {};
  slow = new Promise((done) => (goOn = done));
  await page.getByRole('link', { name: 'Meeting' }).click();
  await page.waitForFunction(() => document.documentElement.hasAttribute('data-turbo-preview'));
  await page.locator('jitsi-meeting').waitFor();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.state)).toBe('idle');
  expect(world.asked()).toBe(1);
  goOn();
  await untilState(page, 'joined');
  expect(world.asked()).toBe(2);
});
