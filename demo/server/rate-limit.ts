import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RateLimit } from '../../src/server/index.js';

export interface RateLimitOptions {
  /** Tokens for one person in `perSeconds`. */
  tokens: number;
  perSeconds?: number;
  /** Shares the limit with the other processes; without it, or while it is down, each process counts for itself. */
  redis?: Redis | null;
}

/** Counts by person. People who are not signed in get no token anyway. */
export function createRateLimit({ tokens, perSeconds = 60, redis = null }: RateLimitOptions): RateLimit {
  const rate = { points: tokens, duration: perSeconds, keyPrefix: 'token' };
  const local = new RateLimiterMemory(rate);
  const limiter = redis ? new RateLimiterRedis({ ...rate, storeClient: redis, insuranceLimiter: local }) : local;
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
