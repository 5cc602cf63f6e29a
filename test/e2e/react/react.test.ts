import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { react18 } from '../../../scripts/archives.js';
import { serveHttps, type HttpsServer } from '../../../demo/https.js';
import { openBrowser } from '../../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../../support/standin.js';
import type { Seen } from './page.js';

const versions: Record<string, Record<string, string>> = {
  '18': Object.fromEntries(react18.map(({ name, folder }) => [name, resolve(folder)])),
  '19': {},
};

const requireOfNode = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

let standin: RunningStandin;
let browser: Browser;

async function bundle(entry: string, version: string, platform: 'browser' | 'node'): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`test/e2e/react/${entry}.tsx`],
    alias: versions[version]!,
    platform,
    bundle: true,
    write: false,
    jsx: 'automatic',
    // Lit has a variant for servers, which only Node itself finds.
    ...(platform === 'node' && { external: ['lit', 'lit/*'], banner: { js: requireOfNode } }),
    format: 'esm',
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

beforeAll(async () => {
  standin = await startStandin();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await standin?.close();
});

describe.each(Object.keys(versions))('React %s', (version) => {
  let host: HttpsServer;
  let page: Page;
  let markup: string;
  const errors: string[] = [];

  beforeAll(async () => {
    const file = `.cache/react/server-${version}.mjs`;
    mkdirSync('.cache/react', { recursive: true });
    writeFileSync(file, await bundle('server', version, 'node'));
    const server = (await import(pathToFileURL(file).href)) as typeof import('./server.js');
    markup = server.render(standin.host);
    const script = await bundle('browser', version, 'browser');
    const app = new Hono();
    const html = (content: string, name = ''): string =>
      `<!doctype html><div id="root" data-page="${name}" data-domain="${standin.host}">${content}</div><script type="module" src="/page.js"></script>`;
    app.get('/page.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript' }));
    app.get('/token', async (c) => c.text(await mintToken()));
    app.get('/rendered-there', (c) => c.html(html('')));
    app.get('/rendered-here', (c) => c.html(html(markup)));
    app.get('/hiding', (c) => c.html(html('', 'hiding')));
    host = await serveHttps(app);
    page = await browser.newPage({ ignoreHTTPSErrors: true });
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('/favicon.ico')) errors.push(message.text());
    });
  });

  afterAll(async () => {
    await page?.close();
    await host?.close();
  });

  const untilState = (name: string): Promise<unknown> =>
    page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, name);
  const untilHeard = (event: string): Promise<unknown> =>
    page.waitForFunction((wanted) => (window as unknown as { seen: Seen }).seen.events.includes(wanted), event);
  const nextTask = (): Promise<unknown> => page.evaluate(() => new Promise((done) => setTimeout(done)));
  const forget = (): Promise<void> =>
    page.evaluate(() => void ((window as unknown as { seen: Seen }).seen.events.length = 0));
  const seen = (): Promise<Omit<Seen, 'element'> & { ref: boolean }> =>
    page.evaluate(() => {
      const { asked, events, element } = (window as unknown as { seen: Seen }).seen;
      return { asked, events, ref: element !== null && element === document.querySelector('jitsi-meeting') };
    });
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  it('renders the tag and its children on a server, and nothing of its properties', () => {
    expect(markup).toMatch(/<jitsi-meeting [^>]*class="meeting"[^>]*><a href="[^"]+\/React">Open the meeting<\/a>/);
    expect(/<jitsi-meeting ([^>]*)>/.exec(markup)![1]).not.toMatch(/domain|room|token|config|object/i);
  });

  it.each(['rendered-there', 'rendered-here'])('joins once when %s, with every property and listener', async (path) => {
    await page.goto(`${host.origin}/${path}`);
    await untilState('joined');
    expect(await seen()).toMatchObject({ asked: 1, ref: true });
    const { events } = await seen();
    expect(events.filter((event) => !event.endsWith('react'))).toEqual(
      ['connecting', 'loading', 'ready', 'joined'].map((state) => `0: ${state}`),
    );
    expect(events.filter((event) => event === '0: joined react')).toHaveLength(1);
    expect(await page.locator('iframe').count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('renders again without asking or joining again; live properties change, and what is taken away is as it was', async () => {
    await press('Render');
    await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.events.includes('1: Ada 1'));
    const status = page.locator('jitsi-token-status');
    expect(await status.count()).toBe(0);
    await press('Render');
    await page.waitForFunction(() => (window as unknown as { seen: Seen }).seen.events.includes('2: Ada 2'));
    expect(await status.count()).toBe(1);
    const { asked, events } = await seen();
    expect(asked).toBe(1);
    expect(events.filter((event) => /^[12]: (?!Ada)/.test(event))).toEqual([]);
    expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.state)).toBe('joined');
  });

  it('leaves nothing behind when removed', async () => {
    await press('Remove');
    await page.waitForFunction(() => document.querySelector('iframe, jitsi-meeting') === null);
    await nextTask();
    expect(await seen()).toMatchObject({ asked: 1, ref: false });
    expect((await seen()).events.at(-1)).toBe('2: Ada 2');
    expect(errors).toEqual([]);
  });

  it('keeps the meeting while what is beside it suspends, and every handler hears', async () => {
    await page.goto(`${host.origin}/hiding`);
    await untilState('joined');
    await press('Suspend');
    await page.getByText('Slow').waitFor();
    expect(await page.locator('jitsi-meeting').isVisible()).toBe(false);
    await forget();
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.executeCommand('toggleAudio'));
    await untilHeard('muted true');
    await press('Release');
    await page.getByText('Quick').waitFor();
    expect(await seen()).toMatchObject({ asked: 1, events: ['muted true'] });
    expect(errors).toEqual([]);
  });

  if (version === '18') return;

  it('leaves when <Activity> hides it, heard, and joins when it is shown again', async () => {
    await page.goto(`${host.origin}/hiding`);
    await untilState('joined');
    await press('Hide');
    await untilHeard('ended');
    expect(await page.locator('jitsi-meeting iframe').count()).toBe(0);
    await forget();
    await press('Show');
    await untilState('joined');
    const { asked, events } = await seen();
    expect(asked).toBe(2);
    expect(events.filter((event) => !event.startsWith('muted'))).toEqual(['connecting', 'loading', 'ready', 'joined']);
    // A visitor who left stays out.
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.leave());
    await press('Hide');
    await press('Show');
    await nextTask();
    expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.state)).toBe('ended');
    expect(errors).toEqual([]);
  });

  it('joins when it is shown, though it was hidden on the way in, or failed and would try again', async () => {
    const hideAndShow = async (): Promise<void> => {
      await press('Hide');
      await untilState('idle');
      expect(await page.locator('jitsi-meeting iframe').count()).toBe(0);
      await press('Show');
      await untilState('joined');
      expect(await page.locator('jitsi-meeting iframe').count()).toBe(1);
    };
    let goOn = (): void => {};
    const held = new Promise<void>((done) => (goOn = done));
    await page.route('**/token?*', (route) => void held.then(() => route.continue()), { times: 1 });
    await page.goto(`${host.origin}/hiding`);
    await untilState('connecting');
    await hideAndShow();
    goOn();
    await page.evaluate(async () => {
      const { seen: shared } = window as unknown as { seen: Seen };
      shared.refuse = true;
      const meeting = document.querySelector('jitsi-meeting')!;
      await meeting.leave();
      await meeting.join().catch(() => {});
      shared.refuse = false;
    });
    await untilState('failed');
    await hideAndShow();
    expect(errors).toEqual([]);
  });

  it('is there once, and only while it is shown, after quick toggles', async () => {
    await page.goto(`${host.origin}/hiding`);
    for (let toggles = 0; toggles < 7; toggles++) await press(toggles % 2 ? 'Show' : 'Hide');
    await page.waitForFunction(() => ['idle', 'ended'].includes(document.querySelector('jitsi-meeting')!.state));
    expect(await page.locator('jitsi-meeting iframe').count()).toBe(0);
    await press('Show');
    await untilState('joined');
    expect(await page.locator('jitsi-meeting iframe').count()).toBe(1);
    expect(errors).toEqual([]);
  });
});
