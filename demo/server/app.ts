import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { oidcRoutes, createProvider } from '../../server/src/oidc.js';
import { createSessions } from '../../server/src/session.js';
import { createMemoryStore } from '../../server/src/store/memory.js';
import type { Store } from '../../server/src/store/store.js';
import {
  createKeyServer,
  createTokenAuthRedirect,
  createTokenHandler,
  createTokenSigner,
  forbidden,
  TokenRefusal,
  unauthorized,
  type Authorize,
  type RateLimit,
  type TokenSigner,
} from '../../src/server/index.js';
import { answerBroken, isFault } from './broken.js';
import { isFromThisMachine } from './local.js';
import { people, rightsOf, rooms, type Person } from './people.js';
import { logTo } from './log.js';
import type { Settings } from './settings.js';
import { signInRoutes, signInStyle } from './sign-in.js';
import { publicDeployment, ringOf, signingOf } from './signing.js';

export interface DemoAppOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  onError?: (error: unknown) => void;
  rateLimit?: RateLimit;
  /** What several processes have to know together; by default this one knows it alone. */
  store?: Store;
}

/**
 * The demo's API: sign-in, the token endpoint, the target of `tokenAuthUrl`, public keys if there are any, and with the
 * stand-in, token endpoints that are broken on purpose.
 */
export function createDemoApp(settings: Settings, options: DemoAppOptions = {}): Hono {
  const { now = Date.now, onError, rateLimit, store = createMemoryStore(now) } = options;
  const standin = settings.jitsiDomain === null;
  // One of the faults gives a token for another room than was asked for, so there are no faults for real people.
  const breakable = standin && settings.oidc === null;
  const shared = { secret: settings.sessionSecret, life: 8 * 3600, store, now };
  const sessions = createSessions<Person>({ ...shared, name: 'session' });
  // Several of the demo's people may be signed in on one browser, each in a tab or an element of its own: `?as=ID`.
  const seats = new Map(people.map(({ id }) => [id, createSessions<Person>({ ...shared, name: `session-${id}` })]));
  const ring = ringOf(settings, now);
  const signing = signingOf(settings, ring, now);
  const signer = createTokenSigner(signing);
  const answering = {
    ...(onError && { onError }),
    ...(rateLimit && { rateLimit }),
    tenants: settings.tenants,
  };

  // The stand-in is on the demo's own origin, by whatever name that is reached.
  const jitsiDomain = (context: Context): string => settings.jitsiDomain ?? new URL(context.req.url).host;

  const authorize =
    (context: Context): Authorize =>
    async ({ room, tenant }) => {
      const as = context.req.query('as');
      const person = await (as === undefined ? sessions : seats.get(as))?.read(context);
      if (!person) return unauthorized('/api/sign-in');
      return rightsOf(person, room, tenant) ?? forbidden(`${person.name} may not join this room.`);
    };

  /** The person of the request that a handler is answering; the handler itself is made once. */
  const contexts = new WeakMap<Request, Context>();

  function tokenEndpoint(context: Context, by: TokenSigner): Promise<Response> {
    const domains = [jitsiDomain(context)];
    return createTokenHandler({ ...answering, signer: by, domains, authorize: authorize(context) })(context.req.raw);
  }

  const app = new Hono().basePath('/api');
  app.use(bodyLimit({ maxSize: 8192, onError: () => new TokenRefusal(413, 'The body is too large.').toResponse() }));
  app.use(async (context, next) => {
    // The form's answer may lead to Jitsi, and browsers hold redirects to form-action, too.
    const formAction = ["'self'", `https://${jitsiDomain(context)}`];
    const isSignIn = context.req.path === '/api/sign-in';
    const contentSecurityPolicy = {
      defaultSrc: ["'none'"],
      ...(isSignIn && { styleSrc: [signInStyle] }),
      formAction,
    };
    // Jitsi may open the sign-in as a popup (tokenAuthInline) that has to find its opener again.
    // Without a referrer, browsers name no origin in a form either.
    const referrerPolicy = 'same-origin';
    return secureHeaders({ contentSecurityPolicy, referrerPolicy, crossOriginOpenerPolicy: false })(context, next);
  });
  app.get('/keys/:name', (context) => (ring ? createKeyServer(ring)(context.req.raw) : context.notFound()));
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });

  if (settings.people === 'on this machine') {
    app.use(async (context, next) => {
      if (isFromThisMachine(context, `https://${jitsiDomain(context)}`)) return next();
      const where = 'The demo’s people have no password: open it as localhost, on its own machine, without a proxy.';
      return forbidden(where).toResponse();
    });
  }

  const codes = {
    secret: settings.codeSecret,
    now,
    firstUse: (id: string, expiresAt: number) => store.firstUse(`code:${id}`, expiresAt),
  };
  const signInFor = madeOnce((domain) =>
    createTokenAuthRedirect({
      ...answering,
      domain,
      signer,
      signInUrl: '/api/sign-in',
      authorize: (asked) => authorize(contexts.get(asked.request)!)(asked),
      codes,
    }),
  );
  app.on(['GET', 'POST', 'OPTIONS'], ['/jitsi-sign-in', '/jitsi-sign-in/token'], (context) => {
    contexts.set(context.req.raw, context);
    return signInFor(jitsiDomain(context))(context.req.raw);
  });

  app.use(csrf());
  const ways = { people: settings.people !== 'nowhere', oidc: settings.oidc !== null };
  app.get('/config', async (context) =>
    context.json({
      domain: jitsiDomain(context),
      standin,
      breakable,
      signIn: ways.oidc ? '/api/oidc/sign-in' : null,
      rooms,
      deployment: await publicDeployment(settings, ring),
    }),
  );
  app.route('/', signInRoutes(sessions, seats, ways));
  if (settings.oidc) {
    const { oidc, origin: publicUrl, sessionSecret } = settings;
    app.route(
      '/oidc',
      oidcRoutes({
        settings: { oidc, publicUrl, sessionSecret },
        sessions,
        store,
        metrics: uncounted,
        log: logTo(onError),
        claimNames: () => [],
        provider: createProvider({ oidc }),
        now,
      }),
    );
  }
  app.on(['GET', 'POST', 'OPTIONS'], '/token', (context) => tokenEndpoint(context, signer));
  if (breakable) {
    app.on(['GET', 'POST'], '/broken/:fault', (context) => {
      const fault = context.req.param('fault');
      if (!isFault(fault)) return context.notFound();
      return answerBroken(fault, context.req.raw, signing, (by) => tokenEndpoint(context, by));
    });
  }
  return app;
}

/** Nobody reads metrics of the demo. */
const uncounted = { signIns: { inc() {} } };

/**
 * One handler per domain. The stand-in has a few names (localhost, 127.0.0.1). Made-up names must not fill the memory.
 */
function madeOnce<Made>(make: (domain: string) => Made): (domain: string) => Made {
  const made = new Map<string, Made>();
  return (domain) => {
    const handler = made.get(domain) ?? make(domain);
    if (made.size < 10) made.set(domain, handler);
    return handler;
  };
}
