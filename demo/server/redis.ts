import { Redis } from 'ioredis';

/**
 * A connection that fails at once while Redis is down, so that no request waits, and tries again every two seconds. It
 * logs once that Redis is gone, and once that it is back.
 */
export function connectRedis(url: string, say: (message: string) => void): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 500,
    retryStrategy: (tries) => Math.min(tries * 100, 2000),
  });
  let isDown = false;
  redis.on('error', () => {
    if (!isDown) say('Redis is down: each process now limits for itself.');
    isDown = true;
  });
  redis.on('ready', () => {
    if (isDown) say('Redis is back: the limit is shared again.');
    isDown = false;
  });
  return redis;
}

/** Whether a sign-in code is used for the first time, among all processes. Rejects while Redis is down. */
export function firstUseIn(redis: Redis): (id: string, expiresAt: number) => Promise<boolean> {
  return async (id, expiresAt) => (await redis.set(`code:${id}`, '1', 'EXAT', expiresAt, 'NX')) === 'OK';
}
