import { resolve } from 'node:path';
import { build } from 'esbuild';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { react18 } from '../../../scripts/archives.js';
import { serveHttps, type HttpsServer } from '../../../demo/https.js';
import { openBrowser } from '../../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../../support/standin.js';
import type { Seen } from './seen.js';

/** Drop-in -> the page that uses it, and packages in place of the installed ones. */
const pages: Record<string, { entry: string; alias: Record<string, string> }> = {
  'react-sdk, React 19': { entry: 'react-page.tsx', alias: {} },
  'react-sdk, React 18': {
    entry: 'react-page.tsx',
    alias: Object.fromEntries(react18.map(({ name, folder }) => [name, resolve(folder)])),
  },
  'vue-sdk': { entry: 'vue-page.ts', alias: {} },
};

type InPage = typeof globalThis & { seen: Seen; api: { dispose(): void; executeCommand(name: string): void } };
declare const window: InPage;

let standin: RunningStandin;
let browser: Browser;

beforeAll(async () => {
  standin = await startStandin();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await standin?.close();
});

describe.each(Object.entries(pages))('%s', (name, { entry, alias }) => {
  const isVue = name === 'vue-sdk';
  let host: HttpsServer;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [`test/e2e/compat/${entry}`],
      alias,
      bundle: true,
      write: false,
      jsx: 'automatic',
      format: 'esm',
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"development"', __VUE_OPTIONS_API__: 'true' },
    });
    const app = new Hono();
    app.get('/page.js', (c) => c.body(outputFiles[0]!.text, 200, { 'content-type': 'text/javascript' }));
    app.get('/', (c) => c.html('<!doctype html><div id="root"></div><script type="module" src="/page.js"></script>'));
    host = await serveHttps(app);
  });
  afterAll(() => host?.close());

  beforeEach(async () => {
    page = await browser.newPage({ ignoreHTTPSErrors: true });
    errors.length = 0;
    page.on('pageerror', (error) => errors.push(error.message));
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  const open = (props: object, component = 'JitsiMeeting') =>
    page.goto(`${host.origin}/?${new URLSearchParams({ component, props: JSON.stringify(props) })}`, {
      // A test may hold Jitsi's script back.
      waitUntil: 'domcontentloaded',
    });
  const untilState = (state: string) =>
    page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, state);
  const seen = () =>
    page.evaluate(() => {
      const { apis, joins, closed, around } = window.seen;
      const meeting = document.querySelector('jitsi-meeting');
      return {
        apis,
        joins,
        closed,
        around: around.length,
        holds: around.every((node) => node === meeting?.parentNode),
      };
    });
  /** As it was made: a meeting that fails takes its frame away. */
  const frameAddress = async (): Promise<URL> => {
    const made = await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.api?.getIFrame().src);
    return new URL((await made.jsonValue())!);
  };
  /** Domains of the world get the stand-in's script; their frames stay empty. Resolves with what was asked for. */
  const world = async (): Promise<string[]> => {
    const asked: string[] = [];
    const script = await (await page.context().request.get(`${standin.origin}/external_api.js`)).text();
    await page.route(/^https:\/\/(?:stage\.8x8\.vc|8x8\.vc|meet\.jit\.si)\//, (route) => {
      asked.push(route.request().url().split('#')[0]!);
      if (!route.request().url().includes('external_api.js')) return route.abort();
      return route.fulfill({ contentType: 'text/javascript', body: script });
    });
    return asked;
  };

  it('shows the spinner, survives a script that fails once, joins, and tells the page', async () => {
    let tries = 0;
    let goOn = (): void => {};
    const wait = new Promise<void>((done) => (goOn = done));
    await page.route('**/external_api.js', async (route) => {
      if (++tries === 1) return route.abort();
      await wait;
      return route.continue();
    });
    await open({ domain: standin.host, roomName: 'Once', jwt: await mintToken() });
    await page.getByText('Just a moment').waitFor();
    goOn();
    await untilState('joined');
    expect(tries).toBe(2);
    expect(await page.getByText('Just a moment').isVisible()).toBe(false);
    expect(await seen()).toEqual({ apis: 1, joins: 1, closed: 0, around: 1, holds: true });
  });

  it('keeps the frame and the room when it is rendered again with another room, and leaves when it is removed', async () => {
    await open({ domain: standin.host, roomName: 'Renders', jwt: await mintToken() });
    await untilState('joined');
    for (let renders = 0; renders < 5; renders++) await page.getByRole('button', { name: 'Render' }).click();
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.updateComplete);
    expect(await seen()).toMatchObject({ apis: 1, joins: 1, closed: 0 });
    expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.room)).toBe('Renders');
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.waitForFunction(() => !document.querySelector('jitsi-meeting, iframe'));
    await expect
      .poll(async () => (await standin.rooms()).find(({ room }) => room === 'renders')?.occupants ?? [])
      .toEqual([]);
    expect(await page.evaluate(() => window.seen.closed)).toBe(0);
  });

  it('goes to the room that was named last before the frame was there', async () => {
    let goOn = (): void => {};
    const wait = new Promise<void>((done) => (goOn = done));
    await page.route('**/external_api.js', async (route) => {
      await wait;
      return route.continue();
    });
    await open({ domain: standin.host, roomName: 'Late', jwt: await mintToken() });
    await page.getByRole('button', { name: 'Render' }).click();
    goOn();
    await untilState('joined');
    expect((await frameAddress()).pathname).toBe('/Late-1');
    expect(await seen()).toMatchObject({ apis: 1, joins: 1 });
  });

  it.each([
    ['the visitor hangs up', () => page.evaluate(() => window.api.executeCommand('hangup'))],
    ['the page disposes of the API object', () => page.evaluate(() => window.api.dispose())],
    ['a moderator removes the visitor', () => standin.control('rooms/close/kick-all')],
  ])('is ready to close, once, when %s', async (_what, close) => {
    await open({ domain: standin.host, roomName: 'Close', jwt: await mintToken() });
    await untilState('joined');
    await close();
    await untilState('ended');
    expect(await seen()).toMatchObject({ apis: 1, closed: 1 });
    expect(await page.locator('iframe').count()).toBe(0);
  });

  it('gives the page the new API object of a rejoin, in time for its events', async () => {
    await open({ domain: standin.host, roomName: 'Again', jwt: await mintToken() });
    await untilState('joined');
    // The app reloads itself; the meeting gets a new frame.
    await standin.control('rooms/again/restart');
    await page.waitForFunction(() => window.seen.joins === 2);
    expect(await seen()).toMatchObject({ apis: 2, joins: 2, closed: 0 });
  });

  // What is passed on is the same code for both releases of React.
  if (name === 'react-sdk, React 18') return;

  it('passes every prop on', async () => {
    const jwt = await mintToken();
    const invitees = [{ type: 'phone', number: '+15550100' }];
    await open({
      domain: standin.host,
      roomName: 'Props',
      jwt,
      configOverwrite: { startWithAudioMuted: true },
      interfaceConfigOverwrite: { SHOW_JITSI_WATERMARK: false },
      userInfo: { displayName: 'Ada', email: 'ada@example.org' },
      devices: { audioInput: 'Microphone one' },
      invitees,
      lang: 'de',
      ...(isVue ? { width: '800', height: '30em' } : { release: 'release-1234' }),
    });
    const { pathname, searchParams, hash } = await frameAddress();
    expect(pathname).toBe('/Props');
    const told = decodeURIComponent(hash);
    expect(told).toContain('config.startWithAudioMuted=true');
    expect(told).toContain('interfaceConfig.SHOW_JITSI_WATERMARK=false');
    expect(told).toContain('userInfo.displayName="Ada"');
    expect(told).toContain('userInfo.email="ada@example.org"');
    expect(told).toContain('devices.audioInput="Microphone one"');
    expect(searchParams.get('lang')).toBe('de');
    expect(told).toContain(`jwt="${jwt}"`);
    expect(searchParams.get('release')).toBe(isVue ? null : 'release-1234');
    expect(await page.evaluate(() => document.querySelector('jitsi-meeting')!.invitees)).toEqual(invitees);
    const size = await page
      .locator('jitsi-meeting')
      .evaluate((element: HTMLElement) => [element.offsetWidth, element.offsetHeight]);
    // React's page has set its height by `getIFrameRef`.
    expect(size).toEqual(isVue ? [800, 480] : [expect.any(Number), 700]);
  });

  it('meets at meet.jit.si unless told otherwise, and takes a tenant in front of the room', async () => {
    const asked = await world();
    await open({ roomName: 'acme/Anywhere' });
    const { origin, pathname, searchParams } = await frameAddress();
    expect(`${origin}${pathname}`).toBe('https://meet.jit.si/acme/Anywhere');
    // The default of each SDK.
    expect(searchParams.get('lang')).toBe(isVue ? 'en' : null);
    expect(asked[0]).toBe('https://meet.jit.si/external_api.js');
  });

  it.each([
    ['8x8.vc', { useStaging: false }],
    ['stage.8x8.vc', { useStaging: true }],
    // The default of each SDK.
    [isVue ? 'stage.8x8.vc' : '8x8.vc', {}],
  ])('JaaSMeeting: a room of the app at %s %o', async (domain, props) => {
    const asked = await world();
    await open({ appId: 'vpaas-magic-cookie-1', roomName: 'Team', ...props }, 'JaaSMeeting');
    expect((await frameAddress()).href).toContain(`https://${domain}/vpaas-magic-cookie-1/Team`);
    expect(asked[0]).toBe(`https://${domain}/vpaas-magic-cookie-1/external_api.js`);
  });
});
