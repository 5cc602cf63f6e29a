import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { JitsiMeetingError } from '../../src/errors.js';
import { askEndpoint } from '../../src/token/endpoint.js';
import { safeSignInUrl } from '../../src/token/sign-in-url.js';
import type { TokenEndpoint } from '../../src/token/types.js';
import { FakeClock } from '../support/clock.js';
import { startTokenServer } from '../support/token-server.js';

let server: Awaited<ReturnType<typeof startTokenServer>>;
let clock: FakeClock;

beforeAll(async () => {
  server = await startTokenServer();
});
afterAll(() => server.close());
beforeEach(() => {
  clock = new FakeClock();
  server.asked.length = 0;
  server.respond(200, 'application/json', '{"token":"t"}');
});

function ask(endpoint: Partial<TokenEndpoint> = {}, signal = new AbortController().signal, timeout = 10_000) {
  return askEndpoint(
    { url: `${server.origin}/api/token`, ...endpoint },
    { domain: 'meet.example.org', room: 'My Room', tenant: 'acme', reason: 'join', signal },
    { fetch, clock, baseUrl: undefined, timeout },
  );
}

async function failure(asking: Promise<unknown>): Promise<JitsiMeetingError> {
  const failed: unknown = await asking.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failed instanceof JitsiMeetingError)) throw new Error('expected a JitsiMeetingError', { cause: failed });
  return failed;
}

describe('the question', () => {
  it('is a POST of domain, room and tenant as JSON', async () => {
    await ask();
    const [{ method, url, headers, body }] = server.asked as [(typeof server.asked)[0]];
    expect(method).toBe('POST');
    expect(url.search).toBe('');
    expect(headers['content-type']).toBe('application/json');
    expect(headers.accept).toBe('application/json, application/jwt, text/plain');
    expect(JSON.parse(body)).toEqual({ domain: 'meet.example.org', room: 'My Room', tenant: 'acme' });
  });

  it('is a query with GET, beside what the address has already', async () => {
    await ask({ url: `${server.origin}/api/token?course=7`, method: 'get' });
    const [{ method, url, body }] = server.asked as [(typeof server.asked)[0]];
    expect(method).toBe('GET');
    expect(body).toBe('');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      course: '7',
      domain: 'meet.example.org',
      room: 'My Room',
      tenant: 'acme',
    });
  });

  it('says null for a meeting without a tenant, and leaves it out of a query', async () => {
    const meeting = { domain: 'd', room: 'r', tenant: null, reason: 'join', signal: new AbortController().signal };
    const tools = { fetch, clock, baseUrl: server.origin, timeout: 10_000 };
    await askEndpoint({ url: '/t' }, meeting as never, tools);
    await askEndpoint({ url: '/t', method: 'get' }, meeting as never, tools);
    expect(JSON.parse(server.asked[0]!.body)).toEqual({ domain: 'd', room: 'r', tenant: null });
    expect(server.asked[1]!.url.search).toBe('?domain=d&room=r');
  });

  it.each([
    [undefined, 'same-origin'],
    ['include', 'include'],
    ['omit', 'omit'],
  ] as const)('sends cookies as asked for: %s', async (credentials, expected) => {
    let sent: RequestInit | undefined;
    await askEndpoint(
      { url: 'https://www.example.org/t', ...(credentials ? { credentials } : {}) },
      { domain: 'd', room: 'r', tenant: null, reason: 'join', signal: new AbortController().signal },
      {
        fetch: (_, init) => ((sent = init), Promise.resolve(Response.json({ token: 't' }))),
        clock,
        baseUrl: undefined,
        timeout: 10_000,
      },
    );
    expect(sent).toMatchObject({ credentials: expected, cache: 'no-store' });
  });

  it('names an invalid address before anything is sent', async () => {
    await expect(ask({ url: '/api/token' })).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringContaining('token-url') as string,
    });
    expect(server.asked).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });

  it.each([
    [{ method: 'put' }, 'The attribute token-method is "put"; expected post or get.'],
    [{ credentials: 'yes' }, 'The attribute token-credentials is "yes"; expected same-origin, include or omit.'],
  ])('names an unknown word before anything is sent: %j', async (wrong, message) => {
    const error = await failure(ask(wrong as Partial<TokenEndpoint>));
    expect(error).toMatchObject({ code: 'config-invalid', message, retryable: false });
    expect(server.asked).toHaveLength(0);
    expect(clock.timers).toBe(0);
  });

  it('takes its words in any case, as HTML does', async () => {
    await ask({ method: 'GET', credentials: 'Omit' } as unknown as TokenEndpoint);
    expect(server.asked[0]!.method).toBe('GET');
  });
});

describe('an answer', () => {
  it.each([
    ['application/json', '{"token":"abc","expiresIn":300}', { token: 'abc', expiresIn: 300 }],
    ['application/json; charset=utf-8', '{"token":"abc"}', { token: 'abc' }],
    ['application/json', '{"jwt":"abc"}', { token: 'abc' }],
    ['application/json', '{"token":"abc","expiresIn":"300"}', { token: 'abc' }],
    ['application/vnd.acme+json', '{"token":"abc"}', { token: 'abc' }],
    ['application/jwt', 'abc\n', { token: 'abc' }],
    ['text/plain; charset=utf-8', ' abc ', { token: 'abc' }],
  ])('as %s: %j', async (type, body, expected) => {
    server.respond(200, type, body);
    const { serverTime, ...grant } = await ask();
    expect(grant).toEqual(expected);
    expect(Math.abs(serverTime! - Date.now())).toBeLessThan(5_000);
  });

  it("tells the server's clock by its Date header, and that nothing does without one", async () => {
    server.respond(200, 'application/jwt', 'abc', { date: 'Tue, 24 Nov 2026 12:34:56 GMT' });
    expect(await ask()).toEqual({ token: 'abc', serverTime: Date.UTC(2026, 10, 24, 12, 34, 56) });
    server.answerWith((response) => {
      response.sendDate = false;
      response.writeHead(200, { 'content-type': 'application/jwt' }).end('abc');
    });
    expect(await ask()).toEqual({ token: 'abc' });
  });

  it('tells the time of its headers, however long its body takes', async () => {
    server.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/jwt', date: 'Tue, 24 Nov 2026 12:00:00 GMT' });
      response.write('a');
      setImmediate(async () => {
        await clock.pass(6_000);
        response.end('bc');
      });
    });
    const { serverTime } = await ask();
    expect(serverTime! - clock.now()).toBe(Date.UTC(2026, 10, 24, 12) - Date.parse('2026-11-24T12:00:00Z'));
  });

  it.each([
    ['a login page', 200, 'text/html', '<h1>secret-body</h1>'],
    ['nothing', 204, undefined, ''],
    ['an empty text', 200, 'text/plain', ' \n'],
    ['JSON without a token', 200, 'application/json', '{"access":"secret-body"}'],
    ['JSON with a token that is not a text', 200, 'application/json', '{"token":{"raw":"secret-body"}}'],
    ['an empty token', 200, 'application/json', '{"token":""}'],
    ['an empty token beside another name of it', 200, 'application/json', '{"token":"","jwt":"secret-body"}'],
    ['a list', 200, 'application/json', '["secret-body"]'],
    ['null', 200, 'application/json', 'null'],
    ['broken JSON', 200, 'application/json', '{"token":"secret-body'],
    ['no content type', 200, undefined, 'secret-body'],
    ['64 KiB and a byte', 200, 'text/plain', 'secret-body'.padEnd(65_537, 'x')],
  ])('that holds no token: %s', async (_what, status, type, body) => {
    server.respond(status, type, body);
    const error = await failure(ask());
    expect(error.code).toBe('token-response-invalid');
    expect(error.status).toBe(status);
    expect(error.message).toContain(`status ${status}, ${type ?? 'no content type'}`);
    expect(error.retryable).toBe(false);
    expect(JSON.stringify([error.message, error.hint])).not.toContain('secret-body');
  });

  it('of 64 KiB is read, and more than that is not waited for', async () => {
    server.respond(200, 'text/plain', 'x'.repeat(65_536));
    expect((await ask()).token).toHaveLength(65_536);
    server.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('x'.repeat(70_000));
    });
    expect((await failure(ask())).message).toContain('more than 64 KiB');
  });

  it('after a redirect to a login page says that there was one', async () => {
    server.answerWith((response, { url }) => {
      if (url.pathname === '/login') response.writeHead(200, { 'content-type': 'text/html' }).end('<form>');
      else response.writeHead(302, { location: '/login?next=secret' }).end();
    });
    const error = await failure(ask());
    expect(error.code).toBe('token-response-invalid');
    expect(error.message).toContain('status 200, text/html, after a redirect');
    expect(error.hint).toContain('401');
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'token-endpoint-invalid', false],
    [401, 'token-auth-required', false],
    [403, 'token-forbidden', false],
    [404, 'token-endpoint-invalid', false],
    [405, 'token-endpoint-invalid', false],
    [408, 'token-endpoint-invalid', true],
    [429, 'token-rate-limited', true],
    [500, 'token-server', true],
    [503, 'token-server', true],
  ])('with status %i is %s', async (status, code, retryable) => {
    server.respond(status, 'application/problem+json', '{"title":"secret-body"}');
    const error = await failure(ask({ url: `${server.origin}/api/token?key=secret-body` }));
    expect(error).toMatchObject({ code, status, retryable });
    expect(error.message).toContain('/api/token');
    expect(JSON.stringify([error.message, error.hint, error.cause])).not.toContain('secret-body');
  });

  it.each([
    ['7', 7_000],
    ['0', 0],
    ['Tue, 24 Nov 2026 12:01:30 GMT', 90_000],
    ['Tue, 24 Nov 2026 11:00:00 GMT', 0],
    ['soon', undefined],
  ])('with Retry-After: %s', async (value, expected) => {
    server.respond(429, undefined, '', { 'retry-after': value, date: 'Tue, 24 Nov 2026 12:00:00 GMT' });
    expect((await failure(ask())).retryAfter).toBe(expected);
  });

  it('counts a date in Retry-After from the time that the answer itself tells', async () => {
    clock.jump(600_000);
    const date = 'Tue, 24 Nov 2026 12:00:00 GMT';
    server.respond(503, undefined, '', { date, 'retry-after': 'Tue, 24 Nov 2026 12:00:20 GMT' });
    expect((await failure(ask())).retryAfter).toBe(20_000);
  });

  it.each([
    [undefined, 30_000],
    [600_000, 20_000],
  ])(
    'counts a date in Retry-After from the time known before (%s ms ahead), where the answer tells none',
    async (skew, wait) => {
      const date = new Date(clock.now() + (skew ?? 10_000) + 20_000).toUTCString();
      const asking = askEndpoint(
        { url: 'https://www.example.org/t' },
        { domain: 'd', room: 'r', tenant: null, reason: 'join', signal: new AbortController().signal },
        {
          fetch: () => Promise.resolve(new Response('', { status: 503, headers: { 'retry-after': date } })),
          clock,
          baseUrl: undefined,
          timeout: 10_000,
          ...(skew === undefined ? {} : { serverNow: () => clock.now() + skew }),
        },
      );
      expect((await failure(asking)).retryAfter).toBe(wait);
    },
  );

  it.each([
    [400, 'The field room is missing.', 'The field room is missing.'],
    [401, 'Your session is over.', 'Your session is over.'],
    [403, 'Pages of this origin may not ask for tokens here.', 'Pages of this origin may not ask for tokens here.'],
    [400, '  two\n lines\u0007,\u202e a bell \u0000', 'two lines , a bell'],
    [400, `no to ${'eyJhbGciOiJIUzI1NiJ9.eyJyb29tIjoiKiJ9.c2ln'}, sorry`, 'no to (a token), sorry'],
    [400, `no to eyJhbGciOiJIUzI1NiJ9`, 'no to (a token)'],
    [500, 'x'.repeat(301), `${'x'.repeat(300)}…`],
    [500, 'x'.repeat(300), 'x'.repeat(300)],
  ])('with status %i says what the endpoint says: %j', async (status, detail, shown) => {
    server.respond(status, 'application/problem+json', JSON.stringify({ title: 'no', detail }));
    expect((await failure(ask())).message).toBe(`${server.origin}/api/token refused with status ${status}: ${shown}`);
  });

  it.each([['{"detail":7}'], ['{"detail":"\\u0000 "}'], ['{"detail":null}'], ['[]'], ['detail'], ['']])(
    'that says nothing readable is told without it: %s',
    async (body) => {
      server.respond(400, 'application/problem+json', body);
      expect((await failure(ask())).message).toBe(`${server.origin}/api/token refused with status 400.`);
    },
  );

  it.each([400, 403, 404, 429, 500, 503])('%i gives no address to sign in at', async (status) => {
    server.respond(status, 'application/problem+json', '{"signInUrl":"https://id.example.org/login"}');
    expect(await failure(ask())).not.toHaveProperty('signInUrl');
  });

  it('401 says where to sign in, if that is a place to go', async () => {
    server.respond(401, 'application/problem+json', '{"signInUrl":"https://id.example.org/login"}');
    expect((await failure(ask())).signInUrl).toBe('https://id.example.org/login');
    server.respond(401, 'application/problem+json', '{"signInUrl":"javascript:alert(1)"}');
    expect((await failure(ask())).signInUrl).toBeUndefined();
  });
});

describe('safeSignInUrl', () => {
  it.each([
    ['/login?next=a', 'https://www.example.org/api', 'https://www.example.org/login?next=a'],
    ['https://id.example.org/', 'https://www.example.org/', 'https://id.example.org/'],
    ['//id.example.org/', 'https://www.example.org/', 'https://id.example.org/'],
    ['/login', 'http://localhost:3000/api', 'http://localhost:3000/login'],
    ['//evil.example/', 'http://localhost:3000/', undefined],
    ['http://www.example.org/login', 'https://www.example.org/', undefined],
    ['http://evil.example/', 'https://www.example.org/', undefined],
    ['javascript:alert(1)', 'https://www.example.org/', undefined],
    [' \tJaVa\nScript:alert(1)', 'https://www.example.org/', undefined],
    ['data:text/html,x', 'https://www.example.org/', undefined],
    ['data:text/html,x', 'data:text/html,y', undefined],
    ['blob:https://www.example.org/1', 'https://www.example.org/', undefined],
    ['/login', undefined, undefined],
    ['http://', 'https://www.example.org/', undefined],
    [{ href: 'https://id.example.org/' }, 'https://www.example.org/', undefined],
    [undefined, 'https://www.example.org/', undefined],
  ])('%j from %s', (value, base, expected) => {
    expect(safeSignInUrl(value, base)).toBe(expected);
  });
});

describe('one try', () => {
  it('gives up after 10 s without an answer', async () => {
    server.answerWith(() => {});
    const asking = failure(ask());
    await server.arrival();
    await clock.pass(9_999);
    expect(clock.timers).toBe(1);
    await clock.pass(1);
    expect(await asking).toMatchObject({ code: 'token-timeout', retryable: true });
  });

  it('counts the body of the answer into the 10 s', async () => {
    server.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"token":');
    });
    const asking = failure(ask());
    await server.arrival();
    await clock.pass(10_000);
    expect(await asking).toMatchObject({ code: 'token-timeout', message: expect.stringContaining('10 s') as string });
    expect(clock.timers).toBe(0);
  });

  it('keeps no timer after an answer, or after none', async () => {
    await ask();
    expect(clock.timers).toBe(0);
    await failure(ask({ url: 'http://127.0.0.1:1/' }));
    expect(clock.timers).toBe(0);
  });

  it('calls an endpoint that refuses connections a network error', async () => {
    const error = await failure(ask({ url: 'http://127.0.0.1:1/t?key=secret' }));
    expect(error).toMatchObject({ code: 'token-network', retryable: true });
    expect(error.message).toBe('http://127.0.0.1:1/t could not be reached.');
  });

  it('calls a connection that breaks off in the body a network error', async () => {
    server.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"token":"secret-body');
      setImmediate(() => response.destroy());
    });
    const error = await failure(ask());
    expect(error.code).toBe('token-network');
    expect(`${error.message}${error.hint}`).not.toContain('secret-body');
  });

  it.each(['before it is sent', 'on its way', 'in its body'])('is aborted %s with the reason given', async (when) => {
    const aborter = new AbortController();
    const reason = new Error('left');
    if (when === 'before it is sent') aborter.abort(reason);
    server.answerWith((response) => {
      if (when === 'in its body') response.writeHead(200, { 'content-type': 'text/plain' }).write('a');
      setImmediate(() => aborter.abort(reason));
    });
    await expect(ask({}, aborter.signal)).rejects.toBe(reason);
    expect(clock.timers).toBe(0);
    expect(server.asked).toHaveLength(when === 'before it is sent' ? 0 : 1);
  });
});
