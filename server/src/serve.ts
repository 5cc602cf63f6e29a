import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { watchAccess } from './access/watch.js';
import { createApp } from './app.js';
import { createLog, faultOf, type Log } from './log.js';
import { createMetrics } from './metrics.js';
import type { Settings } from './settings.js';
import { signingOf } from './signing.js';
import { createRedisStore } from './store/redis.js';
import { elementFiles } from './element-files.js';

export interface RunningServer {
  /** Where it listens: `http://HOST:PORT`. */
  url: string;
  /** Reads access.yaml at once. */
  reload(): void;
  /** Takes no more connections, answers what is under way (at most `patience` milliseconds), and ends. */
  close(patience?: number): Promise<void>;
}

export interface ServeOptions {
  log?: Log;
  now?: () => number;
  /** Milliseconds between two looks at access.yaml. */
  accessInterval?: number;
}

/**
 * Starts the server. Rejects with an `AccessError`, with `config-invalid` for the key file, or with a code such as
 * `EADDRINUSE`.
 */
export async function serve(settings: Settings, options: ServeOptions = {}): Promise<RunningServer> {
  const { log = createLog(settings.logLevel), now = Date.now, accessInterval } = options;
  const metrics = createMetrics();
  const access = watchAccess(settings.accessFile, {
    ...(accessInterval !== undefined && { interval: accessInterval }),
    onChange(problem, rules) {
      if (problem === null) log.info({ event: 'access-read', rules: rules.list.length });
      else log.error({ event: 'access-unusable', problem, meanwhile: 'the last good rules count' });
      if (problem !== null) metrics.accessFaults.inc();
      metrics.accessRules.set(rules.list.length);
    },
  });
  metrics.accessRules.set(access.rules.list.length);
  const signing = signingOf(settings, (error) => log.error({ event: 'keys-unusable', ...faultOf(error) }), now);
  const redis = settings.redisUrl === null ? null : createRedisStore(settings.redisUrl, { onChange: tellRedis, now });
  if (redis) {
    metrics.registry.registerMetric(metrics.redisUp);
    metrics.redisUp.set(0);
    await redis.ready();
    metrics.redisUp.set(redis.state === 'connected' ? 1 : 0);
  }

  function tellRedis(state: 'connected' | 'away'): void {
    metrics.redisUp.set(state === 'connected' ? 1 : 0);
    if (state === 'connected') log.info({ event: 'redis-back' });
    else
      log.error({
        event: 'redis-away',
        meanwhile: 'each process limits by itself; sign-in, codes and links for guests are refused',
      });
  }

  let stopping = false;
  const app = createApp({ settings, signing, access, redis, log, metrics, isStopping: () => stopping, now });
  // How long a client may take: Node's own limits are a minute for the head and five for all of it.
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 20_000,
    connectionsCheckingInterval: 2_000,
    keepAliveTimeout: 65_000,
  });
  server.on(
    'request',
    getRequestListener((request, env) => app.fetch(request, env as never)),
  );

  function release(): void {
    access.close();
    signing.ring?.close();
    void redis?.close();
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: settings.port, host: settings.host }, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: unknown) => {
    release();
    throw error;
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`;
  log.info({
    event: 'listening',
    url,
    publicUrl: settings.publicUrl,
    jitsi: settings.jitsiDomain,
    rules: access.rules.list.length,
  });
  if (Object.keys(elementFiles()).length === 0)
    log.warn({ event: 'element-missing', meaning: 'pages for guests do not work: build jitsi-meeting-element' });
  return {
    url,
    reload: () => {
      // A change counts when it is seen twice.
      access.look();
      access.look();
    },
    async close(patience = 10_000) {
      stopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), patience);
      await closed;
      clearTimeout(timer);
      release();
      log.info({ event: 'stopped' });
    },
  };
}
