// Finds the Chromium that the tests use; installs Debian's where that is possible.
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  ...(process.env.PATH ?? '').split(delimiter),
  '/Applications/Google Chrome.app/Contents/MacOS',
  '/Applications/Chromium.app/Contents/MacOS',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export function findProgram(...candidates: string[]): string | undefined {
  return candidates.flatMap((name) => places.map((place) => join(place, name))).find(isExecutable);
}

export function findChromium(): string | undefined {
  return process.env.CHROMIUM ?? findProgram(...names, 'Google Chrome', 'Chromium');
}

/** Ends the process when there is no browser and none can be installed, and says what to run. */
export function ensureChromium(): void {
  if (findChromium()) return;
  if (existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
    console.log("Installing Debian's chromium for the tests ...");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: ['ignore', 'ignore', 'inherit'], env } satisfies ExecFileSyncOptions;
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync('apt-get', ['install', '-y', '-qq', 'chromium'], options);
    if (findChromium()) return;
  }
  console.error(
    'The tests run in a real browser and none was found. Install Chromium or Chrome, for instance with\n' +
      '  sudo apt-get install chromium\n' +
      'or name one: CHROMIUM=/path/to/chrome npm test',
  );
  process.exit(1);
}
