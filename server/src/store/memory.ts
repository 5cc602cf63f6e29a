import type { Place } from '../access/decide.js';
import type { Invitation } from '../invitations/invitation.js';
import { nameOf, type Store } from './store.js';

/** For one process. When it ends, links for guests are gone: none can be used twice. */
export function createMemoryStore(now: () => number = Date.now): Store {
  const used = expiring<true>(now);
  const ended = expiring<true>(now);
  const hosts = expiring<true>(now);
  const saved = expiring<{ invitation: Invitation; left: number }>(now);
  return {
    state: 'memory',
    async firstUse(id, expiresAt) {
      if (used.get(id)) return false;
      used.set(id, true, expiresAt);
      return true;
    },
    async endSession(id, expiresAt) {
      ended.set(id, true, expiresAt);
    },
    hasEnded: async (id) => ended.get(id) ?? false,
    async hostCame(place, seconds) {
      hosts.set(nameOf(place), true, now() / 1000 + seconds);
    },
    isHostThere: async (place) => hosts.get(nameOf(place)) ?? false,
    invitations: {
      async save(ref, invitation) {
        saved.set(ref, { invitation, left: invitation.uses }, invitation.until);
      },
      find: async (ref) => saved.get(ref) ?? null,
      async use(ref) {
        const found = saved.get(ref);
        if (!found || found.left < 1) return false;
        found.left -= 1;
        return true;
      },
      revoke: async (ref) => saved.delete(ref),
      ofRoom: async (place: Place) =>
        saved
          .entries()
          .filter(([, { invitation }]) => nameOf(invitation) === nameOf(place))
          .map(([ref, found]) => ({ ref, ...found })),
    },
    async close() {},
  };
}

interface Expiring<Value> {
  get(key: string): Value | undefined;
  /** `until`: seconds since 1970. */
  set(key: string, value: Value, until: number): void;
  delete(key: string): boolean;
  entries(): [string, Value][];
}

/** A map that forgets what is over. It looks through all of it at most once a minute, when something is added. */
export function expiring<Value>(now: () => number): Expiring<Value> {
  const items = new Map<string, { value: Value; until: number }>();
  let swept = now();
  const isOver = (until: number): boolean => until * 1000 <= now();
  return {
    get(key) {
      const item = items.get(key);
      return item && !isOver(item.until) ? item.value : undefined;
    },
    set(key, value, until) {
      items.set(key, { value, until });
      if (now() - swept < 60_000) return;
      swept = now();
      for (const [other, item] of items) if (isOver(item.until)) items.delete(other);
    },
    delete: (key) => items.delete(key),
    entries: () => [...items].filter(([, { until }]) => !isOver(until)).map(([key, { value }]) => [key, value]),
  };
}
