import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSite, type Site } from '../support/site.js';

let site: Site;
let page: Page;
const isLate = (url: URL): boolean => url.pathname.startsWith('/jitsi-meeting/');
const isEngine = (url: URL): boolean => url.pathname.startsWith('/jitsi-meeting/engine-');
const stateIs = (state: string) =>
  page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, state);
const text = () =>
  page.evaluate(async () => {
    const meeting = document.querySelector('jitsi-meeting')!;
    await meeting.updateComplete;
    return meeting.shadowRoot!.querySelector('.panel')?.textContent ?? '';
  });

beforeAll(async () => {
  site = await startSite({
    body: (host) => `<jitsi-meeting domain="${host}" room="Team" token-url="/token" loading="manual"></jitsi-meeting>
      <script>
        told = [];
        for (const name of ['meeting-state-change', 'meeting-error'])
          document.addEventListener(name, ({ detail }) => told.push(detail.state ?? detail.error.code));
      </script>`,
    extend: (app) =>
      app.get('/refusing', (c) => c.json({ title: 'no' }, 403, { 'content-type': 'application/problem+json' })),
  });
});
afterAll(() => site?.close());
beforeEach(async () => {
  page = await site.newPage();
});
afterEach(() => page.close());

const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
const join = () =>
  page.evaluate(() => {
    void document
      .querySelector('jitsi-meeting')!
      .join()
      .catch(() => {});
  });

describe('a page that can fetch the first file and no other', () => {
  beforeEach(async () => {
    await page.route(isLate, (route) => route.abort());
    await page.goto(`${site.origin}/`);
  });

  it('says so in words, and goes on at the next try', async () => {
    await join();
    await stateIs('failed');
    expect(await told()).toEqual(['connecting', 'failed', 'script-load']);
    expect(await text()).toMatch(/We can’t reach the meeting[^]*Try again/);
    await page.unroute(isLate);
    await page.getByRole('button', { name: 'Try again' }).click();
    await stateIs('joined');
    expect((await told()).slice(3)).toEqual(['connecting', 'loading', 'ready', 'joined']);
  });

  it('waits for the network while the device has none', async () => {
    await page.context().setOffline(true);
    await join();
    await page.waitForFunction(() => /offline/i.test(document.querySelector('jitsi-meeting')!.shadowRoot!.textContent));
    expect(await told()).toEqual(['connecting']);
    await page.unroute(isLate);
    await page.context().setOffline(false);
    await stateIs('joined');
  });
});

describe('a page that can fetch the code of the meeting and nothing more', () => {
  beforeEach(async () => {
    await page.route(
      (url) => isLate(url) && !isEngine(url),
      (route) => route.abort(),
    );
    await page.goto(`${site.origin}/`);
  });

  it('joins', async () => {
    await join();
    await stateIs('joined');
  });

  it('shows in words that it failed, under its code', async () => {
    await page.evaluate(() => {
      Object.assign(document.querySelector('jitsi-meeting')!, { tokenUrl: '/refusing', tokenMethod: 'get' });
    });
    await join();
    await stateIs('failed');
    expect((await told()).at(-1)).toBe('token-forbidden');
    expect(await text()).toMatch(/We can’t reach the meeting[^]*Try again/);
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('You don’t have access to this meeting').first().waitFor();
  });

  it('offers to join again when the meeting was left', async () => {
    await join();
    await stateIs('joined');
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.leave());
    expect(await text()).toContain('Join meeting');
    await page.unrouteAll();
    // What was missing may come now, and its screen says it otherwise.
    await page.getByRole('button', { name: /^(Join meeting|Rejoin)$/ }).click();
    await stateIs('joined');
  });
});

describe('a page that can fetch nothing more once it is in the meeting', () => {
  it('has the words for its end', async () => {
    await page.goto(`${site.origin}/`);
    await join();
    await stateIs('joined');
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.updateComplete);
    await page.route(isLate, (route) => route.abort());
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.leave());
    expect(await text()).toContain('You left the meeting');
  });
});

describe('a meeting whose app is on its way', () => {
  it('has fetched two files, and fetches the others when the app shows itself', async () => {
    const late: string[] = [];
    page.on('request', (request) => {
      const url = new URL(request.url());
      if (isLate(url)) late.push(url.pathname.replace(/.*\/|-[\w-]{8}\.js$/g, ''));
    });
    let release = (): void => {};
    await page.route(
      (url) => url.host === site.standinHost && url.pathname === '/Team',
      async (route) => {
        await new Promise<void>((resolve) => (release = resolve));
        await route.continue();
      },
    );
    await page.goto(`${site.origin}/`);
    await join();
    await stateIs('loading');
    await page.evaluate(() => new Promise((idle) => requestIdleCallback(idle)));
    expect(late).toEqual(['engine']);
    release();
    await stateIs('joined');
    await expect.poll(() => late).toEqual(expect.arrayContaining(['later-drawn', 'explanations', 'failures']));
  });
});

describe('a meeting whose code is on its way', () => {
  it('is left at once, and its promise rejects', async () => {
    await page.goto(`${site.origin}/`);
    const code = await page.evaluate(async () => {
      const meeting = document.querySelector('jitsi-meeting')!;
      const joining = meeting.join().then(
        () => 'joined',
        (error: { code: string }) => error.code,
      );
      await meeting.leave();
      return joining;
    });
    expect(code).toBe('aborted');
    expect(await told()).toEqual(['connecting', 'idle']);
  });

  it('has asked for the token and for Jitsi’s script by then, and for nothing twice', async () => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    let release = (): void => {};
    await page.route(isEngine, async (route) => {
      await new Promise<void>((resolve) => (release = resolve));
      await route.continue();
    });
    await page.goto(`${site.origin}/`);
    await page.evaluate(() => customElements.whenDefined('jitsi-meeting').then(() => {}));
    const answer = page.waitForResponse((response) => response.url().endsWith('/token'));
    await join();
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.executeCommand('toggleChat'));
    await answer;
    await expect.poll(() => asked).toContain('/external_api.js');
    release();
    await stateIs('joined');
    expect(asked.filter((path) => path === '/token')).toHaveLength(1);
    expect(asked.filter((path) => path === '/external_api.js')).toHaveLength(1);
    expect(await told()).toEqual(['connecting', 'loading', 'ready', 'joined']);
    expect(await page.evaluate(() => document.querySelectorAll('link[rel=preconnect]').length)).toBe(0);
  });
});
