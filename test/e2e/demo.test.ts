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
async function signIn(person: 'ada' | 'grace' | 'gus' | 'nobody', where = page): Promise<void> {
  await where.getByLabel('You are').selectOption(person === 'nobody' ? '' : person);
  await where.waitForFunction((id) => document.querySelector('jitsi-meeting')?.tokenUrl?.endsWith(`as=${id}`), person);
}

async function open(tab = '#/events'): Promise<Page> {
  const opened = await context.newPage();
  await opened.addInitScript(countLeftovers);
  await opened.goto(`${demo.url}/${tab}`);
  await opened.locator('html[data-ready]').waitFor({ state: 'attached' });
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
    expect(await page.getByLabel('You are').inputValue()).toBe('ada');
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
    await signIn('ada');
    await press('Join');
    await untilState('joined');
    const other = await open();
    await signIn('grace', other);
    await other.getByRole('button', { name: 'Join', exact: true }).click();
    await page.locator('ol.events').getByText('participantJoined').waitFor();
    // Each tab keeps its own person.
    const claims = (tab: Page) => tab.evaluate(() => JSON.stringify(document.querySelector('jitsi-meeting')!.claims));
    expect([await claims(page), await claims(other)]).toEqual([
      expect.stringContaining('Ada'),
      expect.stringContaining('Grace'),
    ]);
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
      await signIn('ada');
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

  it('has a second person on the same page, with a sign-in of their own', async () => {
    await press('Second person');
    const second = page.locator('#second');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('jitsi-meeting')].every(({ state: now }) => now === 'joined'),
    );
    const roles = () =>
      page.evaluate(() => [...document.querySelectorAll('jitsi-meeting')].map(({ meetingRole }) => meetingRole.name));
    await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.meetingRole.name === 'moderator');
    expect(await roles()).toEqual(['moderator', 'participant']);
    await page.locator('#meeting').frameLocator('iframe').getByLabel('Remove Grace Hopper from the meeting').click();
    await second.getByText('You were removed from the meeting').first().waitFor();
    expect(await state()).toBe('joined');
    await press('Remove');
    await second.waitFor({ state: 'detached' });
  });

  it('asks for a name where a room has none, and breaks nothing', async () => {
    await page.getByLabel('Room').fill('');
    await page.getByLabel('Room').press('Enter');
    await page.getByText('Give the meeting a name first.').waitFor();
    expect(await page.getByRole('button', { name: 'Join', exact: true }).isDisabled()).toBe(true);
    expect(await state()).toBe('idle');
  });

  it('leads a person who is not signed in to a sign-in page, and back as that person', async () => {
    await signIn('nobody');
    await press('Join');
    await page.locator('#meeting').getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Sign in to the demo' }).waitFor();
    const look = await page.locator('main').evaluate((main) => getComputedStyle(main).borderRadius);
    expect(look).toBe('14px');
    await page.getByRole('button', { name: /Gus Guest/ }).click();
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    expect(await page.getByLabel('You are').inputValue()).toBe('gus');
  });

  it('lets the backend decide who may enter which room, whatever the page says', async () => {
    await signIn('nobody');
    await press('Join');
    await untilState('failed');
    expect(await page.locator('[part=message]').innerText()).toMatch(/people who are signed in/);
    await signIn('gus');
    await page.getByLabel('Room').fill('board');
    await page.getByLabel('Room').press('Enter');
    await press('Join');
    await page.locator('#facts').getByText('token-forbidden', { exact: true }).waitFor();
    expect(await page.locator('[part=message]').innerText()).toMatch(/Ask the person who invited you/);
    await page.getByLabel('Room').fill('lobby-bar');
    await page.getByLabel('Room').press('Enter');
    await press('Join');
    await untilState('joined');
  });
});
