// A site with one page for each subject, and a deployment whose script is Jitsi's own and whose page joins at once: what is
// measured is the way there, and the app at its end is the same light one for all.
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { Hono } from 'hono';
import { externalApiScript } from '../../demo/standin/bundles.js';
import { mintToken } from '../../test/support/standin.js';
import { serveHttp2 } from './http2.js';
import type { Subject } from './subjects.js';

/** How long the servers take to answer, ms. */
export interface Delays {
  /** The app's page in the frame. */
  page: number;
  token: number;
  script: number;
}

/** The app in the frame: hears and speaks Jitsi's transport, joins as soon as it runs, and says goodbye. */
const app = `<!doctype html><title>App</title><script>
const scope = 'jitsi_meet_external_api_' + /jitsi_meet_external_api_id=(\\d+)/.exec(location.hash)[1];
const send = (method, params) => parent.postMessage(JSON.stringify({ postis: true, scope, method, params }), '*');
const tell = (name, data) => send('message', { type: 'event', data: { name, ...data } });
const roomName = location.pathname.slice(1);
addEventListener('message', ({ data }) => {
  const { method, params } = JSON.parse(data);
  if (method === '__ready__') send(method, params);
  if (method !== 'message' || params.data?.name !== 'video-hangup') return;
  tell('video-conference-left', { roomName });
  tell('video-ready-to-close', {});
});
tell('browser-support', { supported: true });
tell('video-conference-joined', { roomName, id: 'me', displayName: 'Tess', avatarURL: '' });
</script>`;

const head = (domain: string): string => `<!doctype html><meta charset="utf-8"><title>Bench</title>
<style>#meeting { height: 600px }</style>
<script>
window.bench = {
  domain: ${JSON.stringify(domain)},
  room: 'bench',
  fetchToken: async () => (await (await fetch('/token', { method: 'POST' })).json()).token,
  joined() { navigator.sendBeacon('/joined', JSON.stringify({ time: performance.now(), blocked })) },
};
let blocked = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({ name, duration }) => name === 'self' && (blocked += duration))).observe({ type: 'longtask', buffered: true });
</script>
<div id="meeting"></div>`;

const brotli = promisify(brotliCompress);
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };

interface Served {
  bytes: number;
  answer(): Response;
}

/** As a server with compression sends it. */
async function serve(type: keyof typeof types, text: string): Promise<Served> {
  const body = new Uint8Array(await brotli(text));
  const headers = { 'content-type': types[type], 'content-encoding': 'br' };
  return { bytes: body.byteLength, answer: () => new Response(body, { headers }) };
}

/** What a page says when it is in the meeting. */
export interface Report {
  /** Since its navigation began, ms. */
  time: number;
  /** How long tasks of more than 50 ms kept the page from anything else, ms. */
  blocked: number;
}

export interface BenchSite {
  /** What the next page to be in the meeting says. @throws {Error} when none is after 20 s */
  joined(): Promise<Report>;
  /** The address of a subject's page. */
  pageOf(name: string): string;
  /** From now on. */
  delay(delays: Delays): void;
  /** What was asked for since the last call, without the page itself: the weight of the subject's own files. */
  takeSent(): { files: number; bytes: number };
  close(): Promise<void>;
}

export async function startBenchSite(subjects: Record<string, Subject>): Promise<BenchSite> {
  let delays: Delays = { page: 0, token: 0, script: 0 };
  let sent = { files: 0, bytes: 0 };
  let told: ((report: Report) => void) | undefined;

  const [script, page] = await Promise.all([serve('js', await externalApiScript()), serve('html', app)]);
  const deployment = await serveHttp2(
    new Hono()
      .get('/external_api.js', async () => (await wait(delays.script), script.answer()))
      .get('/:room', async () => (await wait(delays.page), page.answer())),
  );

  const token = await mintToken();
  const site = new Hono()
    .post('/joined', async (c) => {
      told?.(await c.req.json<Report>());
      return c.body(null, 204);
    })
    .post('/token', async (c) => (await wait(delays.token), c.json({ token })));
  for (const [name, { body, files }] of Object.entries(subjects)) {
    const index = await serve('html', head(deployment.host) + body);
    site.get(`/${name}/`, () => index.answer());
    const served = new Map<string, Served>();
    for (const [file, text] of files) served.set(file, await serve('js', text));
    site.get(`/${name}/:file{.+}`, (c) => {
      const found = served.get(c.req.param('file'));
      if (!found) return c.notFound();
      sent = { files: sent.files + 1, bytes: sent.bytes + found.bytes };
      return found.answer();
    });
  }
  const server = await serveHttp2(site);

  return {
    joined: () =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('No page was in the meeting after 20 s.')), 20_000);
        told = (report) => {
          clearTimeout(timer);
          resolve(report);
        };
      }),
    pageOf: (name) => `https://${server.host}/${name}/`,
    delay: (given) => void (delays = given),
    takeSent() {
      const taken = sent;
      sent = { files: 0, bytes: 0 };
      return taken;
    },
    async close() {
      await server.close();
      await deployment.close();
    },
  };
}
