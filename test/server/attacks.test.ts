import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { ask, type HttpsAnswer } from '../support/https-client.js';

let demo: Demo;
let cookies: Record<'grace' | 'gus', string>;

beforeAll(async () => {
  demo = await startDemo({ port: 0, env: { TOKENS_PER_MINUTE: '1000' } });
  cookies = { grace: await cookieOf('grace'), gus: await cookieOf('gus') };
}, 60_000);
afterAll(() => demo.close());

async function cookieOf(person: string): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: demo.url };
  const answer = await ask(`${demo.url}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ person }) });
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

function token(
  who: keyof typeof cookies,
  fields: Record<string, unknown>,
  headers: Record<string, string> = {},
): Promise<HttpsAnswer> {
  const body = JSON.stringify({ domain: new URL(demo.url).host, ...fields });
  const all = { 'content-type': 'application/json', origin: demo.url, cookie: cookies[who], ...headers };
  return ask(`${demo.url}/api/token`, { method: 'POST', headers: all, body });
}

const claimsOf = ({ body }: HttpsAnswer): Record<string, unknown> =>
  decodeJwt((JSON.parse(body) as { token: string }).token);

describe('a person who is signed in, asking for more', () => {
  it('gets no other role, name, life or room by writing it into the body', async () => {
    const wishes = {
      role: 'moderator',
      moderator: true,
      affiliation: 'owner',
      user: { id: 'ada', name: 'Ada', moderator: true },
      context: { user: { id: 'ada', moderator: true }, room: { regex: true }, features: { recording: true } },
      features: { recording: true },
      group: 'board',
      sub: '*',
      exp: 9_999_999_999,
      expiresIn: 9_999_999,
      ['__proto__']: { role: 'moderator' },
      constructor: { prototype: { role: 'moderator' } },
    };
    const claims = claimsOf(await token('grace', { room: 'daily', ...wishes }));
    expect(claims).toMatchObject({ room: 'daily', sub: 'localhost', moderator: false });
    expect(claims['context']).toEqual({
      user: { id: 'grace', name: 'Grace Hopper', email: 'grace@example.org', moderator: false, affiliation: 'member' },
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(3600);
  });

  it.each([
    ['board'],
    ['Board'],
    ['%62oard'],
    ['lobby-bar/../board'],
    ['lobby-bar%2f..%2fboard'],
    ['lobby-bar\u0000'],
    ['lobby-bar?x=board'],
    ['*'],
    ['%2a'],
    ['＊'],
    ['.*'],
    [''],
    ['..'],
  ])('gets into no room that is not theirs by spelling it %j', async (room) => {
    const { status } = await token('gus', { room });
    expect([400, 403]).toContain(status);
  });

  it('gets no tenant by escaping from it', async () => {
    for (const tenant of ['../x', 'a/b', '..', '*', 'a b', '%2e%2e', 'x\r\ny']) {
      expect((await token('gus', { room: 'lobby-bar', tenant })).status, tenant).toBe(400);
    }
  });

  it('reads the same room name that is signed: no two spellings apart', async () => {
    const claims = claimsOf(await token('gus', { room: 'LOBBY%2Dbar' }));
    expect(claims['room']).toBe('lobby-bar');
  });
});

describe('another site, with the visitor’s cookies', () => {
  it.each([
    ['cross-origin JSON', { origin: 'https://evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a look-alike', { origin: 'https://localhost.evil.example' }],
    ['the same host by http', { origin: 'http://localhost' }],
    ['another port', { origin: 'https://localhost:1' }],
  ])('gets no token: %s', async (_, headers) => {
    const answer = await token('grace', { room: 'daily' }, headers);
    expect(answer.status).toBe(403);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', ''])(
    'gets no token by a form of type %j',
    async (type) => {
      const answer = await token('grace', { room: 'daily' }, { origin: 'https://evil.example', 'content-type': type });
      expect([403, 415]).toContain(answer.status);
    },
  );

  it('can neither sign the visitor in nor out', async () => {
    for (const path of ['/api/sign-in', '/api/sign-out']) {
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        origin: 'https://evil.example',
        'sec-fetch-site': 'cross-site',
        cookie: cookies.grace,
      };
      const answer = await ask(demo.url + path, { method: 'POST', headers, body: 'person=gus' });
      expect(answer.status, path).toBe(403);
      expect(answer.headers['set-cookie'], path).toBeUndefined();
    }
  });

  it('gets no image, frame or link to carry a token to it', async () => {
    const query = new URLSearchParams({ domain: new URL(demo.url).host, room: 'daily' });
    const headers = { cookie: cookies.grace, 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'image' };
    expect((await ask(`${demo.url}/api/token?${query}`, { headers })).status).toBe(403);
  });
});

describe('requests that are too much', () => {
  it('of 10 MB are refused, and the server goes on', async () => {
    const headers = { 'content-type': 'application/json', origin: demo.url, cookie: cookies.grace };
    const body = JSON.stringify({ room: 'x'.repeat(10_000_000) });
    // The server may close the connection before all was sent.
    const answer = await ask(`${demo.url}/api/token`, { method: 'POST', headers, body }).catch((error: Error) => error);
    if ('status' in answer) expect(answer.status).toBe(413);
    else expect(answer.message).toMatch(/EPIPE|ECONNRESET|hang up/);
    expect((await token('grace', { room: 'daily' })).status).toBe(200);
  });

  it('of deep JSON are refused', async () => {
    const headers = { 'content-type': 'application/json', origin: demo.url, cookie: cookies.grace };
    const answer = await ask(`${demo.url}/api/token`, { method: 'POST', headers, body: '['.repeat(8000) });
    expect(answer.status).toBe(400);
  });
});

describe('cookies that somebody made', () => {
  it.each([
    [
      'unsigned',
      'eyJhbGciOiJub25lIiwidHlwIjoic2Vzc2lvbiJ9.eyJjb250ZW50Ijp7ImlkIjoiYWRhIiwiZ3JvdXBzIjpbIm1vZGVyYXRvcnMiXX19.',
    ],
    ['a meeting’s token', null],
    ['rubbish', 'x'.repeat(10_000)],
  ])('are ignored: %s', async (_, value) => {
    const meetingToken = (JSON.parse((await token('grace', { room: 'daily' })).body) as { token: string }).token;
    const headers = { cookie: `__Host-session=${value ?? meetingToken}` };
    const { status, body } = await ask(`${demo.url}/api/me`, { headers });
    if (status === 200) expect(JSON.parse(body)).toEqual({ person: null });
    else expect(status).toBe(431);
  });

  it('of a sign-in under way do not count as a session', async () => {
    const headers = { cookie: cookies.grace.replace('__Host-session', '__Host-oidc-attempt') };
    expect(JSON.parse((await ask(`${demo.url}/api/me`, { headers })).body)).toEqual({ person: null });
  });
});
