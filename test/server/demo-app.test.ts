import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { createDemoApp } from '../../demo/server/app.js';
import { readSettings, SettingsError } from '../../demo/server/settings.js';
import type { Deployment } from '../../src/preflight/index.js';

const origin = 'https://localhost:8443';
const secret = 'the-secret-of-the-demo-in-this-test-file';
// As a stand-in without settings, but with a secret that is known here.
const standin = { ...readSettings({}), appSecret: secret };
const app = createDemoApp(standin);

type Body = Record<string, unknown>;

async function request(path: string, body?: Body, headers: Record<string, string> = {}): Promise<Response> {
  const init = body && { method: 'POST', body: JSON.stringify(body) };
  return app.request(origin + path, { ...init, headers: { 'content-type': 'application/json', origin, ...headers } });
}

async function signIn(person: string): Promise<string> {
  const response = await request('/api/sign-in', { person });
  expect(response.status).toBe(200);
  return response.headers.get('set-cookie')!.split(';')[0]!;
}

async function tokenFor(person: string, room: string, extra: Body = {}): Promise<Response> {
  const cookie = await signIn(person);
  return request('/api/token', { domain: 'localhost:8443', room, ...extra }, { cookie });
}

async function claimsOf(response: Response): Promise<Record<string, unknown>> {
  expect(response.status).toBe(200);
  const { token } = (await response.json()) as { token: string };
  return decodeJwt(token);
}

describe('sign-in', () => {
  it('keeps the person in a cookie that no script and no other site gets', async () => {
    const response = await request('/api/sign-in', { person: 'ada' });
    const attributes = response.headers.get('set-cookie')!.split('; ').slice(1);
    expect(response.headers.get('set-cookie')).toMatch(/^__Host-session=/);
    expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']));
    expect(response.headers.get('set-cookie')).not.toContain('Domain');
  });

  it('says who is signed in, until sign-out', async () => {
    expect(await (await request('/api/me')).json()).toEqual({ person: null });
    const cookie = await signIn('grace');
    const me = await request('/api/me', undefined, { cookie });
    expect(await me.json()).toEqual({ person: { id: 'grace', name: 'Grace Hopper', groups: ['members'] } });
    const out = await request('/api/sign-out', {}, { cookie });
    expect(out.headers.get('set-cookie')).toMatch(/^__Host-session=; Max-Age=0/);
    // A copy of the cookie is out, too.
    expect(await (await request('/api/me', undefined, { cookie })).json()).toEqual({ person: null });
  });

  it('takes no cookie that somebody made or kept too long', async () => {
    const cookie = await signIn('ada');
    const forged = cookie.slice(0, -3) + (cookie.endsWith('AAA') ? 'BBB' : 'AAA');
    expect(await (await request('/api/me', undefined, { cookie: forged })).json()).toEqual({ person: null });
    const later = createDemoApp(standin, { now: () => Date.now() + 9 * 3_600_000 });
    const response = await later.request(`${origin}/api/me`, { headers: { cookie } });
    expect(await response.json()).toEqual({ person: null });
  });

  it('refuses strangers', async () => {
    expect((await request('/api/sign-in', { person: 'mallory' })).status).toBe(403);
    expect((await request('/api/sign-in', { person: { id: 'ada' } })).status).toBe(403);
  });

  it('refuses a form of another site', async () => {
    const response = await app.request(`${origin}/api/sign-in`, {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' },
      body: '{"person":"ada"}',
    });
    expect(response.status).toBe(403);
  });
});

describe('who may join, and as what', () => {
  it('makes Ada a moderator everywhere', async () => {
    expect(await claimsOf(await tokenFor('ada', 'board'))).toMatchObject({
      room: 'board',
      sub: 'localhost',
      context: { user: { id: 'ada', name: 'Ada Lovelace', moderator: true } },
    });
  });

  it('makes Grace a participant, whatever the page asks for', async () => {
    const wish = { role: 'moderator', moderator: true, user: { moderator: true }, context: { user: { id: 'ada' } } };
    expect(await claimsOf(await tokenFor('grace', 'board', wish))).toMatchObject({
      moderator: false,
      context: { user: { id: 'grace', moderator: false } },
    });
  });

  it('lets the guest into the public room only', async () => {
    expect(await claimsOf(await tokenFor('gus', 'lobby-bar'))).toMatchObject({ room: 'lobby-bar' });
    expect((await tokenFor('gus', 'board')).status).toBe(403);
    expect((await tokenFor('gus', 'lobby-bar/../board')).status).toBe(400);
  });

  it('asks the others to sign in', async () => {
    const response = await request('/api/token', { domain: 'localhost:8443', room: 'board' });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ signInUrl: '/api/sign-in' });
  });

  it('signs with the secret of the settings, for that deployment only', async () => {
    const response = await tokenFor('ada', 'board');
    const { token } = (await response.json()) as { token: string };
    await jwtVerify(token, new TextEncoder().encode(secret), { issuer: 'demo_app', audience: 'jitsi' });
    const cookie = await signIn('ada');
    expect((await request('/api/token', { domain: 'evil.example', room: 'board' }, { cookie })).status).toBe(400);
  });
});

async function broken(fault: string): Promise<Response> {
  const cookie = await signIn('ada');
  return request(`/api/broken/${fault}`, { domain: 'localhost:8443', room: 'board' }, { cookie });
}

describe('token endpoints that are broken on purpose', () => {
  it('give tokens with one thing wrong', async () => {
    const seconds = Date.now() / 1000;
    expect((await claimsOf(await broken('expired'))).exp).toBeLessThan(seconds);
    expect((await claimsOf(await broken('wrong-room'))).room).toBe('some-other-room');
    expect((await claimsOf(await broken('short-life'))).exp).toBeLessThan(seconds + 31);
    const { token } = (await (await broken('wrong-secret')).json()) as { token: string };
    await expect(jwtVerify(token, new TextEncoder().encode(secret))).rejects.toThrow(/signature/);
  });

  it('sign with a wrong key where there is a key ring, too', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { kid: 'first', privateKey: await exportJWK(privateKey), activeFrom: 0 };
    const withKeys = createDemoApp({ ...standin, keys: () => [key] });
    const response = await withKeys.request(`${origin}/api/broken/wrong-secret`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, cookie: await signIn('ada') },
      body: JSON.stringify({ domain: 'localhost:8443', room: 'board' }),
    });
    const { token } = (await response.json()) as { token: string };
    expect(decodeProtectedHeader(token).kid).toBeUndefined();
  });

  it.each([
    ['down', 503],
    ['401', 401],
    ['403', 403],
    ['429', 429],
    ['html', 200],
    ['empty', 200],
    ['not-a-token', 200],
    ['unheard-of', 404],
  ])('answer %s with %i', async (fault, status) => {
    expect((await broken(fault)).status).toBe(status);
  });

  it('are not there against a real deployment', async () => {
    const settings = readSettings({ JITSI_DOMAIN: 'meet.example.org', JWT_APP_ID: 'app', JWT_APP_SECRET: secret });
    const real = createDemoApp(settings);
    expect((await real.request(`${origin}/api/broken/down`)).status).toBe(404);
    expect(await (await real.request(`${origin}/api/config`)).json()).toMatchObject({
      domain: 'meet.example.org',
      standin: false,
    });
  });
});

describe('the API', () => {
  it('sends nothing that a browser would run, frame or keep', async () => {
    const { headers } = await request('/api/config');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; form-action 'self' https://localhost:8443",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('tells the page how tokens are judged, without what they are signed with', async () => {
    const text = await (await request('/api/config')).text();
    expect(text).not.toContain(secret);
    expect((JSON.parse(text) as { deployment: unknown }).deployment).toEqual({
      appId: 'demo_app',
      acceptedIssuers: ['demo_app'],
      acceptedAudiences: ['*'],
      allowEmptyToken: false,
      requireRoomClaim: true,
      domainVerification: true,
      xmppDomain: 'localhost',
      algorithm: 'HS256',
    });

    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = await exportJWK(privateKey);
    const withKeys = createDemoApp({ ...standin, keys: () => [{ kid: 'first', privateKey: jwk, activeFrom: 0 }] });
    const { deployment } = (await (await withKeys.request(`${origin}/api/config`)).json()) as {
      deployment: Deployment;
    };
    expect(deployment.algorithm).toBe('RS256');
    expect(deployment.keys).toEqual({
      jwks: { keys: [{ kty: 'RSA', n: jwk.n, e: jwk.e, kid: 'first', alg: 'RS256', use: 'sig' }] },
    });
  });
});

describe('settings', () => {
  const provider = {
    OIDC_ISSUER: 'https://id.example.org',
    OIDC_CLIENT_ID: 'demo',
    OIDC_CLIENT_SECRET: 'x',
    DEMO_ORIGIN: 'https://app.example.org',
  };
  const real = { JITSI_DOMAIN: 'meet.example.org', JWT_APP_ID: 'app', JWT_APP_SECRET: secret };

  it('need nothing for the stand-in, and make a new secret each time', () => {
    const first = readSettings({});
    expect(first).toMatchObject({ jitsiDomain: null, appId: 'demo_app', port: 8443 });
    expect(first.appSecret).toHaveLength(64);
    expect(readSettings({}).appSecret).not.toBe(first.appSecret);
  });

  it('are docker-jitsi-meet’s names', () => {
    const settings = readSettings({
      ...real,
      JWT_ACCEPTED_ISSUERS: 'other, app',
      JWT_ACCEPTED_AUDIENCES: '*',
      JWT_ENABLE_DOMAIN_VERIFICATION: '0',
      XMPP_DOMAIN: 'meet.jitsi',
    });
    expect(settings).toMatchObject({
      issuer: 'other',
      audience: 'jitsi',
      domainVerification: false,
      xmppDomain: 'meet.jitsi',
    });
  });

  it.each([
    ['a missing app id', { JWT_APP_ID: '' }, /JWT_APP_ID/],
    ['a missing secret', { JWT_APP_SECRET: '' }, /JWT_APP_SECRET/],
    ['a weak secret', { JWT_APP_SECRET: 'hunter2' }, /JWT_APP_SECRET/],
    ['an address for a domain', { JITSI_DOMAIN: 'https://meet.example.org/' }, /JITSI_DOMAIN/],
    ['an invalid port', { PORT: 'http' }, /PORT/],
    ['an invalid host', { HOST: 'local host' }, /HOST/],
    ['a secret in quotes', { JWT_APP_SECRET: `"${secret}"` }, /JWT_APP_SECRET stands in quotes/],
    ['the end of a line of Windows', { JWT_APP_ID: 'app\r' }, /JWT_APP_ID/],
    ['half a provider', { OIDC_CLIENT_ID: 'demo' }, /OIDC_ISSUER/],
    ['a provider without encryption', { ...provider, OIDC_ISSUER: 'http://id.example.org' }, /OIDC_ISSUER/],
    ['no address of its own', { ...provider, DEMO_ORIGIN: 'app.example.org' }, /DEMO_ORIGIN/],
    ['a tenant that Jitsi spells otherwise', { TENANTS: 'acme, Globex' }, /TENANTS/],
    ['no address of Redis', { REDIS_URL: 'localhost' }, /REDIS_URL/],
    ['a switch that is neither on nor off', { JWT_ALLOW_EMPTY: 'maybe' }, /JWT_ALLOW_EMPTY/],
  ])('say in one sentence what is wrong: %s', (_, change, name) => {
    expect(() => readSettings({ ...real, ...change })).toThrow(SettingsError);
    expect(() => readSettings({ ...real, ...change })).toThrow(name);
    expect(() => readSettings({ ...real, ...change })).not.toThrow(/hunter2/);
  });
});

describe('the sign-in of people whom Jitsi sends here', () => {
  it('gives a code that can be used once, even by two processes at the same time', async () => {
    const cookie = await signIn('ada');
    const verifier = 'v'.repeat(64);
    const query = new URLSearchParams({
      state: JSON.stringify({ room: 'board' }),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      nonce: 'n0nce',
    });
    const response = await request(`/api/jitsi-sign-in?${query}`, undefined, { cookie });
    const code = new URL(response.headers.get('location')!).searchParams.get('code')!;
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier });
    const change = (): Response | Promise<Response> =>
      app.request(`${origin}/api/jitsi-sign-in/token`, { method: 'POST', body, headers: { origin } });
    const statuses = await Promise.all(Array.from({ length: 10 }, async () => (await change()).status));
    expect(statuses.sort()).toEqual([200, ...Array<number>(9).fill(400)]);
    expect((await change()).status).toBe(400);
  });

  it('knows each person by their own request', async () => {
    const ask = async (person: string): Promise<unknown> => {
      const headers = { cookie: await signIn(person) };
      const response = await request('/api/jitsi-sign-in?room=lobby-bar', undefined, headers);
      const { context } = decodeJwt(new URL(response.headers.get('location')!).searchParams.get('jwt')!);
      return (context as { user: { id: string } }).user.id;
    };
    const people = ['ada', 'grace', 'gus'];
    expect(await Promise.all(people.map(ask))).toEqual(people);
  });

  it('is of the host that was asked, for each of many', async () => {
    const cookie = await signIn('ada');
    for (let i = 0; i < 15; i++) {
      const response = await app.request(`https://h${i}.localhost/api/jitsi-sign-in?room=board`, {
        headers: { cookie },
      });
      expect(new URL(response.headers.get('location')!).host).toBe(`h${i}.localhost`);
    }
  });
});
