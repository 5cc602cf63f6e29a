import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Hono } from 'hono';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { externalApiScript } from '../../demo/standin/bundles.js';
import { serveHttps, type HttpsServer } from '../../demo/https.js';
import { openBrowser } from '../support/open-browser.js';
import type { MeetingWarning } from '../../src/errors.js';
import { mintToken, startStandin, type RunningStandin } from '../support/standin.js';
import { stat } from '../support/stats.js';

/** How long a person may wait for the sentence that the page forbids the meeting, ms; on a machine that is busy, longer. */
let limit = 2_000;

let standin: RunningStandin;
let elsewhere: HttpsServer;
let host: HttpsServer;
let browser: Browser;
let page: Page;

/** Of the page that is served next. `SERVER` and `ELSEWHERE` are origins, `NONCE` is the nonce of the scripts. */
interface Strict {
  headers?: Record<string, string>;
  attributes?: string;
  /** Where the token comes from; default the page's own origin. */
  tokenUrl?: string;
  /** The page asks this address itself, in its `tokenProvider`. */
  provider?: string;
  /** The origin of the meeting; default the stand-in's. */
  server?: string;
  /** What the page comes in. */
  around?: (src: string) => string;
  meta?: string;
  file?: 'jitsi-meeting.js' | 'jitsi-meeting.classic.js';
  /** Of that file. */
  integrity?: string;
  /** How often the policy forbids something; default once. */
  violations?: number;
}
let served: Strict = {};
let integrityOfScript = '';

const filled = (text: string): string =>
  text
    .replaceAll('SERVER', standin.origin)
    .replaceAll('ELSEWHERE', elsewhere.origin)
    .replaceAll('NONCE', 'r4nd0m')
    .replaceAll('INTEGRITY', integrityOfScript)
    .replaceAll('HOST', host.origin);

/** Tells how long the visitor waits: from the start of the join to its end, and nothing of it is inline. */
const watch = `
let start = 0;
addEventListener('meeting-state-change', ({ detail: { state } }) => {
  if (state === 'connecting') start = performance.now();
  if (state === 'failed' || state === 'joined') window.outcome = Math.round(performance.now() - start);
});
document.addEventListener('securitypolicyviolation', ({ disposition }) => (window.violations += disposition === 'enforce'));
window.violations = 0;
window.warned = [];
addEventListener('meeting-warning', ({ detail }) => window.warned.push(detail));`;

const integrityOf = (script: string | Buffer): string =>
  `sha384-${createHash('sha384').update(script).digest('base64')}`;

beforeAll(async () => {
  standin = await startStandin();
  integrityOfScript = integrityOf(await externalApiScript());
  const token = await mintToken();
  const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  const other = new Hono()
    .get('/external_api.js', (c) => c.redirect(`${standin.origin}/external_api.js`))
    .get('/Strict', (c) => c.redirect(`${standin.origin}/Strict`))
    .all('/token', (c) => c.json({ token }, 200, cors));
  elsewhere = await serveHttps(other);
  const app = new Hono()
    .get('/watch.js', (c) => c.body(watch, 200, { 'content-type': 'text/javascript' }))
    .get('/provider.js', (c) =>
      c.body(
        `document.querySelector('jitsi-meeting').tokenProvider = async () => (await (await fetch('${c.req.query('from')}')).json()).token;`,
        200,
        { 'content-type': 'text/javascript' },
      ),
    )
    .get('/:path{jitsi-meeting[./].+}', (c) =>
      c.body(readFileSync(`dist/${c.req.param('path')}`, 'utf8'), 200, { 'content-type': 'text/javascript' }),
    )
    .post('/token', (c) => c.json({ token }))
    .get('/outer', (c) => c.html(`<!doctype html>${served.around!('/')}`))
    .get('/', (c) => {
      const {
        headers = {},
        attributes = '',
        tokenUrl = '/token',
        provider,
        server = 'SERVER',
        meta = '',
        file = 'jitsi-meeting.js',
        integrity,
      } = served;
      for (const [name, value] of Object.entries(headers)) c.header(name, filled(value));
      const type = file.includes('classic') ? '' : 'type="module"';
      // An Integrity-Policy takes integrity with CORS only.
      const checkedBy = (hash: string): string => (integrity ? `integrity="${hash}" crossorigin` : '');
      const hash = checkedBy(integrity ?? '');
      const own = provider ? `<script nonce="NONCE" src="/provider.js?from=${filled(provider)}"></script>` : '';
      const domain = new URL(filled(server)).host;
      return c.html(
        filled(
          `<!doctype html>${meta}<title>Strict</title><script nonce="NONCE" ${checkedBy(integrityOf(watch))} src="/watch.js"></script>` +
            `<jitsi-meeting domain="${domain}" room="Strict" token-url="${tokenUrl}" ${attributes}></jitsi-meeting>` +
            own +
            `<script nonce="NONCE" ${type} ${hash} src="/${file}"></script>`,
        ),
      );
    });
  host = await serveHttps(app);
  browser = await openBrowser();
  page = await browser.newPage({ ignoreHTTPSErrors: true });
  const { time } = await outcome({});
  await page.close();
  stat(`joined after ${time} ms where nothing is forbidden`);
  limit = Math.max(limit, 3 * time);
});

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await elsewhere?.close();
  await standin?.close();
});

beforeEach(async () => {
  page = await browser.newPage({ ignoreHTTPSErrors: true });
});
afterEach(() => page.close());

async function outcome(strict: Strict) {
  served = strict;
  await page.goto(`${host.origin}/${strict.around ? 'outer' : ''}`);
  const frame = strict.around ? page.frames()[1]! : page.mainFrame();
  // Not a text, which a policy may forbid to evaluate.
  await frame.waitForFunction(() => 'outcome' in window, undefined, { timeout: 25_000 });
  return frame.evaluate(() => {
    const { state, error } = document.querySelector('jitsi-meeting')!;
    const { outcome: time, violations } = window as unknown as { outcome: number; violations: number };
    const { code, message, hint, retryable } = error ?? {};
    return { state, time, violations, error: error && { code, message, hint, retryable } };
  });
}

const csp = (policy: string): Strict => ({ headers: { 'content-security-policy': policy } });
const minimal = "default-src 'none'; script-src 'self' SERVER; frame-src SERVER; connect-src 'self'";
const coep = (value: string, more: Record<string, string> = {}): Strict => ({
  headers: { 'cross-origin-embedder-policy': value, ...more },
});
const isolated = { 'cross-origin-opener-policy': 'same-origin' };
const checked = 'api-integrity="INTEGRITY"';
const types = "require-trusted-types-for 'script'";
/** Where modules and their parts would need more of the page than the rule that is tried. */
const classic = { file: 'jitsi-meeting.classic.js' } as const;
const hashes = JSON.parse(readFileSync('dist/integrity.json', 'utf8')) as Record<string, string>;
const inFrame = (sandbox: string) => ({
  around: (src: string) => `<iframe src="${src}" sandbox="${sandbox}"></iframe>`,
});

describe('what the page itself forbids is told within two seconds, with what to change', () => {
  it.each<[string, Strict, string, string]>([
    ['frame-src', csp("frame-src 'none'"), 'frame-src', 'frame-src SERVER'],
    ['child-src', csp("child-src 'self'"), 'frame-src', "child-src 'self' SERVER"],
    [
      'default-src for the frame',
      csp(`default-src 'self'; script-src 'self' SERVER`),
      'frame-src',
      "frame-src 'self' SERVER",
    ],
    [
      'frame-src with another port',
      csp('frame-src https://localhost'),
      'frame-src',
      'frame-src https://localhost SERVER',
    ],
    [
      'a frame that redirects',
      { ...csp('frame-src ELSEWHERE'), server: 'ELSEWHERE' },
      'redirects',
      'frame-src ELSEWHERE SERVER',
    ],
    ['script-src', csp("script-src 'self'"), 'script-src', "script-src 'self' SERVER"],
    ['script-src with another path', csp("script-src 'self' SERVER/app.js"), 'script-src', 'SERVER'],
    ['script-src with a nonce alone', csp("script-src 'nonce-NONCE'"), 'script-src', "script-src 'nonce-…' SERVER"],
    [
      'script-src-elem',
      csp("script-src *; script-src-elem 'self'"),
      'script-src-elem',
      "script-src-elem 'self' SERVER",
    ],
    [
      'a policy in meta',
      { meta: `<meta http-equiv="content-security-policy" content="frame-src 'self'">` },
      'frame-src',
      "frame-src 'self' SERVER",
    ],
    [
      'a script that redirects',
      { ...csp("script-src 'self' ELSEWHERE"), attributes: 'api-src="ELSEWHERE/external_api.js"' },
      'script-src',
      'redirects',
    ],
    [
      'connect-src, for an endpoint elsewhere',
      { ...csp("connect-src 'self'"), tokenUrl: 'ELSEWHERE/token' },
      'connect-src',
      "connect-src 'self' ELSEWHERE",
    ],
    ['connect-src, for an own endpoint', csp("connect-src 'none'"), 'connect-src', 'connect-src HOST'],
    [
      'Trusted Types with Lit alone',
      csp(`${types}; trusted-types lit-html`),
      'Trusted Types',
      'trusted-types lit-html jitsi-meeting-element',
    ],
    [
      'Trusted Types with no policy at all',
      // The screen of the failure would be drawn by Lit's.
      { ...csp(`${types}; trusted-types 'none'`), violations: 2 },
      'Trusted Types',
      'trusted-types lit-html jitsi-meeting-element',
    ],
    ['COEP require-corp, for the script', coep('require-corp'), 'Cross-Origin-Embedder-Policy', 'without that header'],
    [
      'COEP require-corp, for the frame',
      { ...coep('require-corp'), attributes: checked },
      'Cross-Origin-Embedder-Policy',
      'without that header',
    ],
    ['COEP credentialless', coep('credentialless'), 'Cross-Origin-Embedder-Policy', 'without that header'],
    ['COEP on an isolated page', coep('require-corp', isolated), 'Cross-Origin-Embedder-Policy', 'without that header'],
    [
      'COEP on an isolated page, for the frame',
      { ...coep('credentialless', isolated) },
      'Cross-Origin-Embedder-Policy',
      'without that header',
    ],
    [
      'Integrity-Policy',
      {
        headers: { 'integrity-policy': 'blocked-destinations=(script)' },
        ...classic,
        integrity: hashes[classic.file]!,
      },
      'Integrity-Policy',
      'api-integrity',
    ],
    [
      'script-src with the address of the first file alone',
      { ...csp('script-src HOST/watch.js HOST/jitsi-meeting.js SERVER'), violations: 2 },
      'script-src-elem does not allow HOST/jitsi-meeting/',
      'HOST/jitsi-meeting/',
    ],
    [
      'script-src with the hash of the first file alone, before a sandbox',
      {
        ...csp(`script-src HOST/watch.js SERVER '${hashes['jitsi-meeting.js']}'`),
        integrity: hashes['jitsi-meeting.js']!,
        attributes: 'sandbox="allow-scripts allow-same-origin"',
        violations: 2,
      },
      'script-src-elem does not allow HOST/jitsi-meeting/',
      'HOST/jitsi-meeting/',
    ],
    ['its own sandbox', { attributes: 'sandbox="allow-scripts"' }, 'sandbox', 'allow-same-origin'],
    ['the sandbox of an outer iframe', { ...inFrame('allow-scripts'), ...classic }, 'sandbox', 'allow-same-origin'],
    ['the directive sandbox', { ...csp('sandbox allow-scripts'), ...classic }, 'sandbox', 'allow-same-origin'],
  ])('%s', async (name, strict, inMessage, inHint) => {
    const { state, error, time, violations } = await outcome(strict);
    stat(`${name}: told after ${time} ms`);
    expect(state).toBe('failed');
    expect(error).toMatchObject({ code: 'page-policy', retryable: false });
    expect(error!.message).toContain(filled(inMessage));
    expect(error!.hint).toContain(filled(inHint));
    expect(time).toBeLessThan(limit);
    // A second one would be a retry in vain.
    expect(violations).toBeLessThanOrEqual(strict.violations ?? 1);
  });
});

it('what a tokenProvider may not ask is told with its failure', async () => {
  const { error, time } = await outcome({ ...csp("connect-src 'self'"), provider: 'ELSEWHERE/token' });
  stat(`connect-src, for a tokenProvider: told after ${time} ms`);
  expect(error).toMatchObject({ code: 'token-network', retryable: true });
  expect(error!.hint).toContain(filled("it needs connect-src 'self' ELSEWHERE."));
  expect(time).toBeLessThan(limit);
});

it.each([
  ['camera', 'camera'],
  ['microphone', 'microphone'],
  ['screen', 'display-capture'],
])('a Permissions-Policy that forbids the %s is warned of, and the meeting goes on', async (device, feature) => {
  const { state } = await outcome({ headers: { 'permissions-policy': `${feature}=()` } });
  expect(state).toBe('joined');
  const told = await page.waitForFunction(
    (blocked) => (window as unknown as { warned: MeetingWarning[] }).warned.find((one) => one.device === blocked),
    device,
    { timeout: limit },
  );
  const warning = await told.jsonValue();
  expect(warning).toMatchObject({ code: 'media-blocked', why: 'policy' });
  expect(warning!.hint).toContain(filled(`Permissions-Policy: ${feature}=(self "SERVER")`));
});

it("where Trusted Types forbid Lit's policy, and so the element of the plain script, the console names it", async () => {
  served = { ...csp(`${types}; trusted-types 'none'`), ...classic };
  const told = page.waitForEvent('console', (message) => message.text().includes('lit-html'));
  await page.goto(host.origin);
  expect((await told).text()).toMatch(/trusted-types/i);
});

it('the visitor reads that the page forbids it, also where it forbids what draws the other screens', async () => {
  await outcome(csp(`${types}; trusted-types 'none'`));
  const panel = page.locator('jitsi-meeting .panel');
  await panel.getByText('This page doesn’t allow the meeting').waitFor({ timeout: limit });
  expect(await panel.getByRole('button').count()).toBe(0);
});

it("joins where Trusted Types leave out Lit's policy, as the way in needs no template", async () => {
  const { state } = await outcome(csp(`${types}; trusted-types jitsi-meeting-element`));
  expect(state).toBe('joined');
});

describe.each(['jitsi-meeting.js', 'jitsi-meeting.classic.js'] as const)('%s joins', (file) => {
  it.each<[string, Strict]>([
    ['with the smallest policy', csp(minimal)],
    ['with that and Trusted Types', csp(`${minimal}; ${types}; trusted-types lit-html jitsi-meeting-element`)],
    ['with a nonce and strict-dynamic', csp("script-src 'nonce-NONCE' 'strict-dynamic'")],
    ['with a nonce, strict-dynamic and Trusted Types', csp(`script-src 'nonce-NONCE' 'strict-dynamic'; ${types}`)],
    [
      'where strict-dynamic forbids a link in the page that preloads the script',
      {
        ...csp("script-src 'nonce-NONCE' 'strict-dynamic'"),
        meta: '<link rel="preload" as="script" href="SERVER/external_api.js">',
      },
    ],
    [
      'where such a link has the nonce',
      {
        ...csp("script-src 'nonce-NONCE' 'strict-dynamic'"),
        meta: '<link rel="preload" as="script" nonce="NONCE" href="SERVER/external_api.js">',
      },
    ],
    ['with a nonce and the server', csp("script-src 'nonce-NONCE' SERVER")],
    ['where workers are forbidden', csp("worker-src 'none'")],
    [
      'where the policy only reports',
      {
        headers: {
          'content-security-policy-report-only':
            "default-src 'none'; trusted-types 'none'; require-trusted-types-for 'script'",
        },
      },
    ],
    ['where COEP only reports', { headers: { 'cross-origin-embedder-policy-report-only': 'require-corp' } }],
    [
      'where Integrity-Policy only reports',
      { headers: { 'integrity-policy-report-only': 'blocked-destinations=(script)' } },
    ],
    ['with a wide sandbox around the page', inFrame('allow-scripts allow-same-origin')],
    ['with Cross-Origin-Opener-Policy', { headers: isolated }],
    ['with an endpoint elsewhere that is allowed', { ...csp('connect-src ELSEWHERE'), tokenUrl: 'ELSEWHERE/token' }],
    [
      'with a script that redirects where that is allowed',
      { ...csp("script-src 'self' ELSEWHERE SERVER"), attributes: 'api-src="ELSEWHERE/external_api.js"' },
    ],
  ])('%s', async (_name, strict) => {
    const { state, error } = await outcome({ ...strict, file });
    expect(error).toBeUndefined();
    expect(state).toBe('joined');
  });
});

const guide = readFileSync('docs/guides/page-policy.md', 'utf8');
const lines = [...guide.matchAll(/```http\n([^]*?)```/g)].flatMap(([, block]) => block!.trim().split('\n'));

describe('the guide to page policies', () => {
  it('has headers to try', () => expect(lines.length).toBeGreaterThan(7));

  it.each(lines)('names what lets the meeting in: %s', async (line) => {
    const [, name, value] = /^([\w-]+): (.*)$/.exec(line)!;
    const header = value!.replaceAll('https://DOMAIN', 'SERVER').replaceAll('ENDPOINT', "'self'");
    const { state, error } = await outcome({ headers: { [name!]: header } });
    expect(error).toBeUndefined();
    expect(state).toBe('joined');
    const warned = await page.evaluate(() => (window as unknown as { warned: MeetingWarning[] }).warned);
    expect(warned).toEqual([]);
  });
});

describe('dist/integrity.json', () => {
  it.each(['jitsi-meeting.js', 'jitsi-meeting.classic.js'] as const)(
    'has the hash that lets a browser load %s',
    async (file) => {
      const { state } = await outcome({ file, integrity: hashes[file]! });
      expect(state).toBe('joined');
    },
  );

  it('has one for every part that the module fetches, which an import map can name', async () => {
    const integrity = Object.fromEntries(Object.entries(hashes).map(([name, hash]) => [`/${name}`, hash]));
    const meta = `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
    const { state } = await outcome({ meta, integrity: hashes['jitsi-meeting.js']! });
    expect(state).toBe('joined');
    const files = readdirSync('dist/jitsi-meeting').filter((name) => name.endsWith('.js'));
    const parts = files.map((name) => `jitsi-meeting/${name}`);
    expect(Object.keys(hashes)).toEqual(expect.arrayContaining(parts));
  });
});
