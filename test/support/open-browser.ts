import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../scripts/browser.js';

/**
 * The installed Chromium, with a camera and a microphone that are fakes and allowed.
 *
 * @param trusted `spki` of a certificate to trust fully; without it every certificate is accepted, but then Chromium
 *   keeps nothing in its HTTP cache
 * @param backForwardCache whether pages are kept in it, as for any visitor; a driver loses sight of one that comes back
 */
export function openBrowser({
  trusted,
  backForwardCache = false,
}: { trusted?: string; backForwardCache?: boolean } = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error('No Chromium was found: run node scripts/setup.mjs --test');
  return chromium.launch({
    executablePath,
    ignoreDefaultArgs: backForwardCache ? ['--disable-back-forward-cache'] : [],
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      trusted ? `--ignore-certificate-errors-spki-list=${trusted}` : '--ignore-certificate-errors',
    ],
  });
}
