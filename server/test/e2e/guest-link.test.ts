import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../test/support/open-browser.js';
import { secret, startStandin, type RunningStandin } from '../../../test/support/standin.js';
import { startServer, type TestServer } from '../support/running.js';

let browser: Browser;
let standin: RunningStandin;
let server: TestServer;

beforeAll(async () => {
  browser = await openBrowser();
  standin = await startStandin();
  server = await startServer({ JITSI_DOMAIN: standin.host, XMPP_DOMAIN: 'meet.example.com', JWT_APP_SECRET: secret });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await standin?.close();
});

/** In a browser of its own, as a person has one. */
async function pageOf(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  return page;
}
const problems: string[] = [];

async function signInAt(page: Page, login: string): Promise<void> {
  await page.locator('[name=login]').fill(login);
  await page.locator('[name=password]').fill('x');
  await page.getByRole('button').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

describe('a link for a guest', { timeout: 120_000 }, () => {
  it('is made on a page, brings the guest into the meeting, and nobody after that', async () => {
    const host = await pageOf();
    await host.goto(`${server.home}/invitations`);
    await signInAt(host, 'alice');
    await host.locator('[name=room]').fill('Board');
    await host.getByRole('button', { name: 'Make a link' }).click();
    await expect.poll(() => host.locator('#link').inputValue()).toMatch(/\/guest#[\w-]{43}$/);
    const link = await host.locator('#link').inputValue();
    await expect.poll(() => host.locator('#list').innerText()).toContain('1 of 1 left');

    const guest = await pageOf();
    await guest.goto(link);
    await guest.locator('[name=name]').fill('Gus');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.waitForFunction(() => document.querySelector('jitsi-meeting')?.matches(':state(joined)'));
    const [room] = await standin.rooms();
    expect(room).toMatchObject({ room: 'board', occupants: [{ name: 'Gus' }] });
    expect(await guest.evaluate(() => document.documentElement.outerHTML)).not.toContain(link.split('#')[1]);

    // A reload is the same guest.
    await guest.reload();
    await guest.locator('[name=name]').fill('Gus');
    await guest.getByRole('button', { name: 'Join' }).click();
    await guest.waitForFunction(() => document.querySelector('jitsi-meeting')?.matches(':state(joined)'));

    const late = await pageOf();
    await late.goto(link);
    await expect.poll(() => late.locator('#message').innerText()).toContain('not valid');
    expect(await late.locator('form').isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  it('waits for the host where the rule says so', async () => {
    const host = await pageOf();
    await host.goto(`${server.home}/invitations`);
    await signInAt(host, 'alice');
    await host.locator('[name=room]').fill('Hosted');
    await host.locator('form [name=name]').fill('Grace');
    await host.getByRole('button', { name: 'Make a link' }).click();
    await expect.poll(() => host.locator('#link').inputValue()).toMatch(/#/);
    const guest = await pageOf();
    await guest.goto(await host.locator('#link').inputValue());
    await guest.getByRole('button', { name: 'Join' }).click();
    await expect.poll(() => guest.locator('#message').innerText()).toContain('when the meeting has begun');
    const body = JSON.stringify({ domain: standin.host, room: 'Hosted' });
    const status = await host.evaluate(
      (content) =>
        fetch('/api/token', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: content }).then(
          (response) => response.status,
        ),
      body,
    );
    expect(status).toBe(200);
    await guest.waitForFunction(() => document.querySelector('jitsi-meeting')?.matches(':state(joined)'));
  });
});
