import { pathToFileURL } from 'node:url';
import { Hono } from 'hono';
import { serveHttps } from '../https.js';
import { createStandin, type StandinOptions, type StandinPolicy } from '../standin/index.js';
import { createDemoApp } from './app.js';
import { createPage } from './page.js';
import { createRateLimit } from './rate-limit.js';
import { connectRedis, firstUseIn } from './redis.js';
import { readSettings, SettingsError, type Settings } from './settings.js';
import { checkingKeys, ringOf } from './signing.js';

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
  close(): Promise<void>;
}

/**
 * Starts the demo: page, API and, without JITSI_DOMAIN, the stand-in for a Jitsi deployment, all on one https origin.
 *
 * @throws {SettingsError} for what is wrong in the environment
 * @throws {Error} with code `EADDRINUSE` when the port is taken
 */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port, env = process.env, now = Date.now } = options;
  const settings = readSettings(env);
  const page = await createPage();
  const standin = settings.jitsiDomain === null ? createStandin(policyOf(settings, now), options.standin) : null;
  const app = new Hono();
  app.use(page.middleware);
  const redis = settings.redisUrl === null ? null : connectRedis(settings.redisUrl, console.error);
  const rateLimit = createRateLimit({ tokens: settings.tokensPerMinute, redis });
  const firstUse = redis ? firstUseIn(redis) : undefined;
  app.route('/', createDemoApp(settings, { now, onError: logError, rateLimit, ...(firstUse && { firstUse }) }));
  if (standin) app.route('/', standin.app);
  const listening = {
    port: port ?? settings.port,
    hostname: settings.host,
    ...(standin && { attach: standin.attach }),
  };
  const server = await serveHttps(app, listening).catch(async (error: unknown) => {
    await page.close();
    redis?.disconnect();
    throw error;
  });
  return {
    url: server.origin,
    async close() {
      await standin?.close();
      await server.close();
      await page.close();
      redis?.disconnect();
    },
  };
}

function policyOf(settings: Settings, now: () => number): StandinPolicy {
  const { appId, acceptedIssuers, acceptedAudiences, allowEmpty, domainVerification, xmppDomain } = settings;
  const claims = { appId, acceptedIssuers, acceptedAudiences, domainVerification, xmppDomain };
  return { ...claims, ...checkingKeys(settings, ringOf(settings, now)), allowEmptyToken: allowEmpty };
}

function logError(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

async function main(): Promise<void> {
  try {
    const demo = await startDemo({ standin: { weight: true } });
    console.log(demo.url);
    console.log('Its certificate is self-signed: the browser warns once, and going on is right here.');
    const stop = (): void => void demo.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}

function sentenceFor(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${error.port} is taken. Choose another: PORT=${Number(error.port) + 1} npm start`;
  }
  throw error;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main();
