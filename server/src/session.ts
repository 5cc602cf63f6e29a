import { createHmac, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { EncryptJWT, jwtDecrypt } from 'jose';
import type { Store } from './store/store.js';

/** A session in an encrypted cookie: any process that has the secret can read it. */
export interface Sessions<Content> {
  /** Gives a new cookie, whatever the browser brought. Seconds; default: the life of these sessions. */
  start(context: Context, content: Content, life?: number): Promise<void>;
  read(context: Context): Promise<Content | null>;
  /** Takes the cookie away, and lets a copy of it count no more. */
  end(context: Context): Promise<void>;
}

export interface SessionOptions {
  secret: string;
  /** Of the cookie, without `__Host-`; a session of another name doesn't count. */
  name: string;
  /** What the sessions belong to, besides their name: another provider, another deployment. */
  purpose?: string;
  /** Seconds. */
  life: number;
  store: Pick<Store, 'endSession' | 'hasEnded'>;
  now?: () => number;
}

const attributes = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

/** Browsers drop cookies over 4096 bytes, name and attributes included. */
const longestCookie = 3800;

export function createSessions<Content>(options: SessionOptions): Sessions<Content> {
  const { secret, name, purpose = '', life: usualLife, store, now = Date.now } = options;
  const key = keyFor(secret, JSON.stringify([name, purpose]));
  // `__Host-`: for this host and https only, which the browser enforces.
  const cookie = `__Host-${name}`;

  async function open(context: Context): Promise<{ content: Content; id: string; until: number } | null> {
    const sealed = getCookie(context, cookie);
    if (!sealed || sealed.length > longestCookie) return null;
    try {
      const { payload } = await jwtDecrypt<{ content: Content }>(sealed, key, {
        currentDate: new Date(now()),
        requiredClaims: ['jti', 'exp', 'content'],
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return { content: payload.content, id: payload.jti!, until: payload.exp! };
    } catch {
      return null;
    }
  }

  return {
    async start(context, content, life = usualLife) {
      const sealed = await new EncryptJWT({ content })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setJti(randomUUID())
        .setExpirationTime(Math.floor(now() / 1000) + life)
        .encrypt(key);
      if (sealed.length > longestCookie)
        throw new SessionTooLarge('What has to be remembered does not fit into a cookie.');
      setCookie(context, cookie, sealed, { ...attributes, maxAge: life });
    },
    async read(context) {
      const session = await open(context);
      return session && !(await store.hasEnded(session.id)) ? session.content : null;
    },
    async end(context) {
      const session = await open(context);
      deleteCookie(context, cookie, attributes);
      if (session) await store.endSession(session.id, session.until);
    },
  };
}

export class SessionTooLarge extends Error {
  static {
    this.prototype.name = 'SessionTooLarge';
  }
}

/** A key of 32 bytes for one purpose. */
export const keyFor = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(createHmac('sha256', secret).update(purpose).digest());
