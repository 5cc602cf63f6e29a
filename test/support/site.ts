// A small website over https: the built element, a token endpoint and one page, beside a stand-in and a browser.
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { serveHttps } from '../../demo/https.js';
import { openBrowser } from './open-browser.js';
import { mintToken, startStandin } from './standin.js';

export interface SiteOptions {
  /** What follows the element's script in the page; `host` is the stand-in's. */
  body?: (host: string) => string;
  /** Adds what else the site answers. */
  extend?: (app: Hono) => void;
  backForwardCache?: boolean;
}

export async function startSite({ body = () => '', extend, backForwardCache = false }: SiteOptions = {}) {
  const standin = await startStandin();
  const app = new Hono();
  // The module fetches its parts from the folder beside it.
  app.get('/:path{jitsi-meeting(/[\\w-]+)?\\.js}', (c) =>
    c.body(readFileSync(`dist/${c.req.param('path')}`, 'utf8'), 200, { 'content-type': 'text/javascript' }),
  );
  app.post('/token', async (c) => c.json({ token: await mintToken() }));
  extend?.(app);
  const script = '<script type="module" src="jitsi-meeting.js"></script>';
  app.get('/', (c) => c.html(`<!doctype html><title>Meeting</title>${script}${body(standin.host)}`));
  const host = await serveHttps(app);
  const browser = await openBrowser({ backForwardCache });
  return {
    origin: host.origin,
    standinHost: standin.host,
    newPage: () => browser.newPage({ ignoreHTTPSErrors: true }),
    async close(): Promise<void> {
      await browser.close();
      await host.close();
      await standin.close();
    },
  };
}

export type Site = Awaited<ReturnType<typeof startSite>>;
