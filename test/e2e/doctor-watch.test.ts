// `doctor --watch` with a real Chromium, on pages that are set up well or have one thing wrong.
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import type { PageReport } from '../../src/cli/watch/index.js';
import { findChromium } from '../../scripts/browser.js';
import { run } from '../support/processes.js';
import { cli } from '../support/run-cli.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';

let standin: RunningStandin;
let server: HttpsServer;
let folder: string;
let env: Record<string, string>;

interface Served {
  headers?: Record<string, string>;
  attributes?: string;
  /** Instead of the tag and its script. */
  body?: string;
  more?: string;
}
let served: Served = {};
/** The meeting's host, under a name that is another site than the page's. */
let otherSite: string;

beforeAll(async () => {
  standin = await startStandin();
  otherSite = standin.host.replace('localhost', '127.0.0.1');
  const token = await mintToken();
  const app = new Hono()
    .get('/jitsi-meeting.js', (c) => file(c.req.path))
    .get('/jitsi-meeting/:name', (c) => file(c.req.path))
    .post('/token', (c) => c.json({ token }))
    .post('/forbidden', (c) => c.json({}, 403))
    .post('/members', (c) => (c.req.header('cookie') === '__Host-s=ada' ? c.json({ token }) : c.json({}, 401)))
    .post('/session', (c) => {
      c.header('access-control-allow-origin', c.req.header('origin')!);
      c.header('access-control-allow-credentials', 'true');
      c.header('set-cookie', 'session=1; SameSite=Lax; Secure');
      return c.json({ token });
    })
    .options('/session', (c) => {
      c.header('access-control-allow-origin', c.req.header('origin')!);
      c.header('access-control-allow-credentials', 'true');
      c.header('access-control-allow-headers', 'content-type');
      return c.body(null, 204);
    })
    .get('/moved', (c) => c.redirect('/page?code=4711'))
    .get('/external_api.js', (c) => c.redirect(`${standin.origin}/external_api.js`))
    .get('/Shut', (c) =>
      c.body('', 200, { 'content-security-policy': "frame-ancestors 'none'", 'content-type': 'text/html' }),
    )
    .get('/deny', (c) => c.body('', 200, { 'x-frame-options': 'DENY', 'content-type': 'text/html' }))
    .get('/page', (c) => {
      const { headers = {}, attributes = '', body, more = '' } = served;
      for (const [name, value] of Object.entries(headers)) c.header(name, value);
      const tag = `<jitsi-meeting domain="${standin.host}" room="Team" token-url="/token" ${attributes}></jitsi-meeting>`;
      return c.html(
        `<!doctype html><title>Page</title>${body ?? `${tag}<script type="module" src="/jitsi-meeting.js"></script>`}${more}`,
      );
    });
  server = await serveHttps(app);
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  writeFileSync(join(folder, 'ca.pem'), server.certificate.cert);
  env = {
    CHROME_PATH: findChromium()!,
    NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
    HOME: folder,
    TMPDIR: folder,
    JWT_APP_SECRET: 'not-for-the-browser',
  };
});

const file = (path: string): Response =>
  new Response(readFileSync(`dist${path}`, 'utf8'), { headers: { 'content-type': 'text/javascript' } });

afterAll(async () => {
  await server?.close();
  await standin?.close();
  rmSync(folder, { recursive: true });
});

async function watch(page: Served, more: Record<string, string> = {}, path = '/page', args: string[] = []) {
  served = page;
  const { code, out } = await cli(['doctor', '--watch', server.origin + path, '--json', ...args], {
    env: { ...env, ...more },
  });
  expect(out).not.toMatch(/eyJ|not-for-the-browser|jwt=/);
  return { code, ...(JSON.parse(out) as { page: PageReport }).page };
}

const found = ({ seen }: PageReport, what: string) => seen.find((row) => row.what === what)?.found;
const codes = ({ problems }: PageReport) => problems.map(({ code }) => code);

describe('a page that is set up well', () => {
  it('joins, and the doctor says what its frame may do', async () => {
    const report = await watch({});
    expect(report).toMatchObject({
      code: 0,
      address: `${server.origin}/page`,
      joins: 'yes',
      sentence: 'The page joins its meeting.',
      problems: [],
    });
    expect(found(report, 'The tag')).toMatch(/^joined after \d+\.\d s$/);
    expect(found(report, 'Frame')).toBe(`${standin.origin}/Team`);
    for (const what of ['Camera', 'Microphone', 'Sharing a screen', 'Sound at once', 'Full screen'])
      expect(found(report, what)).toBe('allowed');
    expect(found(report, 'Storage')).toBe('works');
    // Neither the doctor nor the browser stays.
    expect((await standin.rooms()).flatMap(({ occupants }) => occupants)).toEqual([]);
    expect(readdirSync(folder)).toEqual(['ca.pem']);
  });

  it('is told to people in lines', async () => {
    served = {};
    const { code, out, err } = await cli(['doctor', '--watch', `${server.origin}/page?secret=1#2`], { env });
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/localhost:\d+\/page\n\nLooked at +Found\nThe tag +joined after/);
    expect(out).toMatch(/\n\nThe page joins its meeting\.\n$/);
    expect(err).toMatch(process.getuid?.() === 0 ? /^Note: .*no sandbox for root.*\n$/ : /^$/);
  });

  it('joins a meeting of another site, whose storage other browsers keep apart', async () => {
    const report = await watch({ body: crossSite() });
    expect(report).toMatchObject({ code: 0, joins: 'yes', problems: [] });
    expect(found(report, 'Camera')).toBe('allowed');
    expect(found(report, 'Storage')).toMatch(/^works.* apart/);
  });

  it('is started, and its prejoin screen passed, as a person would', async () => {
    const more = `<script>document.querySelector('jitsi-meeting').configOverwrite = { prejoinConfig: { enabled: true } };</script>`;
    const report = await watch({ attributes: 'loading="click" display-name="Dora"', more });
    expect(report).toMatchObject({ code: 0, joins: 'yes' });
    expect(found(report, 'Started by')).toContain('loading="click"');
    expect(found(report, 'Prejoin')).toBeDefined();
  });

  it('may need a sign-in, which WATCH_COOKIE brings', async () => {
    const page = { body: tag('token-url="/members"') };
    const out = await watch(page);
    expect(out).toMatchObject({ code: 2, joins: 'unknown' });
    expect(codes(out)).toContain('sign-in-needed');
    expect(await watch(page, { WATCH_COOKIE: '__Host-s=ada' })).toMatchObject({ code: 0, joins: 'yes' });
  });

  it('may lead to another address', async () => {
    const report = await watch({}, {}, '/moved');
    expect(report.code).toBe(0);
    expect(found(report, 'Leads to')).toBe(`${server.origin}/page`);
  });
});

const tag = (attributes: string, domain = standin.host): string =>
  `<jitsi-meeting domain="${domain}" room="Team" ${attributes}></jitsi-meeting><script type="module" src="/jitsi-meeting.js"></script>`;
const crossSite = (attributes = 'token-url="/token"'): string => tag(attributes, otherSite);

/** One thing wrong each, with what the report says of it. */
const faults: [name: string, page: () => Served, code: string, says: RegExp, exit: number][] = [
  [
    'a Content-Security-Policy that forbids the frame',
    () => ({ headers: { 'content-security-policy': "frame-src 'none'" } }),
    'csp-blocked',
    /\(frame-src\) blocks https:\/\/localhost.* add https:\/\/localhost:\d+ to frame-src/,
    1,
  ],
  [
    'a Content-Security-Policy that forbids the element’s own script',
    () => ({ headers: { 'content-security-policy': "script-src 'none'" } }),
    'tag-undefined',
    /nothing defines it/,
    1,
  ],
  [
    'a Content-Security-Policy that only reports',
    () => ({ headers: { 'content-security-policy-report-only': "frame-src 'none'" } }),
    'csp-report',
    /would block https:\/\/localhost/,
    0,
  ],
  [
    'Permissions-Policy without the microphone',
    () => ({ headers: { 'permissions-policy': 'microphone=()' } }),
    'permission-blocked',
    /microphone: the header Permissions-Policy of the page/,
    1,
  ],
  [
    'the same on a page of another site',
    () => ({ headers: { 'permissions-policy': 'camera=(self)' }, body: crossSite() }),
    'permission-blocked',
    /camera: the header Permissions-Policy of the page/,
    1,
  ],
  [
    'Permissions-Policy without sharing of screens',
    () => ({ headers: { 'permissions-policy': 'display-capture=()' } }),
    'permission-blocked',
    /display-capture/,
    0,
  ],
  [
    'mixed content',
    () => ({ more: '<script src="http://example.invalid/a.js?token=b"></script>' }),
    'mixed-content',
    /blocks http:\/\/example\.invalid\/a\.js: the page is https/,
    0,
  ],
  [
    'an error in the console, with a token',
    () => ({ more: '<script>console.error("failed", "eyJhbGci.eyJpc3M.c2ln")</script>' }),
    'console-error',
    /the page’s console: failed \(a token\)/,
    0,
  ],
  [
    'a frame that may not be framed',
    () => ({ more: '<iframe src="/deny"></iframe>' }),
    'framing-forbidden',
    /shows no frame of https:\/\/localhost:\d+\/: X-Frame-Options: deny/,
    1,
  ],
  [
    'an endpoint that refuses',
    () => ({ body: tag('token-url="/forbidden"') }),
    'join-failed',
    /fails with token-forbidden/,
    1,
  ],
  [
    'an endpoint of another site without CORS',
    () => ({ body: tag(`token-url="https://${otherSite}/token"`) }),
    'cors-refused',
    /may not read the answer of https:\/\/127/,
    1,
  ],
  [
    'a cookie that is not for other sites',
    () => ({
      body: tag(`token-url="${server.origin.replace('localhost', '127.0.0.1')}/session" token-credentials="include"`),
    }),
    'cookie-refused',
    /leaves out the cookie session of 127/,
    0,
  ],
  [
    'Cross-Origin-Embedder-Policy',
    () => ({ headers: { 'cross-origin-embedder-policy': 'require-corp' }, body: tag('token-url="/token"') }),
    'join-failed',
    /page-policy/,
    1,
  ],
  [
    'Cross-Origin-Embedder-Policy, in another frame',
    () => ({
      headers: { 'cross-origin-embedder-policy': 'require-corp' },
      body: `<iframe src="https://${otherSite}/static/goodbye.html"></iframe>`,
    }),
    'response-blocked',
    /blocks https:\/\/127\.0\.0\.1:\d+\/static\/goodbye\.html/,
    1,
  ],
  ['no tag', () => ({ body: '<p>Welcome</p>' }), 'tag-missing', /There is no <jitsi-meeting>/, 1],
];

describe('tells apart', () => {
  it.each(faults)('%s', async (_name, page, code, says, exit) => {
    const report = await watch(page());
    const problem = report.problems.find((one) => one.code === code);
    expect(`${problem?.message} ${problem?.fix}`).toMatch(says);
    expect(report.code).toBe(exit);
  });

  it('a page that isn’t there, one that can’t be had, and a certificate that nobody knows', async () => {
    expect(await watch({}, {}, '/nowhere')).toMatchObject({ code: 1, problems: [{ code: 'page-status' }] });
    expect(await watch({}, { NODE_EXTRA_CA_CERTS: '' })).toMatchObject({
      code: 2,
      problems: [{ code: 'certificate' }],
    });
    const args = ['doctor', '--watch', 'https://localhost:1/', '--json'];
    const { code, out } = await cli(args, { env });
    expect([code, (JSON.parse(out) as { page: PageReport }).page.problems[0]?.code]).toEqual([2, 'page-unreachable']);
  });

  it('a Jitsi server that may not be framed, which the element can’t see', async () => {
    const body = tag('token-url="/token"', server.host).replace('Team', 'Shut');
    const report = await watch({ body }, {}, '/page', ['--wait', '4s']);
    expect(report).toMatchObject({ code: 1, joins: 'no' });
    expect(codes(report)).toEqual(['no-outcome', 'framing-forbidden']);
    expect(report.problems[1]!.message).toContain('frame-ancestors forbids it');
  });

  it('an app that waits for a person', async () => {
    const more = `<script>document.querySelector('jitsi-meeting').configOverwrite = { prejoinConfig: { enabled: true } };</script>`;
    // Without a name there is nothing that the button could send.
    const report = await watch({ body: tag(''), more }, {}, '/page', ['--wait', '6s']);
    expect(report).toMatchObject({ code: 2, joins: 'unknown', problems: [{ code: 'waits-for-a-person' }] });
  });
});

it('leaves nothing behind when it is interrupted', async () => {
  served = { body: '<script>for (;;) {}</script>' };
  const doctor = ['--import', 'tsx', 'src/cli/index.ts', 'doctor', '--watch', `${server.origin}/page`];
  const { child } = run('node', doctor, env);
  const isUnderWay = (): boolean => readdirSync(folder).some((name) => name.startsWith('doctor-'));
  await expect.poll(isUnderWay, { timeout: 20_000 }).toBe(true);
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  expect(code).toBe(130);
  expect(isUnderWay()).toBe(false);
});

it('ends with a sentence when the browser doesn’t start', async () => {
  const report = await watch({}, { CHROME_PATH: '/bin/false' });
  expect(report).toMatchObject({ code: 2, joins: 'unknown', problems: [{ code: 'browser-missing' }] });
  expect(report.problems[0]!.message).toContain('/bin/false doesn’t start');
});
