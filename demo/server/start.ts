import type { Server } from 'node:http';
import { pathToFileURL } from 'node:url';
import { Hono } from 'hono';
import { createRateLimit } from '../../server/src/rate-limit.js';
import { createRedisStore } from '../../server/src/store/redis.js';
import { serveHttps } from '../https.js';
import { createStandin, type Standin, type StandinOptions, type StandinPolicy } from '../standin/index.js';
import { socketPath } from '../standin/sockets.js';
import { createDemoApp } from './app.js';
import { builtPage } from './page-build.js';
import { isRoomPath, servePage } from './page.js';
import { readSettings, SettingsError, type Settings } from './settings.js';
import { howToSignIn } from './sign-in.js';
import { checkingKeys, ringOf } from './signing.js';

const methods = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export interface DemoOptions {
  /** Default: PORT of the environment, else 8443; 0 takes any free one. */
  port?: number;
  env?: Record<string, string | undefined>;
  now?: () => number;
  /** Of the stand-in, where there is one. */
  standin?: StandinOptions;
}

export interface Demo {
  /** `https://localhost:PORT`, without a slash at the end. */
  url: string;
  /** What the person who starts the demo should know about signing in; null when there is nothing to say. */
  notice: string | null;
  close(): Promise<void>;
}

/**
 * Starts the demo: page, API and, without JITSI_DOMAIN, the stand-in for a Jitsi deployment, all on one https origin.
 *
 * @throws {SettingsError} for a wrong setting in the environment
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port, env = process.env, now = Date.now } = options;
  const settings = readSettings(env);
  const standin =
    settings.jitsiDomain === null
      ? createStandin(policyOf(settings, now), { isRoom: isRoomPath, ...options.standin })
      : null;
  const app = new Hono();
  app.use(async (context, next) => {
    if (methods.includes(context.req.method)) await next();
    else context.res = new Response(null, { status: 405, headers: { Allow: methods.join(', ') } });
    context.header('X-Content-Type-Options', 'nosniff');
  });
  app.use(servePage(await builtPage(), settings.jitsiDomain));
  const store = settings.redisUrl === null ? null : createRedisStore(settings.redisUrl, { onChange: tellRedis, now });
  const rateLimit = createRateLimit(settings.tokensPerMinute, store?.redis ?? null);
  app.route('/', createDemoApp(settings, { now, onError: logError, rateLimit, ...(store && { store }) }));
  if (standin) app.route('/', standin.app);
  const listening = {
    port: port ?? settings.port,
    hostname: settings.host,
    ...(standin && { attach: (server: Server) => attach(standin, server) }),
  };
  const server = await serveHttps(app, listening).catch(async (error: unknown) => {
    await store?.close();
    throw error;
  });
  return {
    url: server.origin,
    notice: noticeOf(settings),
    async close() {
      await standin?.close();
      await server.close();
      await store?.close();
    },
  };
}

/** Only the stand-in has WebSockets. A connection to any other path would stay open without an answer. */
function attach(standin: Standin, server: Server): void {
  standin.attach(server);
  server.on('upgrade', ({ url = '' }, socket) => {
    if (url.split('?', 1)[0] !== socketPath) socket.destroy();
  });
}

function policyOf(settings: Settings, now: () => number): StandinPolicy {
  const { appId, acceptedIssuers, acceptedAudiences, allowEmpty, domainVerification, xmppDomain } = settings;
  const claims = { appId, acceptedIssuers, acceptedAudiences, domainVerification, xmppDomain };
  return { ...claims, ...checkingKeys(settings, ringOf(settings, now)), allowEmptyToken: allowEmpty };
}

function noticeOf({ people, oidc }: Settings): string | null {
  if (people === 'on this machine') {
    return 'The demo’s people have no password, and their tokens are signed with your keys. They sign in on this machine only: let no proxy or tunnel lead here.';
  }
  return people === 'nowhere' && !oidc ? `Nobody can sign in yet. ${howToSignIn}` : null;
}

function tellRedis(state: 'connected' | 'away'): void {
  console.error(
    state === 'away'
      ? 'Redis is down: each process now limits for itself.'
      : 'Redis is back: the limit is shared again.',
  );
}

function logError(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

async function main(): Promise<void> {
  try {
    const demo = await startDemo({ standin: { weight: true } });
    console.log(demo.url);
    if (demo.notice !== null) console.log(demo.notice);
    console.log('Its certificate is self-signed, so your browser warns once. It is safe to continue.');
    const stop = (): void => void demo.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, port } = error as { code?: unknown; port?: unknown };
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is taken. Choose another: PORT=${Number(port) + 1} npm start`;
    case 'EACCES':
      return `Port ${String(port)} needs rights that this user doesn’t have. Choose one over 1023: PORT=8443 npm start`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'HOST is not an address of this machine. Leave it out to listen on localhost.';
    default:
      throw error;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
