import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { generateKeyPair, SignJWT } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { version } from '../../src/version.js';
import { openBrowser } from '../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';

let standin: RunningStandin;
let host: HttpsServer;
let browser: Browser;
let page: Page;

const scripts: Record<string, string> = {
  classic: '<script src="/dist/jitsi-meeting.classic.js"></script>',
  module: '<script type="module" src="/dist/jitsi-meeting.js"></script>',
};
const importMap = '<script type="importmap">{"imports": {"jose/key/import": "/jose/key/import.js"}}</script>';

beforeAll(async () => {
  standin = await startStandin();
  const app = new Hono();
  const files = { '/dist/': 'dist/', '/jose/': 'node_modules/jose/dist/webapi/' };
  for (const [path, folder] of Object.entries(files)) {
    app.get(`${path}*`, (c) =>
      c.body(readFileSync(folder + c.req.path.slice(path.length), 'utf8'), 200, { 'content-type': 'text/javascript' }),
    );
  }
  app.post('/token', async (c) => c.json({ token: await mintToken() }));
  const tag = `<jitsi-meeting domain="${standin.host}" room="Team" token-url="/token"><a href="https://${standin.host}/Team">Join</a></jitsi-meeting>`;
  app.get('/meeting/:kind', (c) => c.html(`<!doctype html>${scripts[c.req.param('kind')]}${tag}`));
  app.get('/bare/:kind', (c) => c.html(`<!doctype html>${scripts[c.req.param('kind')]}`));
  app.get('/mapped/:kind', (c) => c.html(`<!doctype html>${importMap}${scripts[c.req.param('kind')]}`));
  app.get('/twice', (c) => c.html(`<!doctype html>${scripts['classic']}${scripts['module']}${tag}`));
  host = await serveHttps(app);
  browser = await openBrowser();
  page = await browser.newPage({ ignoreHTTPSErrors: true });
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await standin?.close();
});

it('two copies on one page: the first works, and one warning names both versions', async () => {
  const warnings: string[] = [];
  const tab = await browser.newPage({ ignoreHTTPSErrors: true });
  tab.on('console', (message) => void (message.type() === 'warning' && warnings.push(message.text())));
  await tab.goto(`${host.origin}/twice`);
  await tab.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
  const ours = warnings.filter((text) => text.startsWith('jitsi-meeting-element'));
  expect(ours).toHaveLength(1);
  expect(ours[0]!.split(version)).toHaveLength(3);
  await tab.close();
});

describe.each(Object.keys(scripts))('the built %s script', (kind) => {
  it('takes a bare page into the meeting', async () => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`${host.origin}/meeting/${kind}`);
    await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
    expect(await page.getByText('Access until').innerText()).toMatch(/renews by itself/);
    expect(errors).toEqual([]);
  });

  it.each([
    ['bare', 'public key', 'rejected', 'signature-wrong'],
    ['bare', 'certificate', 'unknown', 'signature-unchecked'],
    ['mapped', 'certificate', 'rejected', 'signature-wrong'],
  ])('goes by a certificate only where the page names jose: %s, %s, %s', async (path, form, connect, code) => {
    const signing = await generateKeyPair('RS256');
    const other = await generate([{ name: 'commonName', value: 'k1' }], { algorithm: 'sha256' });
    const token = await new SignJWT({ iss: 'my_app', aud: 'jitsi', sub: 'meet.example.com', room: '*', exp: 4e9 })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k1' })
      .sign(signing.privateKey);
    const pem = form === 'certificate' ? other.cert : other.public;
    const deployment = { appId: 'my_app', keys: { publicKeys: { k1: pem } } };
    await page.goto(`${host.origin}/${path}/${kind}`);
    await page.evaluate(
      async (properties) => {
        await customElements.whenDefined('jitsi-meeting');
        document.body.append(Object.assign(document.createElement('jitsi-meeting'), properties));
      },
      { domain: standin.host, room: 'Keys', token, deployment },
    );
    await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.preflight);
    const preflight = await page.evaluate(() => document.querySelector('jitsi-meeting')!.preflight!);
    expect(preflight.connect).toBe(connect);
    expect(preflight.findings.map((finding) => finding.code)).toContain(code);
  });
});
