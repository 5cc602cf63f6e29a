import { Redis } from 'ioredis';
import type { Place } from '../access/decide.js';
import type { Invitation } from '../invitations/invitation.js';
import { createMemoryStore } from './memory.js';
import { nameOf, type Store, StoreAway, type StoredInvitation } from './store.js';

const prefix = 'jitsi-meeting-server:';

/** One step for Redis, so that two processes never take the same use. */
const takeUse = `
local left = tonumber(redis.call('HGET', KEYS[1], 'left') or '0')
if left < 1 then return 0 end
redis.call('HINCRBY', KEYS[1], 'left', -1)
return 1`;

export interface RedisStoreOptions {
  /** Told once when Redis goes away, and once when it is back. */
  onChange?: (state: 'connected' | 'away') => void;
  now?: () => number;
}

export interface RedisStore extends Store {
  readonly redis: Redis;
  /** Resolves when Redis has answered, or can't be reached. */
  ready(): Promise<void>;
}

/**
 * A connection that fails at once while Redis is away, so that no request waits, and tries again every two seconds.
 */
export function createRedisStore(url: string, options: RedisStoreOptions = {}): RedisStore {
  const { onChange, now = Date.now } = options;
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    commandTimeout: 500,
    retryStrategy: (tries) => Math.min(tries * 100, 2000),
  });
  let state: 'connected' | 'away' = 'away';
  let wasTold: 'connected' | 'away' = 'connected';
  const become = (next: 'connected' | 'away'): void => {
    state = next;
    if (wasTold === next) return;
    wasTold = next;
    onChange?.(next);
  };
  redis.on('error', () => become('away'));
  redis.on('close', () => become('away'));
  redis.on('ready', () => become('connected'));

  /** What this process knows by itself, for the time without Redis. */
  const own = createMemoryStore(now);
  const secondsLeft = (until: number): number => Math.max(1, Math.ceil(until - now() / 1000));

  async function find(ref: string): Promise<StoredInvitation | null> {
    const { data, left } = await asked(() => redis.hgetall(keyOf(ref)));
    return data === undefined ? null : { invitation: JSON.parse(data) as Invitation, left: Number(left) };
  }

  return {
    redis,
    get state() {
      return state;
    },
    async ready() {
      while (redis.status === 'connecting' || redis.status === 'connect') {
        await new Promise<void>((resolve) => {
          redis.once('ready', resolve);
          redis.once('close', resolve);
        });
      }
    },
    firstUse: (id, expiresAt) =>
      asked(async () => (await redis.set(`${prefix}used:${id}`, '1', 'EX', secondsLeft(expiresAt), 'NX')) === 'OK'),
    async endSession(id, expiresAt) {
      await own.endSession(id, expiresAt);
      await tried(() => redis.set(`${prefix}ended:${id}`, '1', 'EX', secondsLeft(expiresAt)));
    },
    hasEnded: async (id) =>
      (await own.hasEnded(id)) || Boolean(await tried(() => redis.exists(`${prefix}ended:${id}`))),
    async hostCame(place, seconds) {
      await own.hostCame(place, seconds);
      await tried(() => redis.set(`${prefix}host:${nameOf(place)}`, '1', 'EX', seconds));
    },
    isHostThere: async (place) =>
      (await own.isHostThere(place)) || Boolean(await tried(() => redis.exists(`${prefix}host:${nameOf(place)}`))),
    invitations: {
      save: (ref, invitation) =>
        asked(async () => {
          const seconds = secondsLeft(invitation.until);
          const answers = await redis
            .multi()
            .hset(keyOf(ref), { data: JSON.stringify(invitation), left: String(invitation.uses) })
            .expire(keyOf(ref), seconds)
            .sadd(roomKey(invitation), ref)
            .expire(roomKey(invitation), seconds, 'NX')
            .expire(roomKey(invitation), seconds, 'GT')
            .exec();
          const fault = answers?.find(([error]) => error)?.[0];
          if (fault || !answers) throw fault ?? new Error('Redis has not saved the link.');
        }),
      find,
      use: async (ref) => (await asked(() => redis.eval(takeUse, 1, keyOf(ref)))) === 1,
      async revoke(ref) {
        const found = await find(ref);
        if (!found) return false;
        await asked(() => redis.srem(roomKey(found.invitation), ref));
        return (await asked(() => redis.del(keyOf(ref)))) === 1;
      },
      async ofRoom(place) {
        const refs = await asked(() => redis.smembers(roomKey(place)));
        const found = await Promise.all(refs.map(async (ref) => ({ ref, stored: await find(ref) })));
        const gone = found.filter(({ stored }) => !stored).map(({ ref }) => ref);
        if (gone.length > 0) await asked(() => redis.srem(roomKey(place), ...gone));
        return found.flatMap(({ ref, stored }) => (stored ? [{ ref, ...stored }] : []));
      },
    },
    async close() {
      redis.disconnect();
    },
  };
}

/** What fails because Redis is away is refused. */
async function asked<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    throw new StoreAway('Redis can’t be asked right now.', { cause: error });
  }
}

/** What fails because Redis is away is left to this process. */
const tried = (question: () => Promise<unknown>): Promise<unknown> => question().catch(() => null);

const keyOf = (ref: string): string => `${prefix}invitation:${ref}`;
const roomKey = (place: Place): string => `${prefix}invitations:${nameOf(place)}`;
