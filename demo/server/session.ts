import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { jwtVerify, SignJWT } from 'jose';

/** A session in a signed cookie: any process that has the secret can read it, and none has to store it. */
export interface Sessions<T> {
  start(context: Context, content: T): Promise<void>;
  read(context: Context): Promise<T | null>;
  end(context: Context): void;
}

export interface SessionOptions {
  /** Of the cookie, without `__Host-`. */
  name?: string;
  /** Seconds. */
  life?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const attributes = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

export function createSessions<T>(secret: Uint8Array, options: SessionOptions = {}): Sessions<T> {
  const { name = 'session', life = 8 * 3600, now = Date.now } = options;
  // `__Host-`: for this host and https only, which the browser enforces.
  const cookie = `__Host-${name}`;
  return {
    async start(context, content) {
      const seconds = Math.floor(now() / 1000);
      const token = await new SignJWT({ content })
        .setProtectedHeader({ alg: 'HS256', typ: name })
        .setExpirationTime(seconds + life)
        .sign(secret);
      setCookie(context, cookie, token, { ...attributes, maxAge: life });
    },
    async read(context) {
      const token = getCookie(context, cookie);
      if (!token) return null;
      try {
        const checks = { algorithms: ['HS256'], typ: name, currentDate: new Date(now()) };
        const { payload } = await jwtVerify<{ content: T }>(token, secret, checks);
        return payload.content;
      } catch {
        return null;
      }
    },
    end(context) {
      deleteCookie(context, cookie, attributes);
    },
  };
}
