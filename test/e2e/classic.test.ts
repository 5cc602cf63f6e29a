import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { openBrowser } from '../helpers/browser.js';
import { mintToken, startStandin, type RunningStandin } from '../helpers/standin.js';

let standin: RunningStandin;
let host: HttpsServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  standin = await startStandin();
  const app = new Hono();
  app.get('/dist/:file', (c) =>
    c.body(readFileSync(`dist/${c.req.param('file')}`, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );
  app.post('/token', async (c) => c.json({ token: await mintToken() }));
  const tag = `<jitsi-meeting domain="${standin.host}" room="Team" token-url="/token"><a href="https://${standin.host}/Team">Join</a></jitsi-meeting>`;
  app.get('/classic', (c) => c.html(`<!doctype html><script src="dist/jitsi-meeting.classic.js"></script>${tag}`));
  app.get('/module', (c) => c.html(`<!doctype html><script type="module" src="dist/jitsi-meeting.js"></script>${tag}`));
  host = await serveHttps(app);
  browser = await openBrowser();
  page = await browser.newPage({ ignoreHTTPSErrors: true });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await standin?.close();
});

it.each(['classic', 'module'])('a bare page with the built %s script is in the meeting', async (kind) => {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${host.origin}/${kind}`);
  await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
  expect(await page.getByText('Pass ends in').innerText()).toMatch(/59:\d\d|60:00/);
  expect(errors).toEqual([]);
});
