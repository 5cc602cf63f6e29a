import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import scenes from '../data/real-app/scenes.json' with { type: 'json' };
import { openBrowser } from '../helpers/browser.js';
import { mintToken, startStandin, type RunningStandin } from '../helpers/standin.js';

type Heard = [event: string, payload: Record<string, unknown>];

interface HostWindow {
  JitsiMeetExternalAPI: new (
    domain: string,
    options: object,
  ) => {
    _events: unknown;
    getSupportedEvents(): string[];
    on(event: string, listener: (payload: Record<string, unknown>) => void): void;
    executeCommand(name: string, ...args: unknown[]): void;
    isAudioMuted(): Promise<boolean>;
    dispose(): void;
  };
  api: InstanceType<HostWindow['JitsiMeetExternalAPI']>;
  heard: Heard[];
}
declare const window: HostWindow & typeof globalThis;

let browser: Browser;
let standin: RunningStandin;
let host: HttpsServer;

beforeAll(async () => {
  browser = await openBrowser();
  standin = await startStandin({}, { scenes: scenes as never });
  const app = new Hono();
  app.get('/', (c) => c.html('<!doctype html><body style="margin:0"><div id="place" style="height:100vh"></div>'));
  host = await serveHttps(app);
});
afterAll(async () => {
  await browser?.close();
  await standin?.close();
  await host?.close();
});

afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});

/** Joins with Jitsi's own script, on a page of another origin; every event lands in `window.heard`. */
async function join(room: string, options: object = {}): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(host.origin);
  await page.addScriptTag({ url: `${standin.origin}/external_api.js` });
  await page.evaluate(
    ([domain, settings]) => {
      window.heard = [];
      window.api = new window.JitsiMeetExternalAPI(domain, {
        ...settings,
        parentNode: document.getElementById('place'),
      });
      for (const event of window.api.getSupportedEvents())
        window.api.on(event, (payload) => window.heard.push([event, payload]));
    },
    [standin.host, { roomName: room, ...options }] as const,
  );
  return page;
}

async function occupants(room: string) {
  return (await standin.rooms()).find((one) => one.room === room)?.occupants ?? [];
}

async function heard(page: Page, event: string, times = 1): Promise<Record<string, unknown>> {
  await page.waitForFunction(([name, count]) => window.heard.filter(([one]) => one === name).length >= count, [
    event,
    times,
  ] as const);
  const all = await page.evaluate(() => window.heard);
  return all.filter(([name]) => name === event)[times - 1]![1];
}

const names = (page: Page) => page.evaluate(() => window.heard.map(([name]) => name));
const command = (page: Page, name: string, ...args: unknown[]) =>
  page.evaluate(([one, rest]) => window.api.executeCommand(one, ...rest), [name, args] as const);

test('a join with a valid token sounds like the real app', async () => {
  const page = await join('Room One', { jwt: await mintToken() });
  await heard(page, 'conferenceCreatedTimestamp');
  expect(await heard(page, 'videoConferenceJoined')).toMatchObject({
    roomName: 'room%20one',
    displayName: 'Tess Token',
    formattedDisplayName: 'Tess Token (me)',
    email: 'tess@example.org',
  });

  const noise =
    /^(avatarChanged|audioAvailabilityChanged|videoAvailabilityChanged|deviceListChanged|audioOnlyChanged)$/;
  const recorded = scenes.find(({ scene }) => scene === 'c01-valid')!.events.map(([, name]) => name as string);
  const order = (all: string[]) => all.filter((name) => !noise.test(name) && !name.startsWith('('));
  const real = order(recorded);
  expect(order(await names(page))).toEqual(real.slice(0, real.lastIndexOf('conferenceCreatedTimestamp') + 1));
});

test('an expired token is refused in words, and then there is silence', async () => {
  const now = Math.floor(Date.now() / 1000);
  const page = await join('refused', { jwt: await mintToken({ iat: now - 160, exp: now - 60 }) });
  expect(await heard(page, 'errorOccurred')).toEqual({
    error: {
      credentials: { jid: 'localhost' },
      name: 'connection.passwordRequired',
      message: expect.stringMatching(/^Not acceptable by exp \(6\d\.0 sec since expired, valid for:100\.0 sec\)$/),
      type: 'CONNECTION',
      isFatal: false,
    },
  });
  expect(await names(page)).not.toContain('videoConferenceLeft');
});

test('two tabs meet, chat, and a moderator removes one', async () => {
  const moderator = await join('two', { jwt: await mintToken() });
  await heard(moderator, 'videoConferenceJoined');
  const member = await join('two', { jwt: await mintToken({ context: { user: { name: 'Bob B' } } }) });
  expect(await heard(member, 'participantJoined')).toMatchObject({ displayName: 'Tess Token' });
  const { id } = await heard(moderator, 'participantJoined');

  await command(member, 'sendChatMessage', 'Hello <b>all</b>');
  expect(await heard(moderator, 'incomingMessage')).toMatchObject({
    from: id,
    nick: 'Bob B',
    message: 'Hello <b>all</b>',
  });

  await command(moderator, 'kickParticipant', id);
  expect(await heard(member, 'participantKickedOut')).toMatchObject({
    kicked: { id: 'local', name: 'Bob B', local: true },
    kicker: { name: 'Tess Token' },
  });
  expect(await heard(moderator, 'participantKickedOut')).toMatchObject({ kicked: { id, local: false, name: 'Bob B' } });
  await heard(moderator, 'participantLeft');
  await heard(member, 'videoConferenceLeft');
  expect(await names(member)).not.toContain('readyToClose');
});

test('hanging up leaves, is ready to close, and later loads a page that says ready again', async () => {
  const page = await join('bye', { jwt: await mintToken() });
  await heard(page, 'videoConferenceJoined');
  await command(page, 'hangup');
  await heard(page, 'ready', 2);
  const all = await names(page);
  const left = all.indexOf('videoConferenceLeft');
  expect(all[left + 1]).toBe('readyToClose');
  expect(all.lastIndexOf('videoConferenceLeft')).toBeGreaterThan(left);
  expect(await occupants('bye')).toEqual([]);
});

test('a frame that is removed leaves no ghost', async () => {
  const page = await join('removed', { jwt: await mintToken() });
  await heard(page, 'videoConferenceJoined');
  await page.evaluate(() => window.api.dispose());
  await expect.poll(() => occupants('removed')).toEqual([]);
});
