import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import {
  createTokenHandler,
  createTokenSigner,
  forbidden,
  unauthorized,
  type TokenHandlerOptions,
  type TokenSigner,
  type TokenSignerOptions,
} from '../../src/server/index.js';
import { brokenAnswer, brokenSigner, isFault } from './broken.js';
import { people, rightsOf, rooms, type Person } from './people.js';
import { createSessions } from './session.js';
import type { Settings } from './settings.js';

export interface DemoAppOptions {
  /** Milliseconds since 1970. */
  now?: () => number;
  onError?: (error: unknown) => void;
  rateLimit?: NonNullable<TokenHandlerOptions['rateLimit']>;
}

/** The demo's API: who is there, sign-in and sign-out, the token endpoint, and, with the stand-in, broken ones. */
export function createDemoApp(settings: Settings, options: DemoAppOptions = {}): Hono {
  const { now = Date.now, onError, rateLimit } = options;
  const standin = settings.jitsiDomain === null;
  const sessions = createSessions<Person>(settings.sessionSecret, { now });
  const signing = signerOptions(settings, now);

  // The stand-in is on the demo's own origin, wherever that is reached.
  const jitsiDomain = (context: Context): string => settings.jitsiDomain ?? new URL(context.req.url).host;

  function tokenEndpoint(context: Context, signer: TokenSigner): Promise<Response> {
    const handler = createTokenHandler({
      signer,
      domains: [jitsiDomain(context)],
      async authorize({ room }) {
        const person = await sessions.read(context);
        if (!person) return unauthorized('/?sign-in');
        return rightsOf(person, room) ?? forbidden(`${person.name} may not join this room.`);
      },
      ...(onError && { onError }),
      ...(rateLimit && { rateLimit }),
    });
    return handler(context.req.raw);
  }

  const app = new Hono().basePath('/api');
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"] } }));
  app.use(csrf());
  app.use(async (context, next) => {
    await next();
    context.header('Cache-Control', 'no-store');
  });
  const signer = createTokenSigner(signing);
  app.get('/config', (context) => context.json({ domain: jitsiDomain(context), standin, rooms }));
  app.get('/people', (context) => context.json(people.map(publicView)));
  app.get('/me', async (context) => {
    const person = await sessions.read(context);
    return context.json({ person: person && publicView(person) });
  });
  app.post('/sign-in', async (context) => {
    const body: unknown = await context.req.json().catch(() => null);
    const id = typeof body === 'object' && body !== null && 'person' in body ? body.person : null;
    const person = people.find((candidate) => candidate.id === id);
    if (!person) return forbidden('There is nobody of that name in the demo.').toResponse();
    await sessions.start(context, person);
    return context.json({ person: publicView(person) });
  });
  app.post('/sign-out', (context) => {
    sessions.end(context);
    return context.body(null, 204);
  });
  app.on(['GET', 'POST', 'OPTIONS'], '/token', (context) => tokenEndpoint(context, signer));
  if (standin) {
    app.on(['GET', 'POST'], '/broken/:fault', (context) => {
      const fault = context.req.param('fault');
      if (!isFault(fault)) return context.notFound();
      const wrong = brokenSigner(fault, signing);
      return wrong ? tokenEndpoint(context, wrong) : brokenAnswer(fault, context.req.raw);
    });
  }
  return app;
}

function publicView({ id, name, groups }: Person): Pick<Person, 'id' | 'name' | 'groups'> {
  return { id, name, groups };
}

function signerOptions(settings: Settings, now: () => number): TokenSignerOptions {
  const { appId, appSecret, issuer, audience, xmppDomain } = settings;
  return { appId, secret: appSecret, domain: xmppDomain, issuer, audience, now };
}
