import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { createMiddleware } from 'hono/factory';
import { createServer } from 'vite';

/** What of the demo's origin is the page and its sources. All other paths are the API's and the conference rooms'. */
const pagePaths = /^\/($|index\.html$|@|(src|demo|node_modules)\/)/;

/** The demo page, compiled by Vite as it is asked for. */
export async function createPage() {
  const vite = await createServer({
    appType: 'mpa',
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: false, ws: false },
  });
  const middleware = createMiddleware<{ Bindings: HttpBindings }>(async (context, next) => {
    if (!pagePaths.test(context.req.path)) return next();
    const { incoming, outgoing } = context.env;
    vite.middlewares.handle(incoming, outgoing, () => {
      outgoing.statusCode = 404;
      outgoing.end('Not found');
    });
    return RESPONSE_ALREADY_SENT;
  });
  return { middleware, close: () => vite.close() };
}
