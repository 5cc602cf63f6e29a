// Makes a fresh clone runnable, with nothing but Node: the packages, Jitsi's own script for the stand-in, the type of
// Jitsi's configuration and, for the tests (--test), a browser. Every step is skipped when its result is there already.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fetchArchive } from './archive.mjs';
import { library, react18, sdk } from './sdk.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

function installPackages() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages (npm ci) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

installPackages();
fetchArchive(sdk);
if (process.argv.includes('--test')) [library, ...react18].forEach(fetchArchive);
(await import('./generate-config.mjs')).generateConfig();
if (process.argv.includes('--test')) (await import('./browser.mjs')).ensureChromium();
