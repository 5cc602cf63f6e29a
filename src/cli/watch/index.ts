// `doctor --watch`: what a real browser sees of a page with the tag.
import { DevtoolsError } from './devtools.js';
import { BrowserError, findChromium, startChromium } from './chromium.js';
import { observe, type WatchRequest } from './observe.js';
import { reportOf, reportWithoutBrowser } from './report.js';
import type { PageReport } from './types.js';

export type { PageReport } from './types.js';

/** @param env `CHROME_PATH` or `PATH` names the browser, `NODE_EXTRA_CA_CERTS` whom it trusts, `WATCH_COOKIE` who is signed in */
export async function watchPage(
  request: Omit<WatchRequest, 'cookies'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PageReport> {
  let chromium;
  try {
    chromium = await startChromium(findChromium(env), env);
  } catch (error) {
    if (error instanceof BrowserError) return reportWithoutBrowser(request.address, error.message);
    throw error;
  }
  try {
    return reportOf(await observe(chromium.devtools, { ...request, cookies: env['WATCH_COOKIE'] ?? '' }));
  } catch (error) {
    if (error instanceof DevtoolsError) return reportWithoutBrowser(request.address, error.message);
    throw error;
  } finally {
    await chromium.close();
  }
}
