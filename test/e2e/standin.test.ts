import axe from 'axe-core';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import scenes from '../data/real-app/scenes.json' with { type: 'json' };
import { openBrowser } from '../support/open-browser.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';

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
/** How far the server's clock is ahead, in ms. */
let ahead = 0;

beforeAll(async () => {
  browser = await openBrowser();
  standin = await startStandin({}, { scenes: scenes as never, weight: true, now: () => new Date(Date.now() + ahead) });
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
  ahead = 0;
  await standin.control('fault', { script: 'none', frame: 'none', warmUp: 'none' });
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

test('a locked room asks for its password until it is right', async () => {
  await standin.control('rooms/locked/lock', { password: 'sesame' });
  const page = await join('locked', { jwt: await mintToken() });
  expect(await heard(page, 'errorOccurred')).toMatchObject({
    error: { name: 'conference.passwordRequired', recoverable: true, isFatal: false },
  });
  await command(page, 'password', 'wrong');
  await heard(page, 'passwordRequired', 2);
  await command(page, 'password', 'sesame');
  await heard(page, 'videoConferenceJoined');
});

test('with prejoin the app does not connect before the person clicks Join', async () => {
  const page = await join('prejoin', {
    jwt: await mintToken({ exp: 1000 }),
    configOverwrite: { prejoinConfig: { enabled: true } },
  });
  await heard(page, 'prejoinScreenLoaded');
  await heard(page, 'deviceListChanged');
  expect(await names(page)).not.toContain('errorOccurred');
  await page.frameLocator('iframe').getByRole('button', { name: 'Join meeting' }).click();
  await heard(page, 'errorOccurred');
});

test('mute states, names and subjects go both ways', async () => {
  const page = await join('settings', {
    jwt: await mintToken(),
    configOverwrite: { startWithAudioMuted: true, startWithVideoMuted: true, subject: 'Planning' },
  });
  expect(await heard(page, 'audioMuteStatusChanged')).toEqual({ muted: true });
  expect(await heard(page, 'subjectChange')).toEqual({ subject: 'Planning' });
  expect(await page.evaluate(() => window.api.isAudioMuted())).toBe(true);
  await command(page, 'toggleAudio');
  expect(await heard(page, 'audioMuteStatusChanged', 2)).toEqual({ muted: false });
  await command(page, 'displayName', 'Tess T.');
  expect(await heard(page, 'displayNameChange')).toMatchObject({ displayname: 'Tess T.' });
  await command(page, 'subject', 'Retro');
  expect(await heard(page, 'subjectChange', 2)).toEqual({ subject: 'Retro' });
  await page.frameLocator('iframe').getByRole('heading', { name: 'Retro' }).waitFor();
});

test('a moderator ends the meeting for everyone', async () => {
  const page = await join('ended', { jwt: await mintToken() });
  await heard(page, 'videoConferenceJoined');
  await heard(page, 'conferenceCreatedTimestamp');
  await command(page, 'endConference');
  expect(await heard(page, 'errorOccurred')).toMatchObject({
    error: { name: 'conference.destroyed', params: ['The meeting has been terminated', null] },
  });
  await heard(page, 'videoConferenceLeft');
  expect(await names(page)).not.toContain('readyToClose');
  await page.frameLocator('iframe').getByRole('button', { name: 'OK' }).click();
  await heard(page, 'readyToClose');
});

test('a dropped connection is taken up again in silence while the token is good', async () => {
  const page = await join('dropped', { jwt: await mintToken(), configOverwrite: { apiLogLevels: ['error', 'info'] } });
  const { id } = await heard(page, 'videoConferenceJoined');
  await heard(page, 'conferenceCreatedTimestamp');
  await standin.control('rooms/dropped/drop');
  await heard(page, 'log', 3);
  const all = await names(page);
  expect(all.slice(all.indexOf('conferenceCreatedTimestamp') + 1)).toEqual(['log', 'log', 'log']);
  expect(await occupants('dropped')).toMatchObject([{ id, ghost: false }]);
});

test('a connection that drops after the token expired leaves a dead call, and the app does not say so', async () => {
  const page = await join('zombie', { jwt: await mintToken(), configOverwrite: { apiLogLevels: ['error', 'info'] } });
  await heard(page, 'videoConferenceJoined');
  await heard(page, 'conferenceCreatedTimestamp');
  ahead = 2 * 60 * 60 * 1000;
  await standin.control('rooms/zombie/drop');
  await heard(page, 'log', 3);
  const lines = (await page.evaluate(() => window.heard)).filter(([name]) => name === 'log').map(([, log]) => log);
  expect(lines).toMatchObject([
    { logLevel: 'error', args: ['Websocket closed unexpectedly'] },
    { logLevel: 'info', args: ['Will try to resume'] },
    { logLevel: 'info', args: ['Canceling connection resume task'] },
  ]);
  await expect.poll(() => occupants('zombie')).toEqual([]);
  expect(await names(page)).not.toContain('videoConferenceLeft');
  await command(page, 'hangup');
  await heard(page, 'readyToClose');
});

test('a fatal error reloads the app, which joins again with the token it has', async () => {
  const page = await join('restarted', { jwt: await mintToken() });
  const { id } = await heard(page, 'videoConferenceJoined');
  await standin.control('rooms/restarted/restart');
  expect(await heard(page, 'errorOccurred')).toMatchObject({ error: { name: 'conference.focusLeft', isFatal: true } });
  await heard(page, 'videoConferenceLeft');
  expect((await heard(page, 'videoConferenceJoined', 2)).id).not.toBe(id);
});

test('each fault of the script shows as what it is', async () => {
  const page = await browser.newPage();
  await page.goto(host.origin);
  const load = () =>
    page.evaluate(async (src) => {
      const script = document.createElement('script');
      script.src = src;
      const loaded = new Promise<string>((resolve) => {
        script.addEventListener('load', () => resolve(typeof window.JitsiMeetExternalAPI));
        script.addEventListener('error', () => resolve('failed'));
      });
      document.head.append(script);
      return loaded;
    }, `${standin.origin}/external_api.js`);

  for (const [script, expected] of [
    ['404', 'failed'],
    ['throws', 'undefined'],
    ['wrong-global', 'undefined'],
    ['fail-once', 'failed'],
    ['none', 'function'],
  ] as const) {
    await standin.control('fault', { script });
    expect(`${script}: ${await load()}`).toBe(`${script}: ${expected}`);
  }
});

test('a frame can be told to say nothing, and one in a meeting to die', async () => {
  await standin.control('fault', { frame: 'never-ready' });
  const mute = await join('never', { jwt: await mintToken() });
  await mute.frameLocator('iframe').locator('body').waitFor({ state: 'attached' });
  expect(await names(mute)).toEqual([]);

  await standin.control('fault', { frame: 'none' });
  const page = await join('dies', { jwt: await mintToken() });
  await heard(page, 'conferenceCreatedTimestamp');
  const before = await names(page);
  await standin.control('rooms/dies/die');
  await expect.poll(() => occupants('dies')).toEqual([]);
  await command(page, 'hangup');
  expect(await names(page)).toEqual(before);
});

test('a recorded scene is played through the real script, and waits for the hangup that was in it', async () => {
  const page = await join('scene-c13d-hangup-before-join');
  await heard(page, 'ready');
  await command(page, 'hangup');
  await heard(page, 'ready', 2);
  const recorded = scenes.find(({ scene }) => scene === 'c13d-hangup-before-join')!.events;
  const known = await page.evaluate(() => window.api.getSupportedEvents());
  const expected = recorded.map(([, name]) => name as string).filter((name) => known.includes(name));
  await heard(page, expected.at(-1)!);
  await expect.poll(() => names(page)).toEqual(expected);
});

test('the warm-up page fills the cache that the meeting’s page then reads from', async () => {
  const trusting = await openBrowser({ trusted: standin.certificate.spki });
  const context = await trusting.newContext();
  const visit = async (path: string) => {
    const page = await context.newPage();
    await page.goto(`${standin.origin}${path}`);
    const [app] = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith('/libs/app.bundle.min.js'))
        .map(({ encodedBodySize, transferSize }) => ({ encodedBodySize, transferSize })),
    );
    await page.close();
    return app!;
  };
  expect((await visit('/static/dialInInfo.html')).transferSize).toBeGreaterThan(2_300_000);
  expect(await visit(`/warm?jwt=${await mintToken()}`)).toEqual({
    transferSize: 0,
    encodedBodySize: expect.any(Number),
  });
  await trusting.close();
});

test('a frame that follows a played scene in the same room joins as after a rejoin', async () => {
  const page = await join('scene-c02-expired');
  await heard(page, 'errorOccurred');
  await page.evaluate(
    ([domain]) => {
      window.api.dispose();
      window.api = new window.JitsiMeetExternalAPI(domain, { roomName: 'scene-c02-expired' });
      window.api.on('videoConferenceJoined', (payload) => window.heard.push(['videoConferenceJoined', payload]));
    },
    [standin.host] as const,
  );
  await heard(page, 'videoConferenceJoined');
});

test('the conference page has no barrier that axe can find, at any width', async () => {
  const page = await browser.newPage();
  const violations = async () => {
    await page.evaluate(axe.source);
    const { violations: found } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };
  for (const width of [1000, 320]) {
    await page.setViewportSize({ width, height: 568 });
    await page.goto(`${standin.origin}/axe?jwt=${await mintToken()}`);
    await page.getByRole('img', { name: 'moderator' }).waitFor();
    await page.getByRole('button', { name: 'Chat' }).click();
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Leave the meeting' }).click();
    expect(await violations()).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }
});
