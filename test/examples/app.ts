// Apps of other people's frameworks, with the packed package in them, against a stand-in.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import type { Page } from 'playwright-core';
import { serveHttps } from '../../demo/https.js';
import { openBrowser } from '../support/open-browser.js';
import { mintToken, startStandin } from '../support/standin.js';

const cache = resolve('.cache/probes');

const npm = (cwd: string, ...args: string[]): void =>
  void execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });

/** The packed package as a file; `npm run build` has made what is in it. */
function pack(): string {
  mkdirSync(cache, { recursive: true });
  npm('.', 'pack', '--silent', '--ignore-scripts', '--pack-destination', cache);
  return `${cache}/${readdirSync(cache).find((file) => file.endsWith('.tgz'))}`;
}

/** A folder with the packages and the package; what it needs is fetched once. */
export function install(name: string, packages: readonly string[] = []): string {
  const folder = `${cache}/${name}`;
  mkdirSync(folder, { recursive: true });
  if (packages.length === 0) cpSync(`test/examples/${name}`, folder, { recursive: true });
  // Without one, npm installs into the folder above that has it: this repository.
  else writeFileSync(`${folder}/package.json`, '{ "private": true }');
  npm(folder, 'install', '--silent', '--no-audit', '--no-fund', '--no-package-lock', ...packages, pack());
  return folder;
}

/** A stand-in, a token endpoint for every origin that counts, and a browser. */
export async function startWorld() {
  const standin = await startStandin();
  const app = new Hono();
  let asked = 0;
  app.use(cors({ origin: '*', exposeHeaders: ['Date', 'Retry-After'] }));
  app.post('/token', async (c) => {
    asked++;
    // Without a name, so that the page's counts.
    return c.json({ token: await mintToken({ context: { user: { moderator: true } } }) });
  });
  const endpoint = await serveHttps(app);
  const browser = await openBrowser();
  return {
    domain: standin.host,
    tokenUrl: `${endpoint.origin}/token`,
    asked: () => asked,
    async occupants(room: string): Promise<(string | undefined)[]> {
      const rooms = await standin.rooms();
      return rooms.find((one) => one.room === room)?.occupants.map(({ name }) => name) ?? [];
    },
    newPage: () => browser.newPage({ ignoreHTTPSErrors: true }),
    async close(): Promise<void> {
      await browser.close();
      await endpoint.close();
      await standin.close();
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A command of the app that goes on until it is stopped. Resolves when the address answers. */
export async function serve(
  folder: string,
  command: readonly string[],
  env: Record<string, string>,
  address: string,
): Promise<() => void> {
  const [name, ...args] = command;
  // A group of its own, so that what the command starts ends with it.
  const child: ChildProcess = spawn(name!, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'ignore',
    detached: true,
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode}.`);
    if (
      await fetch(address).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return () => void process.kill(-child.pid!);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** Keeps the states of every meeting of the page, from before its scripts run. */
export async function watchStates(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const states: string[] = [];
    Object.assign(window, { states });
    document.addEventListener('meeting-state-change', (event) =>
      states.push((event as CustomEvent<{ state: string }>).detail.state),
    );
  });
  return () => page.evaluate(() => (window as unknown as { states: string[] }).states);
}

export const untilState = (page: Page, state: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, state);
