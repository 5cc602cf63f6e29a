// Makes docs/picture.png from the demo, as a visitor sees it.
import { startDemo } from '../demo/server/start.js';
import { openBrowser } from '../test/helpers/browser.js';

const demo = await startDemo({ port: 0, env: {} });
const browser = await openBrowser();
try {
  const page = await browser.newPage({
    ignoreHTTPSErrors: true,
    viewport: { width: 1280, height: 860 },
    colorScheme: 'light',
  });
  await page.goto(demo.url);
  await page.getByRole('button', { name: /Ada Lovelace/ }).click();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.getByText('moderator (source: live)').waitFor();
  await page.screenshot({ path: 'docs/picture.png' });
} finally {
  await browser.close();
  await demo.close();
}
