import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { openBrowser } from '../support/open-browser.js';

let demo: Demo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({ port: 0, env: {} });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** Counts what a page could leave behind: timers, and listeners on window and document. */
function countLeftovers(): void {
  const timers = new Set<unknown>();
  const listeners = new Map<string, number>();
  const { setTimeout: set, clearTimeout: clear } = window;
  Object.assign(window, {
    setTimeout: (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const id: number = set(() => {
        timers.delete(id);
        run(...args);
      }, ms);
      timers.add(id);
      return id;
    },
    clearTimeout: (id: number) => {
      timers.delete(id);
      clear(id);
    },
    leftovers: () => ({
      timers: timers.size,
      listeners: Object.fromEntries([...listeners].filter(([, count]) => count)),
    }),
  });
  for (const target of [window, document]) {
    const name = target === window ? 'window' : 'document';
    const { addEventListener: add, removeEventListener: remove } = target;
    const seen = new Map<string, Set<unknown>>();
    const count = (type: string): void => void listeners.set(`${name} ${type}`, seen.get(type)?.size ?? 0);
    target.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
      seen.set(type, (seen.get(type) ?? new Set()).add(listener));
      count(type);
      options?.signal?.addEventListener('abort', () => {
        seen.get(type)?.delete(listener);
        count(type);
      });
      add.call(target, type, listener, options);
    };
    target.removeEventListener = (type: string, listener: EventListener, options?: EventListenerOptions) => {
      seen.get(type)?.delete(listener);
      count(type);
      remove.call(target, type, listener, options);
    };
  }
}

interface Leftovers {
  timers: number;
  listeners: Record<string, number>;
}

const leftovers = (): Promise<Leftovers> =>
  page.evaluate(() => (window as unknown as { leftovers(): Leftovers }).leftovers());
const state = (): Promise<string> => page.locator('#state').innerText();
const untilState = (name: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, name);
const press = (name: string | RegExp): Promise<void> =>
  page.getByRole('button', { name, exact: typeof name === 'string' }).click();

/** What comes next is asked for as this person. */
async function signIn(name: RegExp): Promise<void> {
  await press(name);
  await page.getByRole('button', { name, pressed: true }).waitFor();
}

async function open(): Promise<Page> {
  const opened = await context.newPage();
  await opened.addInitScript(countLeftovers);
  await opened.goto(demo.url);
  await opened.getByRole('button', { name: /Ada/ }).waitFor();
  return opened;
}

beforeEach(async () => {
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await open();
});

afterEach(() => context.close());

describe('the demo', () => {
  it('signs in, joins, shows role and expiry, and leaves nothing behind', async () => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await signIn(/Ada/);
    // The first round lets the browser driver put its own listeners on the page.
    await press('Join');
    await untilState('joined');
    await press('Leave');
    await untilState('ended');
    const before = await leftovers();
    expect(Object.keys(before.listeners).join()).not.toMatch(/message|offline|online|pagehide|freeze|resume/);
    const states = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const seen: string[] = [];
          document.addEventListener('meeting-state-change', (event) => {
            const { detail } = event as CustomEvent<{ state: string }>;
            if (seen.push(detail.state) === 6) resolve(seen);
          });
        }),
    );
    await press('Join');
    await untilState('joined');
    await page.getByText('moderator (source: live)').waitFor();
    expect(await page.getByText('Access until').innerText()).toMatch(/renews by itself/);
    expect(await page.locator('iframe').count()).toBe(1);
    await press('Leave');
    await untilState('ended');
    expect(await states).toEqual(['connecting', 'loading', 'ready', 'joined', 'leaving', 'ended']);
    expect(await page.locator('iframe').count()).toBe(0);
    const events = await page.locator('ol.events strong').allInnerTexts();
    expect(events.indexOf('readyToClose')).toBeGreaterThan(-1);
    expect(events.slice(0, 3)).toContain('meeting-state-change');
    const after = await leftovers();
    // The test's own listener is the one that it adds.
    delete after.listeners['document meeting-state-change'];
    expect(after).toEqual(before);
    expect(errors).toEqual([]);
  });

  it('shows two tabs to each other, chat included', async () => {
    await signIn(/Ada/);
    await press('Join');
    await untilState('joined');
    const other = await open();
    await other.getByRole('button', { name: 'Join', exact: true }).click();
    await page.locator('ol.events').getByText('participantJoined').waitFor();
    await other.evaluate(() =>
      document.querySelector('jitsi-meeting')!.executeCommand('sendChatMessage', '<b>hi</b>', ''),
    );
    await page.locator('ol.events').getByText('incomingMessage').waitFor();
    await other.close();
    await page.locator('ol.events').getByText('participantLeft').waitFor();
  });

  it.each(['before anything was loaded', 'with the script loaded'])(
    'waits while the network is off, says so, and goes on by itself (%s)',
    async (when) => {
      await signIn(/Ada/);
      if (when === 'with the script loaded') {
        await press('Join');
        await untilState('joined');
        await press('Leave');
        await untilState('ended');
      }
      await context.setOffline(true);
      await press('Join');
      await page.getByText('The meeting continues as soon as you’re back.').first().waitFor();
      expect(await state()).toBe('connecting');
      await context.setOffline(false);
      await untilState('joined');
    },
  );

  it('lets the backend decide who may enter which room, whatever the page says', async () => {
    await press('Join');
    await untilState('failed');
    expect(await page.locator('[part=message]').innerText()).toMatch(/people who are signed in/);
    await signIn(/Gus/);
    await page.getByLabel('Room').fill('board');
    await page.getByLabel('Room').press('Enter');
    await press('Join');
    await page.locator('#watch').getByText('token-forbidden', { exact: true }).waitFor();
    expect(await page.locator('[part=message]').innerText()).toMatch(/Ask the person who invited you/);
    await page.getByLabel('Room').fill('lobby-bar');
    await page.getByLabel('Room').press('Enter');
    await press('Join');
    await untilState('joined');
  });

  it.each([
    ['expired token', 'token-expired', /Try again to renew it/],
    ['wrong secret', 'token-rejected', /wrong on this site, not with you/],
    ['token for another room', 'token-rejected', /invitation is for another one/],
    ['backend down', 'token-server', /problem on our side/],
    ['script down (404)', 'script-load', /Check your internet/],
    ['script not Jitsi’s', 'script-invalid', /wrong with the meeting server/],
  ])('breaks: %s, shows what a visitor reads, and works again once mended', async (button, code, sentence) => {
    await signIn(/Ada/);
    await press(button);
    await page.locator('#watch').getByText(code, { exact: true }).waitFor();
    expect(await page.locator('[part=message]').innerText()).toMatch(sentence);
    expect(await page.locator('body').innerText()).not.toMatch(/eyJ/);
    await press('Mend it');
    await untilState('joined');
  });
});
