import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import type { JitsiMeetingElement } from '../../src/index.js';
import { openBrowser } from '../support/open-browser.js';
import { stat } from '../support/stats.js';

let demo: Demo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({ port: 0, env: {}, standin: { pace: 0.01 } });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/** One page for the tests of a part, because to open one takes longer than most of them. */
function withPage(): void {
  beforeAll(async () => {
    context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    page = await context.newPage();
  });
  afterAll(() => context.close());
}

async function open(tab: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${demo.url}/#/${tab}`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await page.locator('[role=tabpanel]:not([hidden]) > *').first().waitFor();
}
const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const panel = (name: string) => page.locator(`#panel-${name}`);
const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
const meeting = <Value>(read: (element: JitsiMeetingElement) => Value): Promise<Value> =>
  page.locator('#meeting').evaluate(read as (element: Element) => Value);
/** Whether all of it is in the window. */
const isInSight = (text: RegExp): Promise<boolean> =>
  page
    .locator('#meeting')
    .getByText(text)
    .first()
    .evaluate((node) => {
      const { top, bottom, height } = node.getBoundingClientRect();
      return height > 0 && top >= 0 && bottom <= innerHeight;
    });

const tabs = ['playground', 'states', 'break', 'events', 'theme', 'token'];

function isSelectedInSight(list: Element): boolean {
  const { left, right } = list.getBoundingClientRect();
  const tab = list.querySelector('[aria-selected=true]')!.getBoundingClientRect();
  return tab.left >= left - 1 && tab.right <= right + 1;
}

describe('the page', () => {
  withPage();

  it.each([360, 1000, 1400, 1920, 2560])(
    'does not move while it loads, and nothing sticks out, at %i px',
    async (width) => {
      await page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
      await page.addInitScript(() => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as unknown as { value: number }[]) sum += entry.value;
        }).observe({ type: 'layout-shift', buffered: true });
        Object.assign(window, { shift: () => sum });
      });
      await open('');
      await page.waitForLoadState('networkidle');
      const shift = await page.evaluate(() => (window as unknown as { shift(): number }).shift());
      stat(`the demo at ${width} px: layout shift ${shift.toFixed(4)}`);
      expect(shift).toBeLessThanOrEqual(0.02);
      for (const tab of tabs) {
        await page.evaluate((name) => (location.hash = `#/${name}`), tab);
        await panel(tab).locator('> *').first().waitFor();
        const out = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(out, tab).toBeLessThanOrEqual(0);
        expect(await page.locator('[role=tablist]').evaluate(isSelectedInSight)).toBe(true);
      }
    },
  );

  it.each([
    ['a desk', 1400, 900],
    ['a phone', 390, 844],
  ])(
    'says what it is, has the lines to copy, and a meeting one press away, without scrolling on %s',
    async (_, width, height) => {
      await page.setViewportSize({ width, height });
      await open('');
      await press('Copy: The three lines for your page');
      expect((await clipboard()).split('\n')).toHaveLength(3);
      const offered = [
        page.getByRole('link', { name: 'How to get it' }),
        page.getByRole('link', { name: 'Docs' }),
        page.getByRole('heading', { level: 1 }),
        page.getByRole('group', { name: 'The three lines for your page' }),
        page.getByRole('button', { name: 'Join', exact: true }),
      ];
      for (const what of offered) {
        const box = (await what.boundingBox())!;
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
      }
    },
  );

  it('has no barrier that axe can find in any tab, light and dark', async () => {
    await open('playground');
    await page.evaluate(axe.source);
    for (const tab of tabs) {
      await page.evaluate((name) => (location.hash = `#/${name}`), tab);
      await panel(tab).locator('> *').first().waitFor();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await page.evaluate(() =>
          (window as unknown as { axe: typeof axe }).axe.run({ exclude: ['iframe.states', '#meeting'] }),
        );
        expect(violations.map(({ id, nodes }) => `${tab}: ${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
          [],
        );
      }
    }
    await page.emulateMedia({ colorScheme: null });
  });

  it('goes from tab to tab by the keyboard, each with its own address', async () => {
    await open('playground');
    await page.getByRole('tab', { name: 'Playground' }).focus();
    const seen: string[] = [];
    for (let count = 0; count < 6; count++) {
      await page.keyboard.press('ArrowRight');
      seen.push(new URL(page.url()).hash);
    }
    expect(seen).toEqual(['#/states', '#/break', '#/events', '#/theme', '#/token', '#/playground']);
    await page.goBack();
    expect(await page.getByRole('tab', { selected: true }).innerText()).toBe('Token');
  });
});

describe('by the keyboard alone', () => {
  withPage();

  /** What a person would want to reach, and hasn't reached yet. The frame of the screens has a page of its own. */
  const unreached = (name: string): Promise<string[]> =>
    panel(name).evaluate((place) =>
      [...place.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter((one) => one.checkVisibility() && !one.matches(':disabled, [data-reached]'))
        .map((one) => one.outerHTML.slice(0, 120)),
    );

  /** Marks what has the focus. Says whether a person sees that, and whether it is in the tools. */
  const look = (): Promise<{ isSeen: boolean; isInTools: boolean; what: string }> =>
    page.evaluate(() => {
      const active = document.activeElement as HTMLElement;
      active.dataset['reached'] = '';
      const { outlineStyle } = getComputedStyle(active);
      const { top, bottom } = active.getBoundingClientRect();
      return {
        isSeen: active.localName === 'iframe' || (outlineStyle !== 'none' && bottom > 0 && top < innerHeight),
        isInTools: active.closest('.tools') !== null,
        what: active.outerHTML.slice(0, 120),
      };
    });

  it.each(tabs)('%s: everything is reached, and seen when it is', async (name) => {
    await open(name === 'states' ? 'states?only=ended-kicked' : name);
    if (name === 'token') await page.getByRole('button', { name: 'for another room' }).click();
    await page.getByRole('tab', { selected: true }).focus();
    for (;;) {
      await page.keyboard.press('Tab');
      const { isSeen, isInTools, what } = await look();
      if (!isInTools) break;
      expect([what, isSeen]).toEqual([what, true]);
    }
    expect(await unreached(name)).toEqual([]);
  });

  it('joins, breaks, mends and leaves', async () => {
    await open('break');
    const enter = async (name: string): Promise<void> => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    const until = (state: string) =>
      page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, state);
    await enter('Join');
    await until('joined');
    await enter('not allowed (403)');
    await until('failed');
    await enter('Mend it');
    await until('joined');
    await enter('Leave');
    await until('ended');
  });
});

describe('with a real server', () => {
  const env = {
    JITSI_DOMAIN: 'meet.example.org',
    JWT_APP_ID: 'my_app',
    JWT_APP_SECRET: 'b7e19c4d2f8a6035e1d7c9b4a2f60813',
  };

  it.each([
    ['nobody can sign in', {}, 'Nobody can sign in to this demo yet.', 0],
    ['the demo’s people can', { DEMO_PEOPLE: '1' }, 'Try it: you are signed in, press Join.', 1],
  ])(
    'says whom it talks to, and has nothing that only the stand-in can do: %s',
    async (_, more, invitation, second) => {
      const real = await startDemo({ port: 0, env: { ...env, ...more } });
      const own = await browser.newPage({ ignoreHTTPSErrors: true });
      const errors: string[] = [];
      own.on('pageerror', ({ message }) => errors.push(message));
      await own.goto(`${real.url}/#/break`);
      await own.locator('html[data-ready]').waitFor({ state: 'attached' });
      expect(await own.locator('#deployment').innerText()).toBe(
        'Meetings here run on the Jitsi server at meet.example.org.',
      );
      expect(await own.locator('#invitation').innerText()).toBe(invitation);
      expect(await own.getByRole('tab').allInnerTexts()).toEqual(['Playground', 'States', 'Events', 'Theme', 'Token']);
      expect(await own.getByRole('tab', { selected: true }).innerText()).toBe('Playground');
      expect(await own.getByRole('button', { name: 'Second person' }).count()).toBe(second);
      await own.getByText('Video meeting at meet.example.org').waitFor();
      // The last tab is reached by one key, past the one that isn't there.
      await own.getByRole('tab', { name: 'States' }).focus();
      await own.keyboard.press('ArrowRight');
      expect(new URL(own.url()).hash).toBe('#/events');
      expect(errors).toEqual([]);
      await own.close();
      await real.close();
    },
  );
});

describe('what breaks', () => {
  withPage();
  beforeAll(() => open('break'));

  /** Name of the button -> what a visitor reads, and the code that the page gets. */
  const faults: readonly [button: string, sentence: RegExp, code?: string][] = [
    ['expired token', /Try again to renew it/, 'token-expired'],
    ['wrong secret', /wrong on this site, not with you/, 'token-rejected'],
    ['secret rotated', /wrong on this site, not with you/, 'token-rejected'],
    ['token for another room', /invitation is for another one/, 'token-rejected'],
    ['no token at all', /wrong on this site, not with you/, 'token-malformed'],
    ['backend down', /problem on our side/, 'token-server'],
    ['signed out (401)', /people who are signed in/, 'token-auth-required'],
    ['not allowed (403)', /Ask the person who invited you/, 'token-forbidden'],
    ['login page instead of a token', /wrong on this site, not with you/, 'token-response-invalid'],
    ['backend slow', /Checking your access/],
    ['too many requests (429)', /Many people are joining/, 'token-rate-limited'],
    ['offline', /continues as soon as you’re back/],
    ['script down (404)', /Check your internet/, 'script-load'],
    ['script not Jitsi’s', /wrong with the meeting server/, 'script-invalid'],
    ['room full', /as soon as there’s room/, 'conference-failed'],
    ['not begun', /connect you when it does/, 'conference-failed'],
    ['camera blocked', /camera/, 'media-blocked'],
    ['kicked', /removed from the meeting/],
    ['ended for all', /meeting has ended|meeting was ended/i],
  ];

  it.each(faults)(
    '%s: the visitor’s screen is in sight, and it works again once mended',
    async (button, text, code) => {
      await press(button);
      await page.locator('#meeting').getByText(text).first().waitFor();
      expect(await isInSight(text)).toBe(true);
      if (code !== undefined) await panel('break').locator('.told strong', { hasText: code }).waitFor();
      expect(await page.locator('body').innerText()).not.toMatch(/eyJ/);
      await press('Mend it');
      await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
    },
  );

  it.each(['lobby', 'password'])(
    '%s: the visitor waits at the door, and is let in when it is mended',
    async (button) => {
      await press(button);
      const door = page.locator('#meeting').frameLocator('iframe').locator('dialog[open]');
      await door.waitFor();
      const { y, height } = (await door.boundingBox())!;
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(page.viewportSize()!.height);
      expect(await page.locator('#state').innerText()).toBe('ready');
      await press('Mend it');
      await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
    },
  );

  it('expired in the call, then cut: the visitor is offered to rejoin', async () => {
    await press('expired in the call, then cut');
    await page
      .locator('#meeting')
      .getByText(/seems unstable/)
      .first()
      .waitFor();
    expect(await isInSight(/seems unstable/)).toBe(true);
    await press('Mend it');
    await page
      .locator('#meeting')
      .getByText(/seems unstable/)
      .first()
      .waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
  });

  it('shows the screen on a phone, too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await panel('break').getByRole('button', { name: 'ended for all' }).scrollIntoViewIfNeeded();
    await press('not allowed (403)');
    await page
      .locator('#meeting')
      .getByText(/Ask the person/)
      .first()
      .waitFor();
    expect(await isInSight(/Ask the person/)).toBe(true);
  });
});

describe('the other tabs', () => {
  withPage();

  it('playground: sets every property, and writes what is set as code', async () => {
    await open('playground');
    await page.getByLabel('display-name').fill('Ada "the first"');
    await page.getByLabel('display-name').press('Tab');
    await page.getByLabel('start-audio-muted').check();
    await press('Copy: HTML code');
    expect(await clipboard()).toContain('display-name="Ada &quot;the first&quot;"');
    expect(await meeting(({ displayName }) => displayName)).toBe('Ada "the first"');
    await press('React');
    await press('Copy: React code');
    expect(await clipboard()).toContain('startAudioMuted');
    await page.reload();
    await panel('playground').locator('pre', { hasText: 'start-audio-muted' }).waitFor();
    // What a link says must not choose the code that runs here.
    await page.goto(
      `${demo.url}/?2#/playground?apiSrc=https%3A%2F%2Fevil.example%2Fx.js;domain=evil.example;room=Other`,
    );
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    await panel('playground').locator('pre', { hasText: 'room="Other"' }).waitFor();
    expect(await meeting(({ apiSrc, domain }) => [apiSrc ?? '', domain])).toEqual(['', new URL(demo.url).host]);
  });

  it('states: shows every screen, and one in another language', async () => {
    await open('states?only=ended-kicked;lang=de');
    const frame = page.frameLocator('iframe.states');
    await frame
      .getByRole('heading', { name: 'Sie wurden aus der Besprechung entfernt' })
      .or(frame.locator('h2'))
      .first()
      .waitFor();
    await page.getByLabel('Language').selectOption('ar');
    await page.waitForURL(/lang=ar/);
    await frame.locator('.root[dir=rtl]').first().waitFor();
    await page.getByLabel('Screen').selectOption('');
    await frame.locator('figure').nth(40).waitFor({ state: 'attached' });
  });

  it('events: filters, pauses, copies, and draws the states as a line', async () => {
    await open('events');
    await press('Join');
    await panel('events').locator('.time-line [data-state=joined]').waitFor();
    await press('Jitsi');
    expect(await panel('events').locator('ol.events strong').allInnerTexts()).not.toContain('videoConferenceJoined');
    await press('Pause');
    await press('Leave');
    await page.locator('#state', { hasText: 'ended' }).waitFor();
    await press('Copy as JSON');
    const copied = JSON.parse(await clipboard()) as { name: string; detail: { state?: string } }[];
    expect(copied.map(({ detail }) => detail?.state).filter(Boolean)).toEqual([
      'connecting',
      'loading',
      'ready',
      'joined',
    ]);
    expect(JSON.stringify(copied)).not.toMatch(/eyJ/);
  });

  it('theme: wears a brand, tells its contrast, and prints the CSS', async () => {
    await open('theme');
    await press('a school');
    expect(
      await page.locator('#meeting [part=button]').evaluate((button) => getComputedStyle(button).backgroundColor),
    ).toBe('rgb(168, 67, 10)');
    expect(await panel('theme').locator('.contrasts .low').count()).toBe(0);
    await page.getByLabel('--jitsi-meeting-text', { exact: true }).fill('#eeeeee');
    await page.getByLabel('--jitsi-meeting-text', { exact: true }).press('Tab');
    await panel('theme').locator('.contrasts .low', { hasText: 'text on the background' }).first().waitFor();
    await press('Copy: CSS of the theme');
    expect(await clipboard()).toMatch(/^jitsi-meeting \{\n {2}--jitsi-meeting-accent: #a8430a;/);
  });
});
