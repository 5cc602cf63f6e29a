// How much time warm-up="app" saves from click to joined, on 10 Mbit/s and 40 ms, with a stand-in as heavy as the real
// app.
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { serveHttps } from '../demo/https.js';
import { openBrowser } from '../test/support/open-browser.js';
import { mintToken, startStandin } from '../test/support/standin.js';

const runs = 3;
/** Time that the visitor takes before clicking, ms. */
const beforeClick = { none: 0, script: 2_000, app: 8_000 };
type WarmUp = keyof typeof beforeClick;

const standin = await startStandin({}, { weight: true, pace: 1 });
const app = new Hono();
app.get('/:file{(jitsi-meeting/)?[\\w.-]+\\.js}', (c) =>
  c.body(readFileSync(`dist/${c.req.param('file')}`, 'utf8'), 200, { 'content-type': 'text/javascript' }),
);
app.post('/token', async (c) => c.json({ token: await mintToken() }));
app.get('/:warmUp', (c) =>
  c.html(`<!doctype html><title>Warm-up</title><script type="module" src="/jitsi-meeting.js"></script>
    <jitsi-meeting domain="${standin.host}" room="Bench" token-url="/token" loading="click"
      warm-up="${c.req.param('warmUp')}"></jitsi-meeting>`),
);
const host = await serveHttps(app);

/** ms from the click to joined, and kB over the wire after the click; every run starts with an empty cache. */
async function measure(browser: Browser, warmUp: WarmUp): Promise<{ time: number; kilobytes: number }> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 40,
      downloadThroughput: 10e6 / 8,
      uploadThroughput: 10e6 / 8,
    });
    let bytes = 0;
    devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(`${host.origin}/${warmUp}`);
    const button = page.getByRole('button', { name: 'Join meeting' });
    await button.waitFor();
    if (warmUp === 'script') await button.hover();
    await page.waitForTimeout(beforeClick[warmUp]);
    bytes = 0;
    await page.evaluate(() => {
      const meeting = document.querySelector('jitsi-meeting')!;
      meeting.addEventListener('click', () => performance.mark('click'), { once: true });
      meeting.addEventListener('meeting-state-change', () => {
        if (meeting.state === 'joined') performance.mark('joined');
      });
    });
    await button.click();
    await page.waitForFunction(() => document.querySelector('jitsi-meeting')!.state === 'joined');
    const time = await page.evaluate(() => performance.measure('joining', 'click', 'joined').duration);
    return { time, kilobytes: bytes / 1000 };
  } finally {
    await context.close();
  }
}

const median = (values: number[]): number => values.sort((one, other) => one - other)[values.length >> 1]!;

// Only a certificate that is trusted lets the browser keep anything in its cache.
const browser = await openBrowser({ trusted: host.certificate.spki });
for (const warmUp of Object.keys(beforeClick) as WarmUp[]) {
  const measured = [];
  for (let run = 0; run < runs; run++) measured.push(await measure(browser, warmUp));
  const seconds = (median(measured.map(({ time }) => time)) / 1000).toFixed(2);
  const kilobytes = Math.round(median(measured.map((one) => one.kilobytes)));
  const ahead = beforeClick[warmUp] ? `, ${beforeClick[warmUp] / 1000} s ahead` : '';
  console.log(
    `warm-up="${warmUp}"${ahead}: ${seconds} s from click to joined, ${kilobytes} kB after the click (median of ${runs})`,
  );
}
await browser.close();
await host.close();
await standin.close();
