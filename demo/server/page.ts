import { readFile } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createMiddleware } from 'hono/factory';
import { createServer } from 'vite';

/** What of the demo's origin is the page's sources. All other paths are the API's and the conference rooms'. */
const sourcePaths = /^\/(@|(src|demo|node_modules)\/)/;

const indexHtml = new URL('../../index.html', import.meta.url);

/**
 * The demo page, and its sources compiled by Vite as they are asked for, decorators as tsconfig.json says. Packages are
 * served as they stand (they are ES modules): bundled ahead, they would lie in a folder that starts in the same clone,
 * those of the tests included, throw out for each other.
 */
export async function createPage() {
  const vite = await createServer({
    configFile: false,
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: false, ws: false },
  });
  const middleware = createMiddleware<{ Bindings: HttpBindings }>(async (context, next) => {
    const { path } = context.req;
    // As it stands: Vite would add its client, which looks for a WebSocket that isn't there.
    if (path === '/' || path === '/index.html') return context.html(await readFile(indexHtml, 'utf8'));
    if (!sourcePaths.test(path)) return next();
    const { incoming, outgoing } = context.env;
    vite.middlewares.handle(incoming, outgoing, () => {
      outgoing.statusCode = 404;
      outgoing.end('Not found');
    });
    return RESPONSE_ALREADY_SENT;
  });
  return { middleware, close: () => vite.close() };
}
