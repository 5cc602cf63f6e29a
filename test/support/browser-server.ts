// What the browser tests talk to, in a process of its own: a stand-in on another origin than the test page, with every
// recorded scene, and a token endpoint that can be told to misbehave. Prints its address as one line of JSON.
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { serveHttps } from '../../demo/https.js';
import { createStandin, type Scene } from '../../demo/standin/index.js';
import { imagined } from './imagined-scenes.js';
import { echo } from './echo.js';
import { mintToken, policy } from './standin.js';

const recorded = ['scenes.json', 'new-scenes.json'].flatMap(
  (file) => JSON.parse(readFileSync(new URL(`../data/real-app/${file}`, import.meta.url), 'utf8')) as Scene[],
);
const scenes = [...recorded, ...imagined];
const pace = Number(process.env['STANDIN_PACE'] ?? '0.01');
const standin = createStandin(policy, { pace, controls: true, scenes });

// Another deployment, where only the first one in a room moderates, whatever the token asks for.
const modest = createStandin({ ...policy, moderators: 'first' }, { pace });

const asked = new Map<string, number>();

/** What a query holds as JSON to change in a token; null takes out. */
const changes = (json = '{}'): Record<string, unknown> =>
  Object.fromEntries(Object.entries(JSON.parse(json) as object).map(([name, value]) => [name, value ?? undefined]));

/** `?fault=`: a status, `hang`, `html`, `empty`, `malformed`, `other-room`, `expired`, `not-yet`, `wrong-secret`, `flaky`; `?life=` seconds; `?moderator=false` asks for nothing; `?claims=` and `?header=` change the token. */
const tokens = new Hono();
tokens.use(cors({ origin: (origin) => origin, credentials: true, exposeHeaders: ['Date', 'Retry-After'] }));
tokens.get('/asked/:key', (c) => c.json(asked.get(c.req.param('key')) ?? 0));
tokens.post('/:key', async (c) => {
  const key = c.req.param('key');
  const count = (asked.get(key) ?? 0) + 1;
  asked.set(key, count);
  const fault = c.req.query('fault') ?? '';
  const now = Math.floor(Date.now() / 1000);
  if (/^\d+$/.test(fault)) return new Response('no', { status: Number(fault), headers: { 'retry-after': '1' } });
  if (fault === 'flaky' && count === 1) return new Response('no', { status: 500 });
  if (fault === 'hang') return new Promise<Response>(() => {});
  if (fault === 'html') return c.html('<h1>Sign in</h1>');
  if (fault === 'empty') return c.body(null, 204);
  if (fault === 'malformed') return c.json({ token: 'hello' });
  const claims = {
    '': { exp: now + Number(c.req.query('life') ?? 3600) },
    'other-room': { room: 'some-other-room' },
    expired: { iat: now - 7200, exp: now - 3600 },
    'not-yet': { nbf: now + 3600, exp: now + 7200 },
  }[fault];
  const asksFor = c.req.query('moderator') === 'false' ? { context: { user: { name: 'Tess Token' } } } : {};
  const token = await mintToken(
    { ...asksFor, ...claims, ...changes(c.req.query('claims')) },
    { header: changes(c.req.query('header')), ...(fault === 'wrong-secret' && { key: 'x'.repeat(32) }) },
  );
  return c.json({ token });
});

/** Jitsi's script at an address of its own, with a fault of its own. */
const scripts = new Hono();
const loadedBefore = new Set<string>();
const released = new Set<string>();
const hanging = new Map<string, () => void>();
scripts.get('/:fault/:key/external_api.js', (c) => {
  const { fault, key } = c.req.param();
  const isFirst = !loadedBefore.has(key);
  loadedBefore.add(key);
  c.header('content-type', 'text/javascript');
  if (fault === '404' || (fault === 'fail-once' && isFirst)) return c.notFound();
  if (fault === 'hang' && !released.has(key))
    return new Promise<Response>((resolve) => hanging.set(key, () => resolve(c.notFound())));
  if (fault === 'hang') return c.notFound();
  if (fault === 'throws') return c.body('throw new Error("Told to break here.");');
  if (fault === 'wrong-global') return c.body('window.SomethingElse = class {};');
  return standin.app.request('/external_api.js');
});

/** Ends a load that hangs: the browser goes on with it though its element is gone, and has few connections. */
scripts.post('/release/:key', cors(), (c) => {
  const { key } = c.req.param();
  released.add(key);
  hanging.get(key)?.();
  hanging.delete(key);
  return c.body(null, 204);
});

/** What each path was last asked from. */
const referrers: Record<string, string | null> = {};

const app = new Hono()
  .use(async (c, next) => {
    referrers[c.req.path] = c.req.header('referer') ?? null;
    await next();
  })
  .get('/referrers', cors(), (c) => c.json({ referrers }))
  .route('/api/token', tokens)
  .route('/script', scripts)
  .route('/echo', echo)
  .route('/', standin.app);
const server = await serveHttps(app, { attach: standin.attach });
const modestServer = await serveHttps(modest.app, { attach: modest.attach });
// A second host for the same machine: two deployments on one page.
console.log(
  JSON.stringify({
    origin: server.origin,
    host: server.host,
    otherHost: server.host.replace('localhost', '127.0.0.1'),
    modestHost: modestServer.host,
  }),
);
process.on('disconnect', () => process.exit());
