import { spawnSync } from 'node:child_process';
import axe from 'axe-core';
import { exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { openBrowser } from '../support/open-browser.js';
import { unsignedToken } from '../support/jwt.js';

let demo: Demo;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  demo = await startDemo({ port: 0, env: {} });
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

beforeEach(async () => {
  context = await browser.newContext({ ignoreHTTPSErrors: true, viewport: { width: 1400, height: 900 } });
  page = await context.newPage();
  await page.goto(`${demo.url}/#/token`);
  await tokenField().waitFor();
});

afterEach(() => context.close());

const panel = () => page.locator('#panel-token');
const tokenField = () => page.getByLabel(/^Token, or a meeting’s link/);
const field = (name: string) => panel().getByLabel(name);
const press = (name: string) => panel().getByRole('button', { name, exact: true }).click();
const headline = () => panel().getByRole('status');
const until = (words: string | RegExp) => headline().filter({ hasText: words }).waitFor();
const command = () => panel().getByLabel('Command', { exact: true }).innerText();
/** What the command that stands there prints for this token, run as a person would after copying it. */
const printedFor = async (token: string) =>
  spawnSync('sh', ['-c', await command()], { input: token, encoding: 'utf8' }).stdout;
const findings = () => panel().locator('.findings li').allInnerTexts();

const withPayload = (text: string) => `eyJ0eXAiOiJKV1QifQ.${Buffer.from(text).toString('base64url')}.x`;
const seconds = Math.floor(Date.now() / 1000);
const hour = 3600;
const good = { iss: 'my_app', aud: 'jitsi', sub: 'meet.example.org', room: 'team', iat: seconds, exp: seconds + hour };

describe('a token is inspected', () => {
  it('shows the fault of the widely copied recipe, and that it passes on servers that do not compare sub', async () => {
    await press('the widely copied recipe');
    await until('This token logs in, and is then refused at the room “team-meeting”.');
    expect(await panel().locator('.verdicts li').allInnerTexts()).toEqual([
      'Log in: accepted',
      'Enter “team-meeting”: refused',
    ]);
    const [refused, ...rest] = await findings();
    expect(refused).toContain('should be "meet.example.org"');
    expect(refused).toContain('the server’s first reason');
    expect(refused).toContain('Put the domain or the tenant in sub, not the user');
    expect(refused).toContain('Room and token mismatched');
    expect(rest).toEqual([]);
    await press('docker-jitsi-meet');
    await until('This token works: it opens the room “team-meeting”.');
    expect(await panel().locator('.findings .advice').allInnerTexts()).toEqual([
      expect.stringContaining('not the user'),
    ]);
    await field('verifies the domain').check();
    await until('refused at the room');
  });

  it.each([
    ['a proper one', 'This token works', []],
    ['expired', 'does not get in', ['token-expired']],
    ['for another room', 'refused at the room', ['room-other']],
    ['no typ in the header', 'does not get in', ['typ-not-jwt']],
    ['exp as text', 'does not get in', ['exp-not-number']],
    ['exp in milliseconds', 'This token works', ['exp-milliseconds']],
    ['another secret', 'does not get in', ['signature-wrong']],
    ['unsigned', 'does not get in', ['token-malformed', 'alg-none']],
  ])('%s: %s', async (example, words, codes) => {
    await press(example);
    await until(words);
    const shown = await panel().locator('.findings li p:first-child code').allInnerTexts();
    expect(shown).toEqual(codes);
  });

  it('says role, person, features, and times as dates of the place', async () => {
    const user = { name: 'Ada', email: 'a@example.org', moderator: 'true' };
    const times = { exp: seconds + 2 * 86_400, nbf: String(seconds) };
    await tokenField().fill(unsignedToken({ ...good, ...times, context: { user, features: { recording: true } } }));
    await until('does not get in');
    const words = await panel().locator('.report dl').innerText();
    const local = await page.evaluate(
      (at) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(at),
      (seconds + 2 * 86_400) * 1000,
    );
    expect(words).toContain('Ada, a@example.org');
    expect(words).toContain('asks for moderator; the server decides');
    expect(words).toContain('written as text');
    expect(words).toContain(`${local} (in 2 days)`);
    expect(words).toContain('on: recording');
    expect(words).toMatch(/off: .*livestreaming/);
  });

  it("knows the demo's own settings, and takes its own token as far as it can be looked at", async () => {
    const post = { headers: { origin: demo.url }, data: { person: 'ada' } };
    const signIn = await page.request.post(`${demo.url}/api/sign-in`, post);
    expect(signIn.ok()).toBe(true);
    const data = { domain: new URL(demo.url).host, room: 'team-meeting', tenant: null };
    const { token } = (await (await page.request.post(`${demo.url}/api/token`, { data })).json()) as { token: string };
    await tokenField().fill(token);
    await until('This token opens the room “team-meeting” if its signature is right; no key was given to check that.');
    await field('Meeting to enter').fill('board');
    await until('refused at the room “board”');
    // The room that a person wrote stays.
    await tokenField().fill(`${token} `);
    await until('refused at the room “board”');
  });

  it('reads a link: the room, the tenant, the domain and the token in it', async () => {
    const token = unsignedToken({ ...good, sub: 'acme', room: 'my%20room' });
    await tokenField().fill(`https://meet.example.com/acme/My%20Room?jwt=${token}#config.x=1`);
    await until('opens the room “My Room” if its signature is right');
    expect(await field('XMPP domain').inputValue()).toBe('meet.example.com');
    expect(await field('Tenant, if any').inputValue()).toBe('acme');
    await tokenField().fill(`${demo.url}/My%20Room#jwt=%22${token}%22`);
    await panel().getByRole('button', { name: 'this demo’s', pressed: true }).waitFor();
    expect(await field('Meeting to enter').inputValue()).toBe('My Room');
    expect(await field('Tenant, if any').inputValue()).toBe('');
    expect(await panel().getByLabel('Claims').innerText()).toContain('"room": "my%20room"');
    await tokenField().fill('https://meet.example.com/team');
    await until('A guest, without a token, does not get in');
  });

  it('checks a signature of JaaS with its public key', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const tenant = 'vpaas-magic-cookie-0123456789abcdef';
    const claims = {
      iss: 'chat',
      aud: 'jitsi',
      sub: tenant,
      room: 'team',
      exp: seconds + hour,
      context: { features: {} },
    };
    const header = { alg: 'RS256', typ: 'JWT', kid: `${tenant}/k1` };
    await tokenField().fill(await new SignJWT(claims).setProtectedHeader(header).sign(privateKey));
    await until('if its signature is right');
    expect(await field('Tenant, if any').inputValue()).toBe(tenant);
    await panel()
      .getByLabel(/Public key/)
      .fill(await exportSPKI(publicKey));
    await until('This token works');
    const other = await generateKeyPair('RS256');
    await panel()
      .getByLabel(/Public key/)
      .fill(await exportSPKI(other.publicKey));
    await until('does not get in');
  });
});

describe('a token of somebody else’s', () => {
  it('is noticed, and its settings start from what it says', async () => {
    const token = unsignedToken({ ...good, iss: 'their_app', sub: 'meet.example.com' });
    await tokenField().fill(token);
    await until('opens the room “team” if its signature is right');
    await panel().getByText('This isn’t the demo’s token: its issuer is “their_app”.').waitFor();
    expect([await field('XMPP domain').inputValue(), await field('App ID').inputValue()]).toEqual([
      'meet.example.com',
      'their_app',
    ]);
    expect(await command()).toBe(
      'npm run -s cli -- check - --domain meet.example.com --room team --preset self-hosted --app-id their_app --domain-verification',
    );
    expect(await printedFor(token)).toMatch(/^Joining: +yes$[^]*^WARNING signature-unchecked$/m);
  });

  it('may be from Keycloak', async () => {
    const iss = 'https://sso.example.org/realms/school';
    const header = { alg: 'RS256', typ: 'JWT', kid: 'k' };
    await press('this demo’s');
    await tokenField().fill(unsignedToken({ ...good, iss, aud: 'account', sub: 'f3a9c1de' }, header));
    await until('opens the room “team” if its signature is right');
    await panel().getByRole('button', { name: 'Keycloak signs', pressed: true }).waitFor();
    expect(await field('Issuer').inputValue()).toBe(iss);
    // As Keycloak itself writes it: no room, nobody in context.
    const { exp } = good;
    const token = unsignedToken({ iss, exp, aud: 'account', sub: 'f3a9c1de', azp: 'jitsi' }, header);
    await tokenField().fill(token);
    await until('opens the room “team” if its signature is right');
    expect(await command()).toContain(`--preset keycloak --algorithm RS256 --issuer ${iss} --audience account`);
    expect(await printedFor(token)).toMatch(/^Joining: +yes$[^]*^WARNING signature-unchecked$/m);
  });

  it('marks what is wrong in its place, and signs anew what was changed', async () => {
    await press('the widely copied recipe');
    const marked = panel().getByLabel('Claims', { exact: true }).locator('.marked');
    expect(await marked.innerText()).toMatch(/"sub": "f3a9c1de[^]*Put the domain or the tenant in sub/);
    const key = await panel()
      .getByLabel(/Secret or public key/)
      .inputValue();
    await panel().getByText('Change it and sign it again').click();
    const payload = panel().getByLabel('Payload to sign');
    await payload.fill((await payload.inputValue()).replace(/"sub": "[^"]+"/, '"sub": "meet.example.org"'));
    await press('Sign');
    await panel().getByText('Type the key to sign with.').waitFor();
    await panel()
      .getByLabel(/Key to sign with/)
      .fill(key);
    await press('Sign');
    await until('This token works');
    expect(await marked.count()).toBe(0);
    // An example's key does not stay for a token of another kind.
    await tokenField().fill(unsignedToken(good));
    await until('if its signature is right');
    expect(
      await panel()
        .getByLabel(/Secret or public key/)
        .inputValue(),
    ).toBe('');
  });
});

describe('what is pasted', () => {
  it('never leaves the page: no request is made, whatever is tried', async () => {
    await page.waitForLoadState('networkidle');
    const sent: string[] = [];
    context.on('request', (request) => sent.push(request.url()));
    page.on('websocket', (socket) => sent.push(socket.url()));
    const { publicKey, privateKey } = await generateKeyPair('RS256');
    const signed = await new SignJWT(good).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: 'k' }).sign(privateKey);
    await press('self-hosted (Debian, by hand)');
    await panel()
      .getByLabel(/public key/)
      .fill(await exportSPKI(publicKey));
    await tokenField().fill(signed);
    await until('This token works');
    for (const preset of ['this demo’s', 'docker-jitsi-meet', 'JaaS (8x8.vc)']) await press(preset);
    for (const example of await panel().locator('.examples button').allInnerTexts()) await press(example);
    await tokenField().fill(`https://meet.example.com/team?jwt=${signed}`);
    await until(/./);
    expect(sent).toEqual([]);
  });

  it('is shown as text, never as markup', async () => {
    const evil = '<img src="x" onerror="window.pwned = true"><script>window.pwned = true</script>';
    const claims = { ...good, [evil]: evil, iss: evil, room: evil, context: { user: { name: evil, [evil]: evil } } };
    await tokenField().fill(unsignedToken(claims, { alg: evil, typ: evil, kid: evil, [evil]: evil }));
    await until('does not get in');
    expect(await panel().locator('img, script').count()).toBe(0);
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    expect(await panel().locator('dl').innerText()).toContain(evil);
    await tokenField().fill(`https://meet.example.com/${encodeURIComponent(evil)}?jwt=${evil}`);
    await until(/./);
    expect(await panel().locator('img, script').count()).toBe(0);
  });

  it('is kept nowhere, and gone after a reload', async () => {
    const token = unsignedToken(good);
    await tokenField().fill(token);
    await panel()
      .getByLabel(/public key/)
      .fill('a secret of mine');
    await until(/./);
    const stored = async () =>
      JSON.stringify([
        await page.evaluate(() => [{ ...localStorage }, { ...sessionStorage }, location.href, history.state, name]),
        await context.cookies(),
      ]);
    expect(await stored()).not.toContain(token.split('.')[1]);
    expect(await stored()).not.toContain('secret of mine');
    for (const element of await panel().locator('textarea, input:not([type=checkbox])').all())
      expect(await element.getAttribute('autocomplete')).toBe('off');
    await page.reload();
    expect(await tokenField().inputValue()).toBe('');
    expect(
      await panel()
        .getByLabel(/public key/)
        .inputValue(),
    ).toBe('');
    expect(await page.locator('body').innerText()).not.toContain('eyJ');
  });

  it('may be anything, and the page goes on', async () => {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    for (const text of [
      'a'.repeat(1_000_000),
      withPayload(`{"room":${'['.repeat(10_000)}${']'.repeat(10_000)}}`),
      withPayload(`{"x":"${'y'.repeat(700_000)}"}`),
      'https://%zz/?jwt=%zz',
      '....',
    ]) {
      await tokenField().fill('');
      await panel().getByText('Paste a token, or try an example.').waitFor();
      await tokenField().fill(text);
      await until(/./);
    }
    expect(errors).toEqual([]);
  });
});

describe('it is there for everyone', () => {
  it.each([1400, 360])('has no barrier that axe can find, and nothing sticks out, at %i px', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const example of ['the widely copied recipe', 'exp in milliseconds']) {
        await press(example);
        await until(/./);
        await page.evaluate(axe.source);
        const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
      }
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });

  it('works by keyboard alone', async () => {
    await tokenField().focus();
    await page.keyboard.insertText(unsignedToken(good));
    await until('opens the room “team” if its signature is right');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await until('does not get in');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await until('opens the room “team” if its signature is right');
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(await focused()).toBe('self-hosted (Debian, by hand)');
    while ((await focused()) !== 'expired') await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel().getByText('token-expired').waitFor();
  });
});
