import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import { bundle, externalApiTable } from '../../demo/standin/bundles.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const pageScript = (): Promise<string> =>
  bundle({ entryPoints: [fromRoot('test/support/echo-page.ts')], format: 'iife', minify: false });

/**
 * An empty room: its page sends through Jitsi's own transport what the test tells it to, and tells the test what came
 * out. `/tables.json` is what Jitsi's source calls events (inner name -> public) and commands (public -> inner).
 */
export const echo = new Hono()
  .get('/tables.json', async (c) => {
    c.header('Access-Control-Allow-Origin', '*');
    return c.json({ events: await externalApiTable('events'), commands: await externalApiTable('commands') });
  })
  .get('/page.js', async (c) => c.body(await pageScript(), 200, { 'Content-Type': 'text/javascript' }))
  .get('/:room', (c) => c.html('<!doctype html><meta charset="utf-8"><script src="/echo/page.js"></script>'));
