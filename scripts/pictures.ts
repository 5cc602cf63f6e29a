// Makes pictures of every screen from the gallery's page, into .cache/pictures: three widths, two themes, three languages.
import { mkdirSync } from 'node:fs';
import { openBrowser } from '../test/support/open-browser.js';
import { buildGallery } from './gallery/build.js';

const url = await buildGallery();
const browser = await openBrowser();
mkdirSync('.cache/pictures', { recursive: true });
try {
  for (const width of [320, 640, 1280])
    for (const theme of ['light', 'dark'])
      for (const lang of ['en', 'de', 'ar']) {
        const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, timezoneId: 'UTC' });
        await page.goto(`${url}?width=${width}&theme=${theme}&lang=${lang}`);
        await page.locator('html[data-ready]').waitFor({ state: 'attached' });
        await page.screenshot({ path: `.cache/pictures/${lang}-${theme}-${width}.png`, fullPage: true });
        await page.close();
      }
} finally {
  await browser.close();
}
console.log(`The page itself is ${url}`);
