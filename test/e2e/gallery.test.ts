import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildGallery } from '../../scripts/gallery/build.js';
import { openBrowser } from '../support/open-browser.js';
import { stat } from '../support/stats.js';

let url: string;
let browser: Browser;
/** For tests that only look. */
let english: Page;

beforeAll(async () => {
  [url, browser] = await Promise.all([buildGallery(), openBrowser()]);
  english = await openGallery('en');
});
afterAll(() => browser.close());

/** Every screen on one page; the waits that screens tell of are the same each time. */
async function openGallery(lang: string, emulate: Parameters<Page['emulateMedia']>[0] = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, timezoneId: 'UTC', locale: lang });
  await page.addInitScript(() => (Math.random = () => 0.5));
  await page.emulateMedia(emulate);
  await page.goto(`${url}?lang=${lang}`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  return page;
}

interface Found {
  id: string;
  nodes: { target: unknown; failureSummary?: string }[];
}
declare const axe: { run(context: unknown, options: unknown): Promise<{ violations: Found[]; passes: Found[] }> };

describe('axe finds nothing in any screen', () => {
  const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  /** Between looks only colours differ. */
  const looks = [
    ['light', { colorScheme: 'light' }, all],
    ['dark', { colorScheme: 'dark' }, ['cat.color']],
    ['forced colours', { colorScheme: 'light', forcedColors: 'active' }, ['cat.color']],
  ] as const;

  it.each(['en', 'ar'])('light, dark and with forced colours: %s', async (lang) => {
    const page = await openGallery(lang);
    await page.addScriptTag({ path: 'node_modules/axe-core/axe.min.js' });
    for (const [look, emulate, tags] of looks) {
      const start = Date.now();
      await page.emulateMedia(emulate);
      const { violations, passes, screens } = await page.evaluate(async (wanted) => {
        const found = await axe.run(
          { include: ['figure'] },
          {
            runOnly: wanted,
            // Frames without content can't be looked into; a rule about the whole page would judge the gallery.
            // The stricter contrast is of level AAA; level AA is promised.
            rules: {
              'frame-tested': { enabled: false },
              region: { enabled: false },
              'color-contrast-enhanced': { enabled: false },
            },
            iframes: false,
          },
        );
        const told = found.violations.map(({ id, nodes }) => ({
          id,
          nodes: nodes.map(({ target, failureSummary }) => ({ target, failureSummary })),
        }));
        return { violations: told, passes: found.passes.length, screens: document.querySelectorAll('figure').length };
      }, tags);
      stat(`axe: ${screens} screens, ${look}, ${lang}: ${passes} rules pass, ${Date.now() - start} ms`);
      expect(passes).toBeGreaterThan(0);
      expect(violations.map(({ id, nodes }) => `${look}: ${id}: ${JSON.stringify(nodes.slice(0, 3))}`)).toEqual([]);
    }
    await page.close();
  });
});

describe('words and icons stand out', () => {
  const guide = readFileSync('docs/guides/make-it-yours.md', 'utf8');
  const [, part] = guide.split('## Three brands');
  const brands = [...part!.matchAll(/^(An? \w+).*:\n\n```css\n([^`]+)/gm)].map(
    ([, name, css]) => [name!, css!] as const,
  );
  const looks = [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { colorScheme: 'light', forcedColors: 'active' },
    { colorScheme: 'dark', forcedColors: 'active' },
  ] as const;

  const others = [
    ['the element as it is', 'jitsi-meeting {}'],
    ['with a colour that is none', 'jitsi-meeting { --jitsi-meeting-accent: corporate-blue }'],
  ] as const;

  it.each([...others, ...brands])('%s, on light and dark pages', async (_, css) => {
    expect(brands).toHaveLength(3);
    const page = await openGallery('en');
    // Each meeting of the gallery has a tag of its own.
    await page.addStyleTag({ content: css.replace('jitsi-meeting {', 'figure > :not(figcaption) {') });
    for (const look of looks) {
      await page.emulateMedia({ forcedColors: null, ...look });
      expect(await page.evaluate(faint), JSON.stringify(look)).toEqual([]);
    }
    await page.close();
  });
});

/** Words with less than 4.5:1 to what is behind them, and icons with less than 3:1 (WCAG 1.4.3 and 1.4.11). */
function faint(): string[] {
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const draw = (...colours: string[]): number => {
    for (const colour of colours) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    const linear = [...context.getImageData(0, 0, 1, 1).data].map((value) =>
      value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
  };
  const grounds = (element: Element): string[] => {
    const { parentElement: parent, assignedSlot: slot } = element;
    const around = slot ?? parent ?? (element.getRootNode() as Partial<ShadowRoot>).host;
    return [...(around ? grounds(around) : []), getComputedStyle(element).backgroundColor];
  };
  const within = (root: ShadowRoot): string[] =>
    [...root.querySelectorAll('*')].flatMap((element) => {
      if (element.shadowRoot) return within(element.shadowRoot);
      const isIcon = element.localName === 'svg';
      const hasWords = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue!.trim(),
      );
      if (!(isIcon || hasWords) || !element.checkVisibility()) return [];
      const behind = ['Canvas', ...grounds(element)];
      const [bright, dark] = [draw(...behind), draw(...behind, getComputedStyle(element).color)].toSorted(
        (one, other) => other - one,
      ) as [number, number];
      const ratio = (bright + 0.05) / (dark + 0.05);
      return ratio < (isIcon ? 3 : 4.5)
        ? [`${element.parentElement!.className} ${element.textContent!.trim()} ${ratio}`]
        : [];
    });
  return [...document.querySelectorAll('figure')].flatMap(({ id, lastElementChild }) =>
    within(lastElementChild!.shadowRoot!).map((one) => `${id}: ${one}`),
  );
}

describe('what a screen reader finds', () => {
  it('is one heading on each screen, and none over a meeting', async () => {
    const found = await english.locator('figure > :last-child').evaluateAll((meetings) =>
      meetings.map(({ shadowRoot, parentElement }) => ({
        name: parentElement!.id,
        headings: shadowRoot!.querySelectorAll('h1, h2, h3, h4, h5, h6').length,
        expected: shadowRoot!.querySelector('.panel') ? 1 : 0,
      })),
    );
    expect(found.length).toBeGreaterThan(40);
    expect(found.filter(({ headings, expected }) => headings !== expected)).toEqual([]);
  });

  it('is the tree that is recorded, on each screen', async () => {
    const names = await english.locator('figure').evaluateAll((figures) => figures.map(({ id }) => id));
    const trees: string[] = [];
    for (const name of names) {
      const tree = await english.locator(`#${name} > :last-child`).ariaSnapshot();
      trees.push(`${name}:\n${tree.replaceAll(/^/gm, '  ')}`);
    }
    await expect(`${trees.join('\n\n')}\n`).toMatchFileSnapshot('../data/screens/trees.txt');
  });
});

describe('a button', () => {
  it('looks different below the pointer, and again while it is pressed, on every ground', async () => {
    // The main one, the other one, the quiet one, and the × of a notice.
    const buttons = [
      '#token-server .actions > :first-child',
      '#iframe-timeout .actions > :nth-child(2)',
      '#connecting-9s .quiet',
      '#two-notices .close',
    ];
    for (const selector of buttons) {
      const button = english.locator(selector).first();
      const look = () => button.evaluate((one) => getComputedStyle(one).boxShadow);
      await english.mouse.move(0, 0);
      const still = await look();
      await button.hover();
      const hovered = await look();
      await english.mouse.down();
      const pressed = await look();
      // Elsewhere, so that it is not a press.
      await english.mouse.move(0, 0);
      await english.mouse.up();
      expect(still, selector).toBe('none');
      expect(new Set([still, hovered, pressed]).size, selector).toBe(3);
    }
  });
});

describe('who asked the system for', () => {
  const styleOf = (selector: string, property: string): Promise<string> =>
    english
      .locator(selector)
      .first()
      .evaluate((one, name) => getComputedStyle(one).getPropertyValue(name), property);

  it.each([
    [
      'less motion has a spinner that turns slowly',
      { reducedMotion: 'reduce' },
      '#connecting .spinner',
      'animation-duration',
    ],
    ['more contrast reads all words in full colour', { contrast: 'more' }, '#token-server p', 'color'],
    ['forced colours has an edge around icons', { forcedColors: 'active' }, '#token-server .icon', 'border-top-style'],
  ] as const)('%s', async (_, preference, selector, property) => {
    const usual = await styleOf(selector, property);
    await english.emulateMedia(preference);
    const asked = await styleOf(selector, property);
    await english.emulateMedia({ reducedMotion: null, contrast: null, forcedColors: null });
    const text = await styleOf('#token-server h2', 'color');
    const expected = { 'animation-duration': '6s', color: text, 'border-top-style': 'solid' }[property];
    expect([usual === asked, asked]).toEqual([false, expected]);
  });
});

it.each(['placeholder', 'connecting', 'joined', 'token-forbidden'])(
  'fills the screen in full screen: %s',
  async (name) => {
    const page = await openGallery('en');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Runtime.evaluate', {
      expression: `document.querySelector('#${name} > :last-child').requestFullscreen()`,
      userGesture: true,
      awaitPromise: true,
    });
    const sizes = await page.evaluate(() => {
      const meeting = document.fullscreenElement!;
      return [meeting, meeting.shadowRoot!.querySelector('.root')!].map((box) => {
        const { x, y, width, height } = box.getBoundingClientRect();
        return [x, y, width - innerWidth, height - innerHeight];
      });
    });
    expect(sizes).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    await page.close();
  },
);
