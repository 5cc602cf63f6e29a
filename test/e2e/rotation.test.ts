import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { cli } from '../support/run-cli.js';
import { openBrowser } from '../support/open-browser.js';

let browser: Browser;
let folder: string;
let file: string;
let demo: Demo;
let context: BrowserContext;
let page: Page;
let errors: string[];
/** How far the demo's clock is ahead, ms: two tokens of one second are the same. */
let later: number;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rotation-'));
  file = join(folder, 'keys.json');
  await cli(['keys', 'make', '--file', file, '--alg', 'HS256']);
  later = 0;
  demo = await startDemo({
    port: 0,
    env: { JWT_KEYS_FILE: file },
    now: () => Date.now() + later,
    standin: { controls: true, pace: 0.01 },
  });
  context = await browser.newContext({ ignoreHTTPSErrors: true });
  page = await context.newPage();
  errors = [];
  await page.exposeFunction('seeError', (code: string) => void errors.push(code));
  await page.addInitScript(() => {
    document.addEventListener('meeting-error', (event) => {
      const { error } = (event as CustomEvent<{ error: { code: string } }>).detail;
      (window as unknown as { seeError(code: string): void }).seeError(error.code);
    });
  });
  await page.goto(demo.url);
  // Ada is signed in from the start.
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
});

afterEach(async () => {
  await context?.close();
  await demo?.close();
  rmSync(folder, { recursive: true });
});

const untilState = (name: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.querySelector('jitsi-meeting')?.state === wanted, name);

/** From now on: what the element says to the visitor, its states, and how many frames it makes. */
async function watch() {
  const handle = await page.evaluateHandle(() => {
    const meeting = document.querySelector('jitsi-meeting')!;
    const root = meeting.shadowRoot!;
    const seen = { read: '', states: [] as string[], frames: 0 };
    new MutationObserver((records) => {
      seen.read += `${root.textContent}\n`;
      const added = records.flatMap(({ addedNodes }) => [...addedNodes]);
      seen.frames += added.filter((node) => node instanceof HTMLIFrameElement).length;
    }).observe(root, { childList: true, subtree: true, characterData: true });
    meeting.addEventListener('meeting-state-change', ({ detail }) => void seen.states.push(detail.state));
    return seen;
  });
  return () => handle.jsonValue();
}

/** How many tokens the backend is asked for from now on. */
function countTokens(): () => number {
  let count = 0;
  page.on('request', (request) => void (count += Number(new URL(request.url()).pathname === '/api/token')));
  return () => count;
}

/** What everyone in the room sees of it: the app loses its focus, and is about to load itself again. */
const restartProsody = (): Promise<unknown> =>
  page.request.post(`${demo.url}/_standin/rooms/team-meeting/restart`, { failOnStatusCode: true });

describe('a shared secret is changed on both sides, and Prosody restarted, while a page is in a meeting', () => {
  it('carries the page over by one fresh token, though the one it kept for the next join is of the old secret', async () => {
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await untilState('joined');
    later = 5_000;
    await page.evaluate(() => document.querySelector('jitsi-meeting')!.renewToken());
    const seen = await watch();
    const tokens = countTokens();

    await cli(['keys', 'rotate', '--file', file, '--announce', '0s']);
    await restartProsody();
    await untilState('reconnecting');
    await untilState('joined');

    const { read, states, frames } = await seen();
    expect(frames, 'one refused, one let in').toBe(2);
    expect(tokens()).toBe(1);
    expect(states).toEqual(['reconnecting', 'joined']);
    expect(errors).toEqual([]);
    expect(read).not.toMatch(/does not accept|not allowed|expired|Try again/);
  });
});
