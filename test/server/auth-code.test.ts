import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createTokenAuthRedirect,
  createTokenSigner,
  TokenRefusal,
  type SignInCodeOptions,
  type TokenAuthRedirectOptions,
} from '../../src/server/index.js';

const own = 'https://app.example.org/api/jitsi-sign-in';
const page = 'https://meet.example.org';
const verifier = 'v'.repeat(64);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const secret = 'c'.repeat(32);
const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 's'.repeat(32) });

type Handler = (request: Request) => Promise<Response>;

function server(codes: Partial<SignInCodeOptions> = {}, options: Partial<TokenAuthRedirectOptions> = {}): Handler {
  return createTokenAuthRedirect({
    domain: 'meet.example.org',
    signer,
    signInUrl: '/login',
    authorize: () => ({ user: { id: 'ada' } }),
    codes: { secret, ...codes },
    ...options,
  });
}

async function codeOf(handler: Handler, more = '', state: object = { room: 'daily' }): Promise<string> {
  const query = new URLSearchParams({ state: JSON.stringify(state), code_challenge: challenge, nonce: 'n0nce' });
  const response = await handler(new Request(`${own}?${query}${more}`));
  return new URL(response.headers.get('location')!).searchParams.get('code')!;
}

function change(handler: Handler, code: string, form: Record<string, string> = {}, more = ''): Promise<Response> {
  const body = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, ...form });
  return post(handler, body + more);
}

function post(handler: Handler, body: string, method = 'POST'): Promise<Response> {
  const headers = { origin: page, 'content-type': 'application/x-www-form-urlencoded' };
  return handler(new Request(`${own}/token`, { method, headers, ...(method === 'POST' && { body }) }));
}

const statusOf = async (response: Promise<Response>): Promise<number> => (await response).status;

/** What the page can read: JSON, for its origin, kept nowhere. */
async function readable(response: Response): Promise<Record<string, unknown>> {
  expect(response.headers.get('access-control-allow-origin')).toBe(page);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-type')).toBe('application/json');
  return (await response.json()) as Record<string, unknown>;
}

describe('a code is used once', () => {
  it('by handlers that are made for each request', async () => {
    const code = await codeOf(server());
    expect(await statusOf(change(server(), code))).toBe(200);
    for (let i = 0; i < 3; i++) expect(await statusOf(change(server(), code))).toBe(400);
  });

  it('of ten that bring it at once, by one', async () => {
    const code = await codeOf(server());
    const statuses = await Promise.all(Array.from({ length: 10 }, () => statusOf(change(server(), code))));
    expect(statuses.sort()).toEqual([200, ...Array<number>(9).fill(400)]);
  });

  it('by one handler and another that was made later', async () => {
    const [first, second] = [server(), server()];
    const codes = await Promise.all([codeOf(first), codeOf(second), codeOf(first)]);
    for (const code of codes) expect(await statusOf(change(first, code))).toBe(200);
    for (const code of codes) expect(await statusOf(change(second, code))).toBe(400);
  });

  it('also at the edge of its life', async () => {
    const clock = { now: Date.UTC(2026, 10, 24) };
    const handler = server({ now: () => clock.now });
    const code = await codeOf(handler);
    clock.now += 59_999;
    expect(await statusOf(change(handler, code))).toBe(200);
    // Others that are over are forgotten meanwhile.
    expect(await statusOf(change(handler, await codeOf(handler)))).toBe(200);
    expect(await statusOf(change(handler, code))).toBe(400);
    clock.now += 1;
    expect(await statusOf(change(handler, code))).toBe(400);
  });

  it('with other parameters around it, too', async () => {
    const handler = server();
    const code = await codeOf(handler);
    expect(await statusOf(change(handler, code))).toBe(200);
    for (const form of ['scope=x', 'client_id=a', 'client_id=b', `redirect_uri=${page}/static/sso.html`]) {
      expect(await statusOf(change(handler, code, {}, `&${form}`))).toBe(400);
    }
  });

  it('and stays unused for the person it belongs to when somebody guesses at its verifier', async () => {
    const handler = server();
    const code = await codeOf(handler);
    for (const guess of ['w'.repeat(64), '', challenge]) {
      expect(await statusOf(change(handler, code, { code_verifier: guess }))).toBe(400);
    }
    expect(await statusOf(change(handler, code))).toBe(200);
  });
});

describe('a code is for one deployment, secret, page and client', () => {
  it('is refused by a handler of another domain', async () => {
    const code = await codeOf(server());
    expect(await statusOf(change(server({}, { domain: 'other.example.org' }), code))).toBe(400);
    expect(await statusOf(change(server(), code))).toBe(200);
  });

  it('is refused under another secret', async () => {
    expect(await statusOf(change(server({ secret: 'd'.repeat(32) }), await codeOf(server())))).toBe(400);
  });

  it('is refused for another page', async () => {
    const handler = server();
    const code = await codeOf(handler);
    for (const redirect_uri of ['https://evil.example/static/sso.html', `${page}/x`, '']) {
      expect(await statusOf(change(handler, code, { redirect_uri }))).toBe(400);
    }
    expect(await statusOf(change(handler, code, { redirect_uri: `${page}/static/sso.html` }))).toBe(200);
  });

  it('is refused for another client than the one it was made for, if there was one', async () => {
    const handler = server();
    const code = await codeOf(handler, '&client_id=jitsi');
    expect(await statusOf(change(handler, code, { client_id: 'other' }))).toBe(400);
    expect(await statusOf(change(handler, code))).toBe(400);
    expect(await statusOf(change(handler, code, { client_id: 'jitsi' }))).toBe(200);
    expect(await statusOf(change(handler, await codeOf(handler), { client_id: 'any' }))).toBe(200);
  });
});

describe('a parameter is given once', () => {
  it.each([
    'grant_type=authorization_code',
    'grant_type=refresh_token',
    'code=x',
    `code_verifier=${verifier}`,
    'x=1&x=2',
  ])('refuses another %s', async (more) => {
    const handler = server();
    const code = await codeOf(handler);
    const response = await change(handler, code, {}, `&${more}`);
    expect(response.status).toBe(400);
    expect(await readable(response)).toMatchObject({ error: 'invalid_request' });
    expect(await statusOf(change(handler, code))).toBe(200);
  });
});

describe('a store of used codes', () => {
  it.each([undefined, null, 0, 1, 'OK', 'true', {}, []])('that answers %j says neither yes nor no', async (answer) => {
    const heard: unknown[] = [];
    const handler = server({ firstUse: () => answer as unknown as boolean }, { onError: (error) => heard.push(error) });
    const response = await change(handler, await codeOf(handler));
    expect(response.status).toBe(503);
    expect(await readable(response)).not.toHaveProperty('access_token');
    expect(String(heard[0])).toContain('expected true or false');
  });

  it('may answer at once or later', async () => {
    for (const firstUse of [() => true, async () => true]) {
      const handler = server({ firstUse });
      expect(await statusOf(change(handler, await codeOf(handler)))).toBe(200);
    }
    for (const firstUse of [() => false, async () => false]) {
      const handler = server({ firstUse });
      expect(await statusOf(change(handler, await codeOf(handler)))).toBe(400);
    }
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('redis://secret is down');
      },
    ],
    ['rejects', () => Promise.reject(new Error('redis://secret is down'))],
    ['rejects with a refusal', () => Promise.reject(new TokenRefusal(403, 'redis://secret'))],
    ['rejects with nothing', () => Promise.reject(undefined)],
  ])('that %s is told of, and the page can read that it may try again', async (_, firstUse) => {
    const heard: unknown[] = [];
    let isDown = true;
    const handler = server({ firstUse: () => (isDown ? firstUse() : true) }, { onError: (error) => heard.push(error) });
    const code = await codeOf(handler);
    const response = await change(handler, code);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(response.headers.get('access-control-expose-headers')).toContain('Retry-After');
    const body = await readable(response);
    expect(body).toMatchObject({ error: 'temporarily_unavailable' });
    expect(JSON.stringify(body)).not.toContain('redis');
    expect(heard).toHaveLength(1);
    // The code isn't lost by it.
    isDown = false;
    expect(await statusOf(change(handler, code))).toBe(200);
  });
});

describe('every answer to the page', () => {
  it.each([
    ['an empty body', ''],
    ['a body that is not a form', '{"grant_type":"authorization_code"}'],
    ['a body that is too long', 'x'.repeat(30_000)],
    ['a refresh', 'grant_type=refresh_token&refresh_token=x'],
    ['no code', 'grant_type=authorization_code'],
    ['an invalid code', 'grant_type=authorization_code&code=a.b.c'],
  ])('to %s is an error that it can read', async (_, body) => {
    const response = await post(server(), body);
    expect(response.status).toBeGreaterThanOrEqual(400);
    const answer = await readable(response);
    expect(Object.keys(answer)).toEqual(['error', 'error_description']);
  });

  it.each(['GET', 'PUT', 'DELETE'])('to %s says which methods there are', async (method) => {
    const response = await post(server(), '', method);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
    expect(await readable(response)).toMatchObject({ error: 'invalid_request' });
  });

  it('to a preflight names method and header', async () => {
    const response = await post(server(), '', 'OPTIONS');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(page);
    expect(response.headers.get('access-control-allow-methods')).toBe('POST');
  });
});

describe('a code is given', () => {
  it.each(['', '&nonce='])('only with a nonce (%j), as static/sso.html ends in an error without one', async (nonce) => {
    const query = `state=${encodeURIComponent('{"room":"daily"}')}&code_challenge=${challenge}${nonce}`;
    const response = await server()(new Request(`${own}?${query}`));
    const location = new URL(response.headers.get('location')!);
    expect(location.pathname).toBe('/daily');
    expect(location.searchParams.has('jwt')).toBe(true);
  });

  it('with a state in which the page finds the room of the token, and no setting that may not pass', async () => {
    const state = {
      room: 'Daily',
      roomSafe: 'another',
      tenant: '',
      'config.prejoinConfig.enabled': false,
      'config.tokenAuthUrl': 'https://evil.example',
      'config.startWithAudioMuted': true,
      refreshToken: 'x',
    };
    const query = new URLSearchParams({ state: JSON.stringify(state), code_challenge: challenge, nonce: 'n' });
    const response = await server()(new Request(`${own}?${query}`));
    const returned = new URL(response.headers.get('location')!).searchParams.get('state')!;
    expect(JSON.parse(decodeURIComponent(returned))).toEqual({
      room: 'Daily',
      roomSafe: 'daily',
      'config.startWithAudioMuted': true,
    });
  });

  it('under a secret of 32 characters or more', () => {
    for (const short of ['', 'x'.repeat(31), undefined, 32]) {
      expect(() => server({ secret: short as string })).toThrow('codes.secret has under 32 characters.');
    }
  });
});
