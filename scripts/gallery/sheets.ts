// Pictures of the gallery: sheets of all screens at half their size, and how much two of them differ.
import { execFileSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';

/** Where the recorded ones are. */
export const recordedSheets = 'test/pictures';

export interface Sheet {
  name: string;
  width: number;
  theme: 'light' | 'dark';
  lang: string;
}

/** Of the three widths: how many screens stand beside each other. */
const columns: Readonly<Record<number, number>> = { 360: 8, 1000: 6, 1400: 5 };

export const sheets: readonly Sheet[] = Object.keys(columns)
  .map(Number)
  .flatMap((width) =>
    (['light', 'dark'] as const).flatMap((theme) =>
      ['en', 'de', 'ar'].map((lang) => ({ name: `${width}-${theme}-${lang}`, width, theme, lang })),
    ),
  );

/** What a picture depends on besides the code: pictures of other browsers or fonts can't be compared. */
export function drawnWith(browser: Browser): string {
  // Those that are chosen for the words, and not all that are installed.
  const fonts = ['sans-serif', 'monospace'].flatMap((family) =>
    ['en', 'de', 'ar'].map((lang) =>
      execFileSync('fc-match', ['-f', '%{fullname} %{fontversion}', `${family}:lang=${lang}`], { encoding: 'utf8' }),
    ),
  );
  return `Chromium ${browser.version()}, ${[...new Set(fonts)].join(', ')}`;
}

/** Draws those that have the same language from one page. WebP, so that all of them are small. */
export async function drawSheets(browser: Browser, url: string, wanted: readonly Sheet[]): Promise<Map<Sheet, Buffer>> {
  const drawn = new Map<Sheet, Buffer>();
  for (const lang of new Set(wanted.map((sheet) => sheet.lang))) {
    const page = await browser.newPage({ timezoneId: 'UTC', locale: lang });
    // Waits that screens tell of are the same each time.
    await page.addInitScript(() => (Math.random = () => 0.5));
    await page.goto(`${url}?lang=${lang}`);
    await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    for (const sheet of wanted.filter((one) => one.lang === lang)) drawn.set(sheet, await draw(page, sheet));
    await page.close();
  }
  return drawn;
}

async function draw(page: Page, { width, theme }: Sheet): Promise<Buffer> {
  const whole = columns[width]! * (width + 16) + 16;
  await page.setViewportSize({ width: whole, height: 900 });
  const height = await page.evaluate(
    ([colours, inline]) => {
      document.documentElement.style.colorScheme = colours;
      for (const figure of document.querySelectorAll('figure')) {
        figure.style.inlineSize = inline;
        // Those of the document leave out what is in a shadow.
        for (const animation of figure.lastElementChild!.shadowRoot!.getAnimations()) {
          animation.pause();
          animation.currentTime = 0;
        }
      }
      return document.documentElement.scrollHeight;
    },
    [theme, `${width}px`] as const,
  );
  await page.setViewportSize({ width: whole, height });
  const driver = await page.context().newCDPSession(page);
  const clip = { x: 0, y: 0, width: whole, height, scale: 0.5 };
  const { data } = await driver.send('Page.captureScreenshot', { format: 'webp', quality: 40, clip });
  await driver.detach();
  return Buffer.from(data, 'base64');
}

/** How many of a thousand pixels differ by more than a little; 1000 where the sizes do. */
export function difference(page: Page, one: Buffer, other: Buffer): Promise<number> {
  return page.evaluate(
    async (both) => {
      const [a, b] = await Promise.all(
        both.map(async (base64) => {
          const picture = await createImageBitmap(await (await fetch(`data:image/webp;base64,${base64}`)).blob());
          const { width, height } = picture;
          const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
          canvas.drawImage(picture, 0, 0);
          return { width, height, pixels: canvas.getImageData(0, 0, width, height).data };
        }),
      );
      if (a!.width !== b!.width || a!.height !== b!.height) return 1000;
      let different = 0;
      for (let at = 0; at < a!.pixels.length; at += 4) {
        const apart = [0, 1, 2].map((channel) => Math.abs(a!.pixels[at + channel]! - b!.pixels[at + channel]!));
        if (Math.max(...apart) > 24) different++;
      }
      return (different * 4000) / a!.pixels.length;
    },
    [one, other].map((picture) => picture.toString('base64')),
  );
}
