import { randomBytes } from 'node:crypto';
import { EncryptJWT, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFor } from '../src/session.js';
import { startServer, type TestServer } from './support/running.js';
import { Visitor } from './support/visitor.js';

let server: TestServer;
let alice: Visitor;
beforeAll(async () => {
  server = await startServer();
  alice = new Visitor(server.home);
  await alice.signIn('alice');
});
afterAll(() => server.close());

const board = { domain: 'meet.example.org', room: 'Board' };
const cookieOf = (visitor: Visitor): string =>
  [...visitor.cookies(server.home)].map(([name, value]) => `${name}=${value}`).join('; ');

/** Asked with Alice's cookies, as her browser would for a page that somebody else made. */
const asAlice = (path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> =>
  fetch(server.home + path, { redirect: 'manual', ...init, headers: { cookie: cookieOf(alice), ...init.headers } });

describe('a page of another site, with the cookies of a person (CSRF)', () => {
  const json = { 'content-type': 'application/json' };
  const strangers: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost' },
    { origin: 'http://localhost.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ];
  const targets: [method: string, path: string, body: string][] = [
    ['POST', '/api/token', JSON.stringify(board)],
    ['POST', '/api/invitations', JSON.stringify({ room: 'Board' })],
    ['DELETE', `/api/invitations/${'a'.repeat(40)}`, ''],
    ['POST', '/api/guest', JSON.stringify({ invitation: 'a'.repeat(43) })],
    ['POST', '/api/sign-out', ''],
  ];
  const cases = targets.flatMap((target) => strangers.map((stranger) => [...target, stranger] as const));

  it.each(cases)('%s %s is refused (%#)', async (method, path, body, stranger) => {
    const response = await asAlice(path, { method, headers: { ...json, ...stranger }, ...(body && { body }) });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    '',
  ])('makes no link by a form (%s)', async (type) => {
    const headers = { origin: server.home, ...(type && { 'content-type': type }) };
    const response = await asAlice('/api/invitations', { method: 'POST', headers, body: '{"room":"Board"}' });
    expect(response.status).toBe(415);
  });

  it('has not signed anybody out', async () => {
    expect((await alice.post('/api/token', board)).status).toBe(200);
  });
});

describe('claims that the client makes up', () => {
  const names = [
    'X-Forwarded-User',
    'X-Forwarded-Groups',
    'X-Groups',
    'X-Auth-Request-Groups',
    'Remote-User',
    'Remote-Groups',
    'X-Remote-Group',
    'OIDC_CLAIM_groups',
    'X-Userinfo',
    'X-Forwarded-Email',
    'Authorization',
  ];

  it.each(names)('count nothing in the header %s', async (name) => {
    const bob = new Visitor(server.home);
    await bob.signIn('bob');
    for (const visitor of [bob, new Visitor(server.home)]) {
      const { status } = await visitor.post('/api/token', board, { [name]: 'board' });
      expect(status).toBe(visitor === bob ? 403 : 401);
    }
  });

  it.each([
    { groups: ['board'] },
    { user: { groups: ['board'] } },
    { role: 'moderator' },
    { session: { groups: ['board'] } },
    { __proto__: { groups: ['board'] } },
  ])('count nothing in the body: %j', async (more) => {
    const bob = new Visitor(server.home);
    await bob.signIn('bob');
    expect((await bob.post('/api/token', { ...board, ...more })).status).toBe(403);
    expect((await bob.post('/api/token?groups=board&room=Kitchen', { ...board, ...more })).status).toBe(403);
  });

  it.each([
    ['Host', 'evil.example'],
    ['X-Forwarded-Host', 'evil.example'],
    ['Forwarded', 'host=evil.example;proto=https'],
    ['X-Original-URL', '/metrics'],
    ['X-Rewrite-URL', '/metrics'],
  ])('lead no sign-in elsewhere (%s)', async (name, value) => {
    const { url } = await new Visitor(server.home).go('/api/oidc/sign-in', { headers: { [name]: value } });
    expect(url.searchParams.get('redirect_uri')).toBe(`${server.home}/api/oidc/callback`);
    expect(url.origin).toBe(server.provider.issuer);
  });
});

describe('a session', () => {
  const session = '__Host-session';
  const content = { id: 'alice', name: 'Alice', groups: ['board'], claims: {} };
  const sealed = (key: Uint8Array, claims: object = {}): Promise<string> =>
    new EncryptJWT({ content, ...claims })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setJti('x')
      .setExpirationTime('1h')
      .encrypt(key);
  const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

  const forged: Record<string, () => Promise<string> | string> = {
    'plain JSON': () => JSON.stringify(content),
    'of another secret': () => sealed(new Uint8Array(randomBytes(32))),
    'of the secret for another purpose': () =>
      sealed(keyFor('a session secret of this test, over 32 bytes', '["session",""]')),
    'signed, not encrypted': () =>
      new SignJWT({ content })
        .setProtectedHeader({ alg: 'HS256' })
        .setJti('x')
        .setExpirationTime('1h')
        .sign(randomBytes(32)),
    'with alg none': () => `${base64({ alg: 'none' })}.${base64({ content, jti: 'x', exp: 9e9 })}.`,
    'of zeroes': () => '0'.repeat(3000),
    'much too long': () => 'a'.repeat(6000),
  };

  it.each(Object.keys(forged))('that is %s counts nothing', async (kind) => {
    const eve = new Visitor(server.home);
    eve.cookies().set(session, await forged[kind]!());
    expect((await eve.post('/api/token', board)).status).toBe(401);
  });

  it('of one kind counts nothing as another kind', async () => {
    const eve = new Visitor(server.home);
    await eve.go('/api/oidc/sign-in');
    const attempt = eve.cookies().get('__Host-sign-in')!;
    eve.cookies().set(session, attempt);
    expect((await eve.post('/api/token', board)).status).toBe(401);
  });

  it('that somebody planted before the sign-in is another one after it, and over (fixation)', async () => {
    const eve = new Visitor(server.home);
    await eve.signIn('bob');
    const planted = eve.cookies().get(session)!;
    const victim = new Visitor(server.home);
    victim.cookies().set(session, planted);
    await victim.signIn('alice');
    expect(victim.cookies().get(session)).not.toBe(planted);
    expect((await eve.post('/api/token', { ...board, room: 'Kitchen' })).status).toBe(401);
    expect((await eve.post('/api/token', board)).status).toBe(401);
  });

  it('is made by no callback that another browser began (login CSRF), and by none twice', async () => {
    const eve = new Visitor(server.home);
    const { url } = await eve.go('/api/oidc/sign-in');
    const callback = await eve.atProvider(url, 'bob');
    const victim = new Visitor(server.home);
    expect((await victim.go(callback)).response.status).toBe(403);
    await victim.go('/api/oidc/sign-in');
    expect((await victim.go(callback)).response.status).toBe(403);
    expect(victim.cookies().has(session)).toBe(false);
    const before = new Map(eve.cookies());
    expect((await eve.go(callback)).response.status).toBe(302);
    for (const [name, value] of before) eve.cookies().set(name, value);
    const { response } = await eve.go(callback);
    expect(response.status).toBe(403);
    expect(response.headers.getSetCookie().some((cookie) => cookie.startsWith(`${session}=ey`))).toBe(false);
  });
});

describe('an address to return to', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/%0d%0aLocation:%20https://evil.example',
    '///evil.example',
    '/.//evil.example/..//',
    'http:evil.example',
    '',
    'x'.repeat(3000),
  ])('leads to no other site: %j', async (returnTo) => {
    const visitor = new Visitor(server.home);
    const { url, response } = await visitor.go(`/api/oidc/sign-in?${new URLSearchParams({ returnTo })}`);
    if (response.status === 400) return;
    const { url: end } = await visitor.go(await visitor.atProvider(url, 'alice'));
    expect(end.origin).toBe(server.home);
  });
});

describe('a link for guests', () => {
  const wrong = [
    '',
    'a',
    'a'.repeat(42),
    'a'.repeat(44),
    '../../x',
    '__proto__',
    'constructor',
    '*',
    "' OR 1=1 --",
    '\u0000'.repeat(43),
    ['a'.repeat(43)],
    { length: 43 },
    43,
    null,
    true,
  ];

  it.each(wrong.map((value) => [value]))('isn’t %j', async (invitation) => {
    const eve = new Visitor(server.home);
    for (const path of ['/api/guest', '/api/guest/look'])
      expect((await eve.post(path, { invitation, name: 'Eve' })).status).toBe(400);
  });

  it('isn’t guessed', async () => {
    const eve = new Visitor(server.home);
    await alice.post('/api/invitations', { room: 'Board' });
    const guesses = Array.from({ length: 200 }, () => randomBytes(32).toString('base64url'));
    const answers = await Promise.all(guesses.map((invitation) => eve.post('/api/guest', { invitation, name: 'Eve' })));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([410]));
  });

  it('isn’t found by what its list shows', async () => {
    const { body } = await alice.post('/api/invitations', { room: 'Board' });
    const eve = new Visitor(server.home);
    for (const invitation of [
      body.ref,
      body.ref + 'abc',
      Buffer.from(body.ref, 'hex').toString('base64url').padEnd(43, 'A'),
    ]) {
      expect((await eve.post('/api/guest', { invitation, name: 'Eve' })).status).toBeGreaterThanOrEqual(400);
    }
    expect((await eve.post(`/api/guest/${body.ref}/token`, { ...board, room: 'board' })).status).toBe(403);
    expect((await eve.go(`/api/guest/${body.ref}`)).response.status).toBe(403);
    expect((await eve.go(`/api/invitations/${body.ref}`, { method: 'DELETE' })).response.status).toBe(401);
  });

  it.each([['<img src=x onerror=alert(1)>'], ['\u202Enitsuj'], ['a\u0000b'], ["'; DROP TABLE"]])(
    'takes the name %j as text',
    async (name) => {
      const { body } = await alice.post('/api/invitations', { room: 'Board' });
      const guest = new Visitor(server.home);
      const { status, body: entry } = await guest.post('/api/guest', { invitation: body.url.split('#')[1], name });
      expect(status).toBe(200);
      const { response } = await guest.go(
        `/api/guest/${entry.ref}/token?${new URLSearchParams({ ...board, room: 'board' })}`,
      );
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it.each([[''], ['   '], ['x'.repeat(101)], [7], [{}]])('takes no name such as %j', async (name) => {
    const { body } = await alice.post('/api/invitations', { room: 'Board' });
    const { status } = await new Visitor(server.home).post('/api/guest', { invitation: body.url.split('#')[1], name });
    expect(status).toBe(400);
  });

  it('is not made without end', async () => {
    const statuses = new Set<number>();
    for (let time = 0; time < 40; time += 1)
      statuses.add((await alice.post('/api/invitations', { room: 'Board' })).status);
    expect(statuses).toContain(429);
  });
});

describe('a request', () => {
  it.each(['/api/token', '/api/invitations', '/api/guest', '/api/guest/look'])(
    'of 10 MB is not read (%s)',
    async (path) => {
      const { status } = await new Visitor(server.home).post(path, JSON.stringify({ room: 'x'.repeat(10_000_000) }));
      expect([401, 413]).toContain(status);
    },
  );

  it.each([
    '/api/keys/jwks.json',
    '/api',
    '/api/',
    '/.env',
    '/access.yaml',
    '/api/token/',
    '/API/TOKEN',
    '/metrics/',
    '//metrics',
  ])('finds nothing at %s', async (path) => {
    const response = await fetch(server.home + path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toMatch(/BEGIN|secret|at .*:\d+:\d+/);
  });

  it('gets no metrics where no token for them is set', async () => {
    const response = await fetch(`${server.home}/metrics`, { headers: { authorization: 'Bearer null' } });
    expect(response.status).toBe(403);
  });

  it.each(['TRACE', 'PUT', 'PATCH', 'PROPFIND'])('by %s gets no token', async (method) => {
    const { request } = await import('node:http');
    const status = await new Promise((resolve) => {
      request(`${server.home}/api/token`, { method, headers: { cookie: cookieOf(alice) } }, (response) =>
        resolve(response.resume().statusCode),
      ).end();
    });
    expect(status).toBeGreaterThanOrEqual(400);
  });

  it('is answered with what no cache keeps', async () => {
    for (const path of ['/api/token', '/api/me', '/api/oidc/sign-in', '/guest', '/invitations']) {
      expect((await asAlice(path, { headers: {} })).headers.get('cache-control'), path).toBe('no-store');
    }
  });
});
