import { MeetingSession, type SessionTools } from '../../src/session/session.js';
import type { MeetingOptions } from '../../src/session/options.js';
import { FakeClock } from './clock.js';
import { FakeApi, fakeConstructor } from './fake-api.js';
import { unsignedToken } from './jwt.js';

export interface Told {
  name: string;
  detail: Record<string, unknown>;
}

const own = [
  'meeting-state-change',
  'token-received',
  'token-expiring',
  'token-expired',
  'token-renewed',
  'meeting-error',
  'meeting-warning',
];

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

/** A session with everything around it in the test's hands. */
export function makeSession(options: Partial<MeetingOptions> = {}, tools: Partial<SessionTools> = {}) {
  FakeApi.reset();
  const clock = new FakeClock();
  const backend = new FakeBackend(clock);
  const given: MeetingOptions = {
    domain: 'meet.example.org',
    room: 'team',
    source: { endpoint: { url: 'https://www.example.org/api/token' } },
    ...options,
  };
  const window = new EventTarget();
  const document = new EventTarget();
  const told: Told[] = [];
  const session = new MeetingSession(
    () => ({}) as HTMLElement,
    () => given,
    {
      clock,
      fetch: backend.fetch,
      random: () => 0.5,
      loadApi: () => Promise.resolve(fakeConstructor),
      surroundings: { window, document },
      secureContext: true,
      ...tools,
    },
  );
  for (const name of own) {
    session.addEventListener(name, (event) =>
      told.push({ name, detail: (event as CustomEvent<Record<string, unknown>>).detail }),
    );
  }
  return {
    session,
    clock,
    backend,
    options: given,
    window,
    document,
    told,
    /** The names told, state changes as `state:joined`. */
    names: (): string[] =>
      told.map(({ name, detail }) => (name === 'meeting-state-change' ? `state:${String(detail['state'])}` : name)),
    api: (): FakeApi => FakeApi.instances.at(-1)!,
  };
}
