import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import {
  createTokenHandler,
  createTokenSigner,
  forbidden,
  unauthorized,
  type TokenHandlerOptions,
} from '../../src/server/index.js';

const endpoint = 'https://app.example.org/api/token';
const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 'x'.repeat(32) });

function handler(options: Partial<TokenHandlerOptions> = {}): (request: Request) => Promise<Response> {
  return createTokenHandler({ signer, authorize: () => ({ user: { id: 'ada' }, role: 'participant' }), ...options });
}

function post(body: unknown, headers: Record<string, string> = {}): Request {
  return new Request(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

async function problemOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('cache-control')).toBe('no-store');
  const problem = (await response.json()) as Record<string, unknown>;
  expect(problem['status']).toBe(response.status);
  return problem;
}

describe('the token endpoint', () => {
  it('answers a POST with JSON', async () => {
    const response = await handler({ tenants: ['acme'] })(
      post({ domain: 'meet.example.org', room: 'My Room', tenant: 'acme' }),
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const { token, expiresIn } = (await response.json()) as { token: string; expiresIn: number };
    expect(expiresIn).toBe(3600);
    expect(decodeJwt(token)).toMatchObject({ room: 'my%20room', sub: 'acme' });
  });

  it.each(['room=a&room=b', 'room=a&tenant=&tenant=acme', 'room=a&domain=a.example&domain=b.example'])(
    'refuses a query that names a field twice, of which authorize could read the other: %s',
    async (query) => {
      const response = await handler()(new Request(`${endpoint}?${query}`));
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('is given twice');
    },
  );

  it('answers a GET with the same in its query', async () => {
    const response = await handler()(new Request(`${endpoint}?room=Stra%C3%9Fe&domain=meet.example.org`));
    const { token } = (await response.json()) as { token: string };
    expect(decodeJwt(token)).toMatchObject({ room: 'stra%c3%9fe', sub: 'meet.example.org' });
  });

  it('hands authorize what was asked for, with the room as Jitsi spells it', async () => {
    const authorize = vi.fn(() => ({ user: { id: 'ada' } }));
    const request = post({ domain: 'meet.example.org', room: 'My Room' });
    await handler({ authorize })(request);
    expect(authorize).toHaveBeenCalledWith({ domain: 'meet.example.org', room: 'my%20room', tenant: null, request });
  });

  it('says 401 with where to sign in, 403 with why', async () => {
    const signIn = await handler({ authorize: () => unauthorized('/login') })(post({ room: 'daily' }));
    expect(signIn.status).toBe(401);
    expect(await problemOf(signIn)).toMatchObject({ signInUrl: '/login' });
    const refused = await handler({
      authorize: () => {
        throw forbidden('Members only.');
      },
    })(post({ room: 'daily' }));
    expect(refused.status).toBe(403);
    expect(await problemOf(refused)).toMatchObject({ detail: 'Members only.' });
  });

  it('says 429 with Retry-After where the limit is reached', async () => {
    const response = await handler({ rateLimit: async () => ({ allowed: false, retryAfter: 2.2 }) })(
      post({ room: 'a' }),
    );
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('3');
    await problemOf(response);
  });

  it('says 500 and nothing about what went wrong, and tells onError', async () => {
    const onError = vi.fn();
    const error = new Error('password=hunter2');
    const authorize = (): never => {
      throw error;
    };
    const response = await handler({ authorize, onError })(post({ room: 'daily' }));
    expect(response.status).toBe(500);
    expect(JSON.stringify(await problemOf(response))).not.toContain('hunter2');
    expect(onError).toHaveBeenCalledWith(error);
  });

  it.each([
    ['no room', {}, 400],
    ['an empty room', { room: '' }, 400],
    ['a wildcard', { room: '*' }, 400],
    ['an escaped wildcard', { room: '%2A' }, 400],
    ['a room that is not a string', { room: { any: true } }, 400],
    ['a room that is a list', { room: ['daily'] }, 400],
    ['a room with an apostrophe, which XMPP has not', { room: "bob's" }, 400],
    ['a room with a line break', { room: 'a\r\nb' }, 400],
    ["a room that Jitsi's web server does not serve", { room: 'Q&A' }, 400],
    ['the same, escaped', { room: 'Q%26A' }, 400],
    ['a room with a question mark', { room: 'How?' }, 400],
    ['a room with a colon', { room: '16:30 Standup' }, 400],
    ['a room with a quotation mark', { room: 'say "hi"' }, 400],
    ['a tenant in the name of the room', { room: 'acme/daily' }, 400],
    ["an address of Jitsi's web server as room", { room: 'http-bind' }, 400],
    ["a folder of Jitsi's web server as tenant", { room: 'daily', tenant: 'static' }, 400],
    ['a room of 501 letters', { room: 'a'.repeat(501) }, 400],
    ['a tenant with a path', { room: 'daily', tenant: '../other' }, 400],
    ['a tenant with dots', { room: 'daily', tenant: 'a.b' }, 400],
    ['no JSON', 'room=daily', 400],
    ['a JSON list', [], 400],
    ['JSON null', 'null', 400],
  ])('refuses %s', async (_, body, status) => {
    const authorize = vi.fn(() => ({ user: { id: 'ada' } }));
    const response = await handler({ authorize })(post(body));
    expect(response.status).toBe(status);
    await problemOf(response);
    expect(authorize).not.toHaveBeenCalled();
  });

  it('serves the domains it is told to and no other', async () => {
    const only = handler({ domains: ['meet.example.org'] });
    expect((await only(post({ room: 'daily', domain: 'meet.example.org' }))).status).toBe(200);
    expect((await only(post({ room: 'daily', domain: 'evil.example' }))).status).toBe(400);
    expect((await only(post({ room: 'daily' }))).status).toBe(400);
  });

  it('refuses other methods', async () => {
    const response = await handler()(new Request(endpoint, { method: 'DELETE' }));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, POST, OPTIONS');
  });
});

describe('pages of other origins', () => {
  const page = 'https://www.example.org';
  const open = handler({ allowedOrigins: [page] });

  it('may ask and read where they are named', async () => {
    const preflight = await open(new Request(endpoint, { method: 'OPTIONS', headers: { origin: page } }));
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': page,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'Content-Type, Authorization',
      'access-control-expose-headers': 'Date, Retry-After',
      vary: 'Origin',
    });
    const response = await open(post({ room: 'daily' }, { origin: page, 'sec-fetch-site': 'cross-site' }));
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  it('read the reasons of a refusal, too', async () => {
    const refusing = handler({ allowedOrigins: [page], authorize: () => unauthorized() });
    const response = await refusing(post({ room: 'daily' }, { origin: page }));
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
  });

  it.each(['https://evil.example', 'https://www.example.org.evil.example', 'http://www.example.org', 'null'])(
    'may not where they are not: %s',
    async (origin) => {
      const preflight = await open(new Request(endpoint, { method: 'OPTIONS', headers: { origin } }));
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
      const response = await open(post({ room: 'daily' }, { origin }));
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('may not send a GET with cookies either', async () => {
    const get = new Request(`${endpoint}?room=daily`, { headers: { 'sec-fetch-site': 'cross-site' } });
    expect((await open(get)).status).toBe(403);
  });

  it('may not send a form', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const response = await open(post('{"room":"daily"}', { 'content-type': type, origin: page }));
      expect(response.status).toBe(415);
    }
  });

  it('are told apart from the own origin, also behind a proxy that ends TLS', async () => {
    const own = { origin: 'https://app.example.org' };
    expect((await handler()(post({ room: 'daily' }, own))).status).toBe(200);
    const inner = (): Request =>
      new Request('http://10.0.0.7:3000/api/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...own },
        body: '{"room":"daily"}',
      });
    expect((await handler()(inner())).status).toBe(403);
    expect((await handler({ origin: 'https://app.example.org' })(inner())).status).toBe(200);
  });
});

describe('a body that is too much', () => {
  it('is refused by its announced length, without reading', async () => {
    const response = await handler()(post({ room: 'daily' }, { 'content-length': '10000000' }));
    expect(response.status).toBe(413);
    await problemOf(response);
  });

  it('is refused as soon as it passes the limit, whatever was announced', async () => {
    let sent = 0;
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(32));
      },
      cancel() {
        cancelled = true;
      },
    });
    const request = new Request(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect((await handler()(request)).status).toBe(413);
    expect(sent).toBeLessThan(20_000);
    expect(cancelled).toBe(true);
  });

  it('is given up when it does not arrive', async () => {
    const silent = new ReadableStream<Uint8Array>({});
    const request = new Request(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: silent,
      duplex: 'half',
    } as RequestInit);
    const response = await handler({ bodyTimeout: 20 })(request);
    expect(response.status).toBe(408);
    await problemOf(response);
  });
});
