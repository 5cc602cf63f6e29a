import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildGallery } from '../../scripts/gallery/build.js';
import { difference, drawnWith, drawSheets, recordedSheets, sheets } from '../../scripts/gallery/sheets.js';
import { openBrowser } from '../support/open-browser.js';
import { stat } from '../support/stats.js';

let url: string;
let browser: Browser;

beforeAll(async () => {
  [url, browser] = await Promise.all([buildGallery(), openBrowser()]);
});
afterAll(() => browser.close());

// The others are compared by `npm run pictures`.
it.each(['360-light-en', '360-dark-ar'])(
  'the picture of every screen is the recorded one, where the same browser and fonts draw it: %s',
  async (name) => {
    const isSame = drawnWith(browser) === readFileSync(`${recordedSheets}/drawn-with.txt`, 'utf8').trim();
    const drawn = await drawSheets(
      browser,
      url,
      sheets.filter((sheet) => sheet.name === name),
    );
    const page = await browser.newPage();
    const differs = await difference(page, [...drawn.values()][0]!, readFileSync(`${recordedSheets}/${name}.webp`));
    await page.close();
    stat(`${name}: ${differs.toFixed(2)} of 1000 pixels differ; the same browser and fonts: ${isSame}`);
    if (isSame) expect(differs).toBeLessThan(0.5);
  },
);
