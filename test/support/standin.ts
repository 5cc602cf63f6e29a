import { SignJWT, type JWTPayload } from 'jose';
import { createStandin, type StandinOptions, type StandinPolicy } from '../../demo/standin/index.js';
import { serveHttps, type HttpsServer } from '../../demo/https.js';

export const secret = 'a-secret-for-tests-only-of-32-bytes!';

/** A hand-made install: HS256, domain verification on. */
export const policy: StandinPolicy = { appId: 'my_app', appSecret: secret, xmppDomain: 'meet.example.com' };

/** A token that `policy` takes for any room, for an hour; `changes` break or extend it (undefined removes a claim). */
export function mintToken(
  changes: JWTPayload = {},
  { key = secret, header = {} }: { key?: string; header?: object } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims: JWTPayload = {
    iss: 'my_app',
    aud: 'jitsi',
    sub: 'meet.example.com',
    room: '*',
    iat: now,
    exp: now + 3600,
    context: { user: { name: 'Tess Token', email: 'tess@example.org', moderator: true } },
    ...changes,
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...header })
    .sign(new TextEncoder().encode(key));
}

export interface RunningStandin extends HttpsServer {
  /** Does something to it: `control('fault', {script: '404'})`, `control('rooms/NAME/drop')`. */
  control(path: string, body?: object): Promise<void>;
  rooms(): Promise<
    { room: string; locked: boolean; occupants: { id: string; name?: string; role: string; ghost: boolean }[] }[]
  >;
}

/** A stand-in on a free port, a hundred times faster than the real app, that obeys its controls. */
export async function startStandin(
  changes: Partial<StandinPolicy> = {},
  options: StandinOptions = {},
): Promise<RunningStandin> {
  const standin = createStandin({ ...policy, ...changes }, { pace: 0.01, controls: true, ...options });
  const server = await serveHttps(standin.app, { attach: standin.attach });
  return {
    ...server,
    async control(path, body = {}) {
      const response = await standin.app.request(`/_standin/${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    },
    rooms: async () => (await standin.app.request('/_standin/rooms')).json(),
    async close() {
      await standin.close();
      await server.close();
    },
  };
}
