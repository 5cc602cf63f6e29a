import { failures } from '../../src/token/failing.js';
import type { FakeClock } from './clock.js';
import { unsignedToken } from './jwt.js';

// There from the start, so that a test needs to wait for the clock alone.
await failures.load();

/** A backend on the fake clock that signs tokens of a given life (seconds), or does whatever the test says. */
export class FakeBackend {
  requests = 0;
  /** Paths that were asked. */
  urls: string[] = [];
  open = 0;
  /** The server's clock minus the device's, ms. */
  skew = 0;
  life = 3600;
  claims: Record<string, unknown> = {};
  answer: (request: Request) => Promise<Response> | Response = () => this.token();

  constructor(readonly clock: FakeClock) {}

  now(): number {
    return this.clock.now() + this.skew;
  }

  token(claims: Record<string, unknown> = {}): Response {
    const iat = Math.floor(this.now() / 1000);
    const token = unsignedToken({
      iat,
      exp: iat + this.life,
      iss: 'my_app',
      aud: 'jitsi',
      sub: 'meet.example.org',
      room: 'team',
      jti: `${this.requests}`,
      ...this.claims,
      ...claims,
    });
    return Response.json({ token }, { headers: { date: new Date(this.now()).toUTCString() } });
  }

  readonly fetch: typeof fetch = async (input, init) => {
    this.requests++;
    this.urls.push(new URL(new Request(input).url).pathname);
    this.open++;
    const { signal } = init ?? {};
    try {
      return await new Promise<Response>((resolve, reject) => {
        const abort = (): void => reject(signal?.reason);
        if (signal?.aborted) return abort();
        signal?.addEventListener('abort', abort, { once: true });
        Promise.resolve(this.answer(new Request(input, init))).then(resolve, reject);
      });
    } finally {
      this.open--;
    }
  };
}
