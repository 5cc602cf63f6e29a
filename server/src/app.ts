import { timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import { createKeyServer, isRefusal } from 'jitsi-meeting-element/server';
import type { WatchedAccess } from './access/watch.js';
import { elementFiles, pageFiles } from './element-files.js';
import { guestRoutes } from './invitations/guest.js';
import { invitationRoutes } from './invitations/routes.js';
import { faultOf, type Log } from './log.js';
import type { Metrics } from './metrics.js';
import { createProvider, oidcRoutes } from './oidc.js';
import { ownOriginOnly } from './own-origin.js';
import { pageRoutes } from './pages.js';
import type { Person } from './person.js';
import { away, problem } from './problem.js';
import { createRateLimit } from './rate-limit.js';
import { createSessions } from './session.js';
import type { Settings } from './settings.js';
import { canPublish, type Signing } from './signing.js';
import { createMemoryStore } from './store/memory.js';
import type { RedisStore } from './store/redis.js';
import { createTokenHandlers } from './tokens.js';

export interface AppOptions {
  settings: Settings;
  signing: Signing;
  access: WatchedAccess;
  /** Null: everything is kept in this process. */
  redis: RedisStore | null;
  log: Log;
  metrics: Metrics;
  /** Whether the server is ending: it is not ready for new people then. */
  isStopping?: () => boolean;
  now?: () => number;
}

/** All that the server answers, without a network. */
export function createApp(options: AppOptions): Hono {
  const { settings, signing, access, redis, log, metrics, isStopping = () => false, now = Date.now } = options;
  const { publicUrl, jitsiDomain, sessionSecret: secret, oidc } = settings;
  const { signer, ring } = signing;
  const store = redis ?? createMemoryStore(now);
  const rateLimit = createRateLimit(settings.tokensPerMinute, redis?.redis ?? null);
  const sessions = createSessions<Person>({
    secret,
    name: 'session',
    // Nobody is known here whom another provider has vouched for.
    purpose: JSON.stringify([oidc.issuer, oidc.clientId, jitsiDomain]),
    life: settings.sessionLife,
    store,
    now,
  });
  const shared = { settings, access, store, signer, rateLimit, metrics, log, now };

  /** The context of the request that a handler is answering; the handlers themselves are made once. */
  const contexts = new WeakMap<Request, Context>();
  const tokens = createTokenHandlers({ ...shared, personOf: (request) => sessions.read(contexts.get(request)!) });
  const answeredBy = (handler: (request: Request) => Promise<Response>) => (context: Context) => {
    contexts.set(context.req.raw, context);
    return handler(context.req.raw);
  };

  const app = new Hono();
  app.use(observed(log, metrics));
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', (context) => {
    const parts = { access: access.problem === null ? 'ok' : 'last good', store: store.state };
    return context.json({ status: isStopping() ? 'stopping' : 'ok', ...parts }, isStopping() ? 503 : 200);
  });
  app.get('/metrics', async (context) => {
    const { metricsToken } = settings;
    if (metricsToken === null) return problem(403, 'Set METRICS_TOKEN to read the metrics.');
    if (!isSame(context.req.header('authorization') ?? '', `Bearer ${metricsToken}`))
      return problem(401, 'Send METRICS_TOKEN as a bearer token.');
    return context.body(await metrics.registry.metrics(), 200, { 'Content-Type': metrics.registry.contentType });
  });

  const api = app.basePath('/api');
  api.use(bodyLimit({ maxSize: 20_000, onError: () => problem(413, 'The body is too large.') }));
  // Without a referrer, browsers name no origin in a form either. The sign-in may be a window that Jitsi has opened.
  api.use(
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      referrerPolicy: 'same-origin',
      crossOriginOpenerPolicy: false,
      strictTransportSecurity: false,
    }),
  );
  if (ring && canPublish(ring)) {
    const keyServer = createKeyServer(ring);
    api.get('/keys/:name', (context) => keyServer(context.req.raw));
  }
  api.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  api.on(['GET', 'POST', 'OPTIONS'], '/token', answeredBy(tokens.token));
  api.on(['GET', 'POST', 'OPTIONS'], ['/jitsi-sign-in', '/jitsi-sign-in/token'], answeredBy(tokens.redirect));
  api.use(ownOriginOnly(publicUrl));
  api.route(
    '/oidc',
    oidcRoutes({ ...shared, sessions, provider: createProvider(settings), claimNames: () => access.rules.claimNames }),
  );
  api.get('/me', async (context) => {
    const person = await sessions.read(context);
    return context.json({ person: person && { id: person.id, name: person.name } });
  });
  api.post('/sign-out', async (context) => {
    await sessions.end(context);
    return context.body(null, 204);
  });
  const invitationLimit = createRateLimit(30, redis?.redis ?? null, 'jitsi-meeting-server:invitation');
  api.route('/invitations', invitationRoutes({ ...shared, publicUrl, sessions, rateLimit: invitationLimit }));
  api.route('/guest', guestRoutes(shared));
  app.route('/', pageRoutes({ jitsiDomain, sessions, files: { ...elementFiles(), ...pageFiles() } }));

  app.notFound(() => problem(404, 'There is nothing at this address.'));
  app.onError((error) => {
    if (isRefusal(error)) return problem(error.status, error.message, error.retryAfter);
    if (error.name === 'StoreAway') return away();
    log.error({ event: 'fault', ...faultOf(error) });
    return problem(500, 'This server made a mistake.');
  });
  return app;
}

/** Logs and counts each request, by the route that answered: the address itself may hold codes. */
function observed(log: Log, metrics: Metrics) {
  return async (context: Context, next: () => Promise<void>): Promise<void> => {
    const start = performance.now();
    await next();
    const seconds = (performance.now() - start) / 1000;
    const { status } = context.res;
    const route = routeOf(context.req.path);
    metrics.requests.observe({ route, status: String(status) }, seconds);
    const level = status >= 500 ? 'error' : 'info';
    if (route !== '/healthz' && route !== '/readyz' && route !== '/metrics') {
      log[level]({ event: 'request', method: context.req.method, route, status, ms: Math.round(seconds * 1000) });
    }
  };
}

const routes = [
  '/api/token',
  '/api/jitsi-sign-in/token',
  '/api/jitsi-sign-in',
  '/api/oidc/sign-in',
  '/api/oidc/callback',
  '/api/invitations',
  '/api/guest',
  '/api/keys',
  '/api/me',
  '/api/sign-out',
  '/healthz',
  '/readyz',
  '/metrics',
  '/element',
  '/pages',
  '/invitations',
  '/guest',
];

const routeOf = (path: string): string =>
  routes.find((route) => path === route || path.startsWith(`${route}/`)) ?? 'other';

function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
