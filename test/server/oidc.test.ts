import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { decodeJwt } from 'jose';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemoApp } from '../../demo/server/app.js';
import { readSettings } from '../../demo/server/settings.js';
import { freePort } from '../support/processes.js';

const origin = 'https://localhost:8443';
const groups: Record<string, string[] | undefined> = {
  alice: ['moderators', 'unheard-of'],
  bob: ['members'],
  eve: ['admins', 'root'],
  mallory: undefined,
};

let issuer: string;
let server: Server;
let app: ReturnType<typeof createDemoApp>;

beforeAll(async () => {
  const port = await freePort();
  issuer = `http://localhost:${port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'demo', client_secret: 'c'.repeat(40), redirect_uris: [`${origin}/api/oidc/callback`] }],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    pkce: { required: () => true },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `${id} of OIDC`, email: `${id}@example.org`, groups: groups[id] }),
    }),
    cookies: { keys: ['k'.repeat(32)] },
  });
  server = createServer(provider.callback()).listen(port);
  await once(server, 'listening');
  app = createDemoApp(
    readSettings({
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: 'demo',
      OIDC_CLIENT_SECRET: 'c'.repeat(40),
      DEMO_ORIGIN: origin,
    }),
  );
});
afterAll(() => void server.close());

/** A browser: cookies by origin, redirects one at a time. */
class Visitor {
  readonly #cookies = new Map<string, Map<string, string>>();

  async go(url: string | URL, init: RequestInit = {}): Promise<{ response: Response; url: URL }> {
    const address = new URL(url, origin);
    const jar = this.#cookies.get(address.origin) ?? new Map<string, string>();
    this.#cookies.set(address.origin, jar);
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const request: RequestInit = { ...init, headers, redirect: 'manual' };
    const response =
      address.origin === origin ? await app.request(address.href, request) : await fetch(address, request);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
      if (value) jar.set(name!, value);
      else jar.delete(name!);
    }
    const location = response.headers.get('location');
    return { response, url: location ? new URL(location, address) : address };
  }

  /** Follows redirects and fills in the provider's pages, up to the way back to the demo. */
  async signInAtProvider(start: URL, login: string): Promise<URL> {
    let next = start;
    for (let step = 0; step < 12; step += 1) {
      if (next.origin === origin) return next;
      const { response, url } = await this.go(next);
      if (response.status < 300) {
        const page = await response.text();
        const action = /<form[^>]*action="([^"]+)"/.exec(page)![1]!;
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)![1]!;
        const body = new URLSearchParams({ prompt, login, password: 'x' });
        next = (await this.go(new URL(action, next), { method: 'POST', body })).url;
      } else next = url;
    }
    throw new Error('The provider did not send the visitor back.');
  }

  async signIn(login: string, returnTo = '/'): Promise<{ response: Response; url: URL }> {
    const { url } = await this.go(`/api/oidc/sign-in?${new URLSearchParams({ returnTo })}`);
    return this.go(await this.signInAtProvider(url, login));
  }

  async me(): Promise<unknown> {
    return ((await (await this.go('/api/me')).response.json()) as { person: unknown }).person;
  }

  async claims(room: string): Promise<Record<string, unknown> | number> {
    const headers = { 'content-type': 'application/json', origin };
    const body = JSON.stringify({ domain: 'localhost:8443', room });
    const { response } = await this.go('/api/token', { method: 'POST', headers, body });
    if (!response.ok) return response.status;
    return decodeJwt(((await response.json()) as { token: string }).token);
  }
}

describe('sign-in by OpenID Connect', () => {
  it('makes a person in that group a moderator, and leads back', async () => {
    const visitor = new Visitor();
    const { response, url } = await visitor.signIn('alice', '/?room=board');
    expect(response.status).toBe(302);
    expect(url.href).toBe(`${origin}/?room=board`);
    expect(await visitor.me()).toEqual({ id: 'alice', name: 'alice of OIDC', groups: ['moderators'] });
    expect(await visitor.claims('board')).toMatchObject({
      moderator: true,
      context: { user: { id: 'alice', name: 'alice of OIDC', email: 'alice@example.org' } },
    });
  });

  it('makes a participant of a member', async () => {
    const visitor = new Visitor();
    await visitor.signIn('bob');
    expect(await visitor.claims('board')).toMatchObject({ moderator: false });
  });

  it.each(['eve', 'mallory'])('makes a guest of %s, whose groups mean nothing here', async (login) => {
    const visitor = new Visitor();
    await visitor.signIn(login);
    expect(await visitor.me()).toMatchObject({ groups: ['guests'] });
    expect(await visitor.claims('board')).toBe(403);
    expect(await visitor.claims('lobby-bar')).toMatchObject({ moderator: false });
  });

  it('is the way from Jitsi’s tokenAuthUrl to the meeting, too', async () => {
    const visitor = new Visitor();
    const state = JSON.stringify({ room: 'board', tenant: 'acme' });
    const { url: signIn } = await visitor.go(`/api/jitsi-sign-in?${new URLSearchParams({ state })}`);
    expect(signIn.pathname).toBe('/api/sign-in');
    const { url: back } = await visitor.signIn('alice', signIn.searchParams.get('returnTo')!);
    const { url: meeting } = await visitor.go(back);
    expect(meeting.pathname).toBe('/acme/board');
    expect(decodeJwt(meeting.searchParams.get('jwt')!)).toMatchObject({ sub: 'acme', moderator: true });
  });
});

describe('a sign-in that was tampered with', () => {
  it('is refused when it comes back twice (state replay)', async () => {
    const visitor = new Visitor();
    const { url } = await visitor.go('/api/oidc/sign-in');
    const callback = await visitor.signInAtProvider(url, 'alice');
    const { response } = await visitor.go(callback);
    expect(response.status).toBe(302);
    // The provider refuses the code, too; the demo doesn't rely on that.
    expect(response.headers.getSetCookie().join()).toContain('__Host-sign-in=;');
    expect((await visitor.go(callback)).response.status).toBe(403);
  });

  it('is refused in another browser (login CSRF)', async () => {
    const attacker = new Visitor();
    const { url } = await attacker.go('/api/oidc/sign-in');
    const callback = await attacker.signInAtProvider(url, 'alice');
    const victim = new Visitor();
    expect((await victim.go(callback)).response.status).toBe(403);
    await victim.go('/api/oidc/sign-in');
    expect((await victim.go(callback)).response.status).toBe(403);
    expect(await victim.me()).toBeNull();
  });

  it.each(['state', 'code', 'iss'])('is refused with another %s', async (parameter) => {
    const visitor = new Visitor();
    const { url } = await visitor.go('/api/oidc/sign-in');
    const callback = await visitor.signInAtProvider(url, 'alice');
    callback.searchParams.set(parameter, 'https://evil.example');
    expect((await visitor.go(callback)).response.status).toBe(403);
    expect(await visitor.me()).toBeNull();
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example'])(
    'leads to no other site: %j',
    async (returnTo) => {
      expect((await new Visitor().signIn('bob', returnTo)).url.href).toBe(`${origin}/`);
    },
  );
});

describe('the provider being down', () => {
  it('is said, and opens no other way in', async () => {
    const lonely = createDemoApp(
      readSettings({
        OIDC_ISSUER: `http://localhost:${await freePort()}`,
        OIDC_CLIENT_ID: 'demo',
        OIDC_CLIENT_SECRET: 'x',
        DEMO_ORIGIN: origin,
      }),
    );
    expect((await lonely.request(`${origin}/api/oidc/sign-in`)).status).toBe(503);
    expect(await (await lonely.request(`${origin}/api/sign-in`)).text()).not.toContain('name="person"');
    const headers = { 'content-type': 'application/json', origin };
    const init = { method: 'POST', headers, body: '{"person":"ada"}' };
    expect((await lonely.request(`${origin}/api/sign-in`, init)).status).toBe(403);
  });
});
