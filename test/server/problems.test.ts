import { describe, expect, it } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import {
  createTokenAuthRedirect,
  createTokenHandler,
  createTokenSigner,
  forbidden,
  TokenRefusal,
  unauthorized,
} from '../../src/server/index.js';

const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 'x'.repeat(32) });
const url = 'https://app.example.org/api/token';

const answerTo = (refusal: unknown): Promise<Response> =>
  createTokenHandler({ signer, authorize: () => refusal as TokenRefusal })(new Request(`${url}?room=daily`));

describe('a refusal', () => {
  it.each([
    [400, 'Bad request'],
    [401, 'Sign-in needed'],
    [403, 'Not allowed'],
    [404, 'Not found'],
    [405, 'Method not allowed'],
    [408, 'Request timed out'],
    [410, 'Gone'],
    [413, 'Body too large'],
    [415, 'Unsupported media type'],
    [429, 'Too many requests'],
    [500, 'Internal error'],
    [503, 'Not available'],
    [418, 'Error'],
    [599, 'Error'],
  ])('with status %i is called "%s", and has what it was made with', async (status, title) => {
    for (const response of [
      new TokenRefusal(status, 'Why.').toResponse(),
      await answerTo(new TokenRefusal(status, 'Why.')),
    ]) {
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('retry-after')).toBeNull();
      expect(await response.json()).toEqual({ status, title, detail: 'Why.' });
    }
  });

  it.each([399, 600, 200, 302, 0, -400, 400.5, Number.NaN, '403', null, undefined])(
    'can’t be made with the status %j',
    (status) => {
      try {
        void new TokenRefusal(status as number, 'Why.');
      } catch (error) {
        const { code, message, hint } = error as JitsiMeetingError;
        expect(code).toBe('config-invalid');
        expect(message).toBe('TokenRefusal: the status is not a number from 400 to 599.');
        expect(hint).toContain('401 where a sign-in is needed');
        return;
      }
      expect.fail('it was made');
    },
  );

  it.each([
    [0, '1'],
    [-5, '1'],
    [0.2, '1'],
    [1, '1'],
    [1.2, '2'],
    [60, '60'],
    [1e21, '31622400'],
    [Number.MAX_VALUE, '31622400'],
    [Number.NaN, null],
    [Infinity, null],
    [undefined, null],
  ])('asks to wait %d s: Retry-After %s', async (retryAfter, header) => {
    const refusal = new TokenRefusal(429, 'Slowly.', retryAfter === undefined ? {} : { retryAfter });
    expect(refusal.toResponse().headers.get('retry-after')).toBe(header);
    expect((await answerTo(refusal)).headers.get('retry-after')).toBe(header);
  });

  it('is an error with the name of its class', () => {
    expect(String(forbidden())).toBe('TokenRefusal: You are not allowed to join this meeting.');
    expect(Object.keys(forbidden())).toEqual(['status']);
  });

  it.each([
    [forbidden(), { status: 403, title: 'Not allowed', detail: 'You are not allowed to join this meeting.' }],
    [forbidden('Members only.'), { status: 403, title: 'Not allowed', detail: 'Members only.' }],
    [unauthorized(), { status: 401, title: 'Sign-in needed', detail: 'Sign in to join this meeting.' }],
    [
      unauthorized('/login'),
      { status: 401, title: 'Sign-in needed', detail: 'Sign in to join this meeting.', signInUrl: '/login' },
    ],
  ])('made by a short word says what it is', async (refusal, problem) => {
    expect(await (await answerTo(refusal)).json()).toEqual(problem);
  });

  it.each([
    [400, 'The token endpoint refused with status 400.'],
    [401, 'Sign in to join this meeting.'],
    [403, 'You are not allowed to join this meeting.'],
    [404, 'The token endpoint refused with status 404.'],
    [429, 'Too many tokens were asked for.'],
    [599, 'The token endpoint refused with status 599.'],
  ])('in the form of a Response with status %i keeps status and wait, and nothing else', async (status, detail) => {
    const headers = { 'retry-after': '7', 'set-cookie': 'a=b', 'x-own': '1' };
    const response = await answerTo(new Response('<h1>secret</h1>', { status, headers }));
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ detail });
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('set-cookie') ?? response.headers.get('x-own')).toBeNull();
    const date = new Response(null, { status, headers: { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' } });
    expect((await answerTo(date)).headers.get('retry-after')).toBeNull();
    expect((await answerTo(new Response(null, { status }))).headers.get('retry-after')).toBeNull();
  });

  it('of another copy of the package is taken by what it holds, and no further than that is of use', async () => {
    const brand = Symbol.for('jitsi-meeting-element.TokenRefusal');
    const theirs = (members: object): unknown =>
      Object.assign(Object.defineProperty(new Error('Theirs.'), brand, { value: true }), members);
    expect(await (await answerTo(theirs({ status: 401, signInUrl: '/in' }))).json()).toEqual({
      status: 401,
      title: 'Sign-in needed',
      detail: 'Theirs.',
      signInUrl: '/in',
    });
    for (const status of [undefined, 200, 700, '401', null]) {
      expect((await answerTo(theirs({ status, signInUrl: 7, retryAfter: '5' }))).status).toBe(403);
    }
    const odd = await answerTo(theirs({ status: 429, signInUrl: 7, retryAfter: '5' }));
    expect(odd.headers.get('retry-after')).toBeNull();
    expect(await odd.json()).not.toHaveProperty('signInUrl');
    expect((await answerTo(theirs({ status: 429, retryAfter: 5 }))).headers.get('retry-after')).toBe('5');
    expect((await answerTo(Object.create(theirs({ status: 401 }) as object))).status, 'inherited').toBe(500);
  });
});

describe('the body of a request', () => {
  const empty = JSON.stringify({ room: 'daily', x: '' });
  /** A body of just so many bytes. */
  const bodyOf = (bytes: number): string => JSON.stringify({ room: 'daily', x: 'x'.repeat(bytes - empty.length) });
  const post = (body: BodyInit, headers: Record<string, string> = {}): Request =>
    new Request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      duplex: 'half',
    } as RequestInit);
  const handler = createTokenHandler({ signer, authorize: () => ({ role: 'participant' }) });

  it.each([
    [8192, 200],
    [8193, 413],
  ])('may have 8192 bytes: %i -> %i', async (bytes, status) => {
    const body = bodyOf(bytes);
    expect(body).toHaveLength(bytes);
    const response = await handler(post(body));
    expect(response.status).toBe(status);
    if (status === 413) expect(await response.json()).toMatchObject({ detail: 'The body has more than 8192 bytes.' });
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of [body.slice(0, 5), body.slice(5)]) controller.enqueue(new TextEncoder().encode(part));
        controller.close();
      },
    });
    expect((await handler(post(chunks))).status).toBe(status);
  });

  it.each([
    ['8192', 200],
    ['8193', 413],
    ['0', 200],
  ])('is believed an announced length of %s where that is too much', async (length, status) => {
    expect((await handler(post(empty, { 'content-length': length }))).status).toBe(status);
  });

  it('may be cut between the bytes of a letter', async () => {
    const bytes = new TextEncoder().encode('{"room":"größe"}');
    const chunks = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const seen: string[] = [];
    const asks = createTokenHandler({ signer, authorize: ({ room }) => (seen.push(room), { role: 'participant' }) });
    expect((await asks(post(chunks))).status).toBe(200);
    expect(seen).toEqual(['gr%c3%b6%c3%9fe']);
  });

  it.each([
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['application/json ;charset=utf-8', 200],
    ['APPLICATION/JSON', 200],
    ['application/jsonx', 415],
    ['text/application/json', 415],
    ['application/json+x', 415],
    ['text/plain', 415],
    ['text/plain; application/json', 415],
    ['', 415],
  ])('is JSON, and says so: %s -> %i', async (type, status) => {
    const response = await handler(post(empty, { 'content-type': type }));
    expect(response.status).toBe(status);
    if (status === 415) {
      expect(await response.json()).toMatchObject({ detail: 'Send JSON: Content-Type: application/json.' });
    }
  });

  it.each([
    ['', 'The body is not JSON.'],
    ['{', 'The body is not JSON.'],
    ['null', 'The body is not a JSON object with room, domain and tenant.'],
    ['[]', 'The body is not a JSON object with room, domain and tenant.'],
    ['"daily"', 'The body is not a JSON object with room, domain and tenant.'],
    ['7', 'The body is not a JSON object with room, domain and tenant.'],
    ['{}', 'The field room is missing.'],
    ['{"room":null}', 'The field room is missing.'],
    ['{"room":""}', 'The field room is missing.'],
    ['{"room":7}', 'The field room is not a string.'],
    ['{"room":["a"]}', 'The field room is not a string.'],
    ['{"room":"a","tenant":7}', 'The field tenant is not a string.'],
    ['{"room":"a","tenant":false}', 'The field tenant is not a string.'],
    ['{"room":"a","domain":{}}', 'The field domain is not a string.'],
    ['{"room":"a","domain":"a b"}', 'The field domain is not a host, or a host with a port.'],
    ['{"room":"*"}', 'The room name is the wildcard *.'],
    ['{"room":"a:b"}', "The name of the room has : in it, and Jitsi's web server answers 404 to such a name."],
    ['{"room":"a","tenant":"static"}', "The name of the tenant is an address of Jitsi's own web server."],
  ])('that can’t be understood is told: %s', async (body, detail) => {
    const response = await handler(post(body));
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toContain(detail);
  });

  it('of any other method is not read', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'HEAD']) {
      const response = await handler(new Request(`${url}?room=daily`, { method }));
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST, OPTIONS']);
      if (method !== 'HEAD') expect(await response.json()).toMatchObject({ detail: 'Ask by POST or GET.' });
    }
  });
});

describe('a preflight (OPTIONS)', () => {
  const options = (origin?: string): Request =>
    new Request(url, { method: 'OPTIONS', headers: origin === undefined ? {} : { origin } });
  const handler = createTokenHandler({
    signer,
    authorize: () => ({ role: 'participant' }),
    allowedOrigins: ['https://www.example.com'],
  });

  it('lets a named origin ask, with cookies, and says for how long', async () => {
    const response = await handler(options('https://www.example.com'));
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toEqual({
      vary: 'Origin',
      'access-control-allow-origin': 'https://www.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Date, Retry-After',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'Content-Type, Authorization',
      'access-control-max-age': '600',
    });
  });

  it.each([['https://www.example.co'], ['null'], [undefined]])('lets %s ask nothing', async (origin) => {
    const response = await handler(options(origin));
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toEqual({ vary: 'Origin' });
  });
});

describe('the page that a person sees who came by a link', () => {
  const base = {
    domain: 'meet.example.org',
    signer,
    signInUrl: '/login',
    authorize: () => ({ role: 'participant' }) as const,
  };
  const app = 'https://app.example.org/sign-in';

  it.each([
    ['POST', `${app}?room=daily`, 405, 'Open this address by GET.', 'GET, HEAD'],
    ['GET', app, 400, 'The field room is missing.', null],
    ['GET', `${app}?room=a&room=b`, 400, 'The parameter room is given twice.', null],
    ['GET', `${app}?state=%7B`, 400, 'The parameter state is not JSON; expected what Jitsi puts in for {state}.', null],
    ['GET', `${app}?state=[]`, 400, 'The parameter state is not a JSON object; expected', null],
    ['GET', `${app}?state=7`, 400, 'The parameter state is not a JSON object; expected', null],
    ['GET', `${app}?room=a%3Ab`, 400, 'The name of the room has : in it', null],
    ['GET', `${app}?room=a&x=${'x'.repeat(4096)}`, 400, 'The address is too long.', null],
    ['GET', `${app}?room=a&tenant=acme`, 400, 'This endpoint signs no tokens for that tenant.', null],
    ['GET', `${app}?room=a&code_challenge=short`, 400, 'The code_challenge is not a SHA-256 in base64url', null],
  ])('%s %s: %i', async (method, address, status, words, allow) => {
    const response = await createTokenAuthRedirect(base)(new Request(address, { method }));
    expect([response.status, response.headers.get('allow')]).toEqual([status, allow]);
    expect(await response.text()).toContain(words);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('may be opened by an address of 4096 characters, and no more', async () => {
    const address = `${app}?room=a&x=`;
    const open = (length: number): Promise<Response> =>
      createTokenAuthRedirect(base)(new Request(address + 'x'.repeat(length - address.length)));
    expect((await open(4096)).status).toBe(302);
    expect((await open(4097)).status).toBe(400);
  });

  it.each([
    ['/login', '/login?returnTo=%2Fsign-in%3Froom%3Da'],
    ['/login?a=b', '/login?a=b&returnTo=%2Fsign-in%3Froom%3Da'],
    ['/login?returnTo=x', '/login?returnTo=%2Fsign-in%3Froom%3Da'],
    ['/login#in', '/login?returnTo=%2Fsign-in%3Froom%3Da#in'],
    ['https://id.example/?x#y', 'https://id.example/?x=&returnTo=%2Fsign-in%3Froom%3Da#y'],
  ])('signs in at %s', async (signInUrl, location) => {
    const redirect = createTokenAuthRedirect({ ...base, signInUrl, authorize: () => unauthorized() });
    const response = await redirect(new Request(`${app}?room=a`));
    expect([response.status, response.headers.get('location')]).toEqual([302, location]);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});
