import type { Redis } from 'ioredis';
import type { RateLimit } from 'jitsi-meeting-element/server';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

/**
 * Counts by person: so many in a minute. Without Redis, and while it is away, each process counts for itself.
 */
export function createRateLimit(
  points: number,
  redis: Redis | null,
  keyPrefix = 'jitsi-meeting-server:token',
): RateLimit {
  const rate = { points, duration: 60, keyPrefix };
  const own = new RateLimiterMemory(rate);
  const limiter = redis ? new RateLimiterRedis({ ...rate, storeClient: redis, insuranceLimiter: own }) : own;
  return async ({ user }) => {
    try {
      await limiter.consume(user?.id ?? 'nobody');
      return { allowed: true };
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return { allowed: false, retryAfter: refusal.msBeforeNext / 1000 };
      throw refusal;
    }
  };
}
