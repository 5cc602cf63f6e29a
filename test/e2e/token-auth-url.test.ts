import { decodeJwt } from 'jose';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { openBrowser } from '../support/open-browser.js';

let browser: Browser;
let demo: Demo;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  demo = await startDemo({ port: 0, env: {} });
  page = await browser.newPage();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

test('whom Jitsi sends to its tokenAuthUrl signs in and comes back to the meeting with a token', async () => {
  const state = JSON.stringify({ room: 'team-meeting', tenant: 'acme', 'config.subject': 'A & B' });
  await page.goto(`${demo.url}/api/jitsi-sign-in?${new URLSearchParams({ state })}`);
  expect(await page.title()).toBe('Sign in');
  await page.getByRole('button', { name: 'Ada Lovelace' }).click();
  await page.waitForURL(/\/acme\/team-meeting/);
  const meeting = new URL(page.url());
  expect(meeting.hash).toBe('#config.subject=%22A%20%26%20B%22');
  expect(decodeJwt(meeting.searchParams.get('jwt')!)).toMatchObject({ sub: 'acme', moderator: true });

  // Signed in now, the next meeting opens without a question.
  await page.goto(`${demo.url}/api/jitsi-sign-in?${new URLSearchParams({ room: 'board' })}`);
  expect(new URL(page.url()).pathname).toBe('/board');
});

test('whom the room is closed to reads so', async () => {
  const guest = await browser.newPage();
  await guest.goto(`${demo.url}/api/jitsi-sign-in?${new URLSearchParams({ room: 'board' })}`);
  await guest.getByRole('button', { name: 'Gus Guest' }).click();
  await guest.waitForURL(/jitsi-sign-in/);
  expect(await guest.innerText('body')).toContain('Gus Guest may not join this room.');
});

test('who signs in inside the frame of a page comes back to an app that can talk to that page', async () => {
  const embedding = await browser.newPage();
  // The demo's own page would sign somebody in.
  await embedding.route(`${demo.url}/`, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await embedding.goto(`${demo.url}/`);
  const state = JSON.stringify({ room: 'team-meeting', 'config.jitsiMeetExternalApiId': 2 });
  await embedding.evaluate(
    (src) => {
      const frame = document.createElement('iframe');
      frame.name = 'meeting';
      frame.src = src;
      document.body.append(frame);
    },
    `/api/jitsi-sign-in?${new URLSearchParams({ state })}`,
  );
  await embedding.frameLocator('[name=meeting]').getByRole('button', { name: 'Ada Lovelace' }).click();
  const frame = embedding.frame('meeting')!;
  await frame.waitForURL(/\/team-meeting\?jwt=/);
  expect(new URL(frame.url()).hash).toBe('#jitsi_meet_external_api_id=2');
});
