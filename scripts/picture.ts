// Makes docs/picture.png from the demo, as a visitor sees it.
import { startDemo } from '../demo/server/start.js';
import { openBrowser } from '../test/support/open-browser.js';

const demo = await startDemo({ port: 0, env: {} });
const browser = await openBrowser();

/** With the camera off: a browser of the tests has a test pattern for one. */
async function join(person: string) {
  const page = await browser.newPage({
    ignoreHTTPSErrors: true,
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  });
  await page.goto(`${demo.url}/?as=${person}#/break`);
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await page.locator('jitsi-meeting').evaluate((meeting) => meeting.setAttribute('start-video-muted', ''));
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  return page;
}

try {
  const ada = await join('ada');
  await ada.getByText('moderator (source: live)').waitFor();
  await join('grace');
  await ada.locator('jitsi-meeting').frameLocator('iframe').getByText('Grace Hopper').first().waitFor();
  await ada.screenshot({ path: 'docs/picture.png' });
} finally {
  await browser.close();
  await demo.close();
}
