import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate, createHash } from 'node:crypto';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { constants as constantsOfSystem, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Devtools } from './devtools.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** There is no browser, or it doesn't start; the message says what to do. */
export class BrowserError extends Error {}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The program that CHROME_PATH names, or else the first one that is found on PATH. Throws a `BrowserError`. */
export function findChromium(env: Environment): string {
  const named = env['CHROME_PATH'];
  if (named) {
    if (isProgram(named)) return named;
    throw new BrowserError(`CHROME_PATH is ${JSON.stringify(named)}, which isn’t a program. Name Chromium or Chrome.`);
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const found = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications];
  const program = found.find(isProgram);
  if (program) return program;
  throw new BrowserError(
    'There is no Chromium on this machine. Install Chromium or Chrome (Debian: apt-get install chromium), or name one in CHROME_PATH.',
  );
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

export interface Chromium {
  devtools: Devtools;
  /** Ends it and removes its profile. */
  close(): Promise<void>;
}

const flags = [
  '--headless=new',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-gpu',
  '--mute-audio',
  // A machine without a camera has one so, and nobody is asked. What policies forbid stays forbidden.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Of the environment, and no more: it may hold secrets, which no page needs. */
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'DISPLAY', 'XDG_RUNTIME_DIR', 'FONTCONFIG_PATH'];
/** Where it would write besides its profile. */
const folders = ['TMPDIR', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME'];

/** How long a browser may take to start, ms. */
const patience = 30_000;

/** Ctrl+C, what ends a program from outside, and a terminal that is closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts a Chromium with an empty profile, without a window. Rejects with a `BrowserError`. */
export async function startChromium(program: string, env: Environment): Promise<Chromium> {
  const trusted = trustedKeys(env['NODE_EXTRA_CA_CERTS']);
  let profile: string | undefined;
  let child: ChildProcess | undefined;
  const forget = (): void => {
    if (profile !== undefined) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    child?.kill('SIGKILL');
    forget();
    process.exit(128 + constantsOfSystem.signals[signal]);
  };
  // Before there is anything to leave behind.
  for (const signal of endings) process.once(signal, interrupted);
  const release = (): void => {
    for (const signal of endings) process.off(signal, interrupted);
    forget();
  };
  profile = mkdtempSync(join(tmpdir(), 'doctor-'));
  try {
    child = run(program, profile, trusted, env);
  } catch {
    // Some faults, such as a program of another kind of processor, are thrown at once.
    release();
    throw new BrowserError(`${program} doesn’t start. Name another Chromium or Chrome in CHROME_PATH.`);
  }
  const started = child;
  let said = '';
  started.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const ended = new Promise<void>((resolve) => {
    started.once('close', () => resolve());
    started.once('error', () => resolve());
  });
  const devtools = new Devtools(started.stdio[3] as Writable, started.stdio[4] as Readable);
  const close = async (): Promise<void> => {
    // It writes its profile until it has ended.
    const timer = setTimeout(() => started.kill('SIGKILL'), 5000);
    devtools.send('Browser.close').catch(() => started.kill('SIGKILL'));
    await ended;
    clearTimeout(timer);
    release();
  };
  try {
    await devtools.send('Browser.getVersion', {}, undefined, patience);
    return { devtools, close };
  } catch {
    await close();
    throw new BrowserError(
      `${program} doesn’t start${reasonIn(said)}. Name another Chromium or Chrome in CHROME_PATH.`,
    );
  }
}

/** Throws what `spawn` does. */
const run = (program: string, profile: string, trusted: readonly string[], env: Environment): ChildProcess =>
  spawn(
    program,
    [
      ...flags,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(trusted.length > 0 ? [`--ignore-certificate-errors-spki-list=${trusted.join(',')}`] : []),
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      env: Object.fromEntries([
        ...passedOn.map((name) => [name, env[name]] as const).filter(([, value]) => value !== undefined),
        ...folders.map((name) => [name, profile] as const),
      ]),
    },
  );

/** Its first line about an error, without time and place in its source. */
function reasonIn(said: string): string {
  const line = said.split('\n').find((one) => /ERROR|FATAL|error while loading|No usable sandbox/.test(one));
  const text = line?.replace(/^\[[^\]]*\]\s*/, '').trim();
  return text ? ` (${text.slice(0, 200)})` : '';
}

/** Whom Node trusts besides the usual ones, the browser is to trust as well: hashes of their public keys. */
function trustedKeys(file: string | undefined): string[] {
  if (!file) return [];
  try {
    const pems = readFileSync(file, 'utf8').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
    return pems.map((pem) => {
      const key = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
      return createHash('sha256').update(key).digest('base64');
    });
  } catch {
    throw new BrowserError(`NODE_EXTRA_CA_CERTS is ${JSON.stringify(file)}, whose certificates can’t be read.`);
  }
}
