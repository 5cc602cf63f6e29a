// Makes a fresh clone ready, with nothing but Node: installs the packages, then goes on in TypeScript (scripts/prepare.ts).
// This file alone is plain JavaScript, as what runs TypeScript is one of the packages. `--test` prepares for the tests too.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const installed = 'node_modules/.package-lock.json';
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync('package-lock.json').mtimeMs) {
  console.log('Installing packages (npm ci) ...');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

const { register } = await import('tsx/esm/api');
register();
const { prepare } = await import('./prepare.ts');
prepare({ forTests: process.argv.includes('--test') });
