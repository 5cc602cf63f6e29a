// Makes a fresh clone runnable, with nothing but Node: the packages, Jitsi's own script for the stand-in, the type of
// Jitsi's configuration and, for the tests (--test), a browser. Every step is skipped when its result is there already.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sdk } from './sdk.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

function installPackages() {
  const installed = 'node_modules/.package-lock.json';
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
  console.log('Installing packages (npm ci) ...');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

// The SDK depends on addresses on a code host, so it can't be a dependency: its archive is fetched and checked.
function fetchJitsiSdk() {
  if (existsSync(sdk.folder)) return;
  console.log(`Fetching ${sdk.name}@${sdk.version}, which holds Jitsi's external_api.js ...`);
  const download = `${sdk.folder}.download`;
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  run('npm', ['pack', `${sdk.name}@${sdk.version}`, '--silent', '--pack-destination', download]);
  const archive = `${download}/${readdirSync(download)[0]}`;
  const digest = createHash('sha512').update(readFileSync(archive)).digest('base64');
  if (digest !== sdk.sha512) throw new Error(`${archive} has sha512 ${digest}, expected ${sdk.sha512}: not used.`);
  run('tar', ['xzf', archive, '-C', download]);
  renameSync(`${download}/package`, sdk.folder);
  rmSync(download, { recursive: true });
}

installPackages();
fetchJitsiSdk();
(await import('./generate-config.mjs')).generateConfig();
if (process.argv.includes('--test')) (await import('./browser.mjs')).ensureChromium();
