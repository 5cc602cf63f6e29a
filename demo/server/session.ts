import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { jwtVerify, SignJWT } from 'jose';

/** Signed-in people, kept in the cookie itself: any process that has the secret can read it, none has to remember. */
export interface Sessions<T> {
  start(context: Context, content: T): Promise<void>;
  read(context: Context): Promise<T | null>;
  end(context: Context): void;
}

/** `__Host-`: for this host and https only, which the browser enforces. */
const cookie = '__Host-session';
const attributes = { httpOnly: true, secure: true, sameSite: 'Lax', path: '/' } as const;

/** `life` in seconds; `now` in milliseconds. */
export function createSessions<T>(secret: Uint8Array, { life = 8 * 3600, now = Date.now } = {}): Sessions<T> {
  return {
    async start(context, content) {
      const seconds = Math.floor(now() / 1000);
      const token = await new SignJWT({ content })
        .setProtectedHeader({ alg: 'HS256', typ: 'demo-session' })
        .setExpirationTime(seconds + life)
        .sign(secret);
      setCookie(context, cookie, token, { ...attributes, maxAge: life });
    },
    async read(context) {
      const token = getCookie(context, cookie);
      if (!token) return null;
      try {
        const options = { algorithms: ['HS256'], typ: 'demo-session', currentDate: new Date(now()) };
        const { payload } = await jwtVerify<{ content: T }>(token, secret, options);
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
