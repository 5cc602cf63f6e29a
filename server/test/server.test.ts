import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { decodeJwt, jwtVerify } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './support/running.js';
import { access, appSecret } from './support/settings.js';
import { Visitor } from './support/visitor.js';

let server: TestServer;
let time = Date.now();
beforeAll(async () => {
  server = await startServer({ METRICS_TOKEN: 'm'.repeat(32) }, () => time);
});
afterAll(() => server.close());

const asked = (room: string, more: object = {}): object => ({ domain: 'meet.example.org', room, ...more });

async function signedIn(login: string): Promise<Visitor> {
  const visitor = new Visitor(server.home);
  await visitor.signIn(login);
  return visitor;
}

describe('a person', () => {
  it('signs in, and gets a token by the first rule that is for the person and the room', async () => {
    const alice = await signedIn('alice');
    const { status, body } = await alice.post('/api/token', asked('Board'));
    expect(status).toBe(200);
    const { payload, protectedHeader } = await jwtVerify(body.token, new TextEncoder().encode(appSecret));
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(payload).toMatchObject({
      iss: 'my_app',
      aud: 'jitsi',
      sub: 'meet.example.org',
      room: 'board',
      context: {
        user: { id: 'alice', name: 'alice of the provider', email: 'alice@example.org', moderator: true },
        features: { recording: true },
      },
    });
    expect(await (await signedIn('bob')).post('/api/token', asked('Kitchen'))).toMatchObject({ status: 200 });
  });

  it.each([
    ['bob', asked('Board'), 403],
    ['gone', asked('Board'), 403],
    ['carol', asked('Kitchen'), 403],
    ['alice', asked('Board', { tenant: 'acme' }), 403],
    ['alice', { domain: 'evil.example', room: 'Board' }, 400],
    ['alice', { room: 'Board' }, 400],
    ['alice', asked('*'), 400],
    ['alice', asked('boardroom'), 403],
  ])('%s gets none for %j: %i', async (login, body, expected) => {
    expect(await (await signedIn(login)).post('/api/token', body)).toMatchObject({ status: expected });
  });

  it('is sent to the sign-in without a session, and has none after signing out, not even with a copy of the cookie', async () => {
    const alice = await signedIn('alice');
    const copy = new Map(alice.cookies());
    expect((await alice.post('/api/sign-out')).status).toBe(204);
    expect(await alice.post('/api/token', asked('Board'))).toMatchObject({
      status: 401,
      body: { signInUrl: `${server.home}/api/oidc/sign-in` },
    });
    for (const [name, value] of copy) alice.cookies().set(name, value);
    expect(await alice.post('/api/token', asked('Board'))).toMatchObject({ status: 401 });
  });

  it('comes from tokenAuthUrl to the meeting', async () => {
    const visitor = new Visitor(server.home);
    const state = JSON.stringify({ room: 'Board' });
    const { url } = await visitor.go(`/api/jitsi-sign-in?${new URLSearchParams({ state })}`);
    const { url: provider } = await visitor.go(url);
    const { url: back } = await visitor.go(await visitor.atProvider(provider, 'alice'));
    const { url: meeting } = await visitor.go(back);
    expect(meeting.origin + meeting.pathname).toBe('https://meet.example.org/board');
    expect(decodeJwt(meeting.searchParams.get('jwt')!)).toMatchObject({ room: 'board' });
  });

  it('comes from tokenAuthUrl with PKCE by a code that counts once', async () => {
    const alice = await signedIn('alice');
    const verifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      state: JSON.stringify({ room: 'Board' }),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      nonce: 'n',
    });
    const { url } = await alice.go(`/api/jitsi-sign-in?${query}`);
    expect(url.origin + url.pathname).toBe('https://meet.example.org/static/sso.html');
    const change = (codeVerifier: string): Promise<Response> =>
      fetch(`${server.home}/api/jitsi-sign-in/token`, {
        method: 'POST',
        headers: { origin: 'https://meet.example.org' },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code: url.searchParams.get('code')!,
          code_verifier: codeVerifier,
        }),
      });
    expect((await change('wrong')).status).toBe(400);
    const answers = await Promise.all(Array.from({ length: 5 }, () => change(verifier)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400]);
  });
});

describe('access.yaml', () => {
  it('counts as soon as it has changed and is whole; a broken one leaves the last good one', async () => {
    const bob = await signedIn('bob');
    const mayEnter = async (): Promise<boolean> => (await bob.post('/api/token', asked('Board'))).status === 200;
    expect(await mayEnter()).toBe(false);
    const wider = access.replace('rooms: Kitchen', 'rooms: [Kitchen, Board]');
    writeFileSync(server.accessFile, wider);
    server.reload();
    expect(await mayEnter()).toBe(true);
    writeFileSync(server.accessFile, wider.slice(0, 60));
    server.reload();
    expect(await mayEnter()).toBe(true);
    expect(server.logged.join()).toMatch(/access-unusable.*access\.yaml:5:\d+/);
    writeFileSync(server.accessFile, access);
    server.reload();
    expect(await mayEnter()).toBe(false);
  });

  it('refuses nobody while it is read again under load', async () => {
    const alice = await signedIn('alice');
    const cookie = [...alice.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/json', cookie };
    const body = JSON.stringify(asked('Board'));
    const wide =
      access + Array.from({ length: 500 }, (_, n) => `  - { who: { group: g${n} }, rooms: r${n} }\n`).join('');
    const statuses: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const answers = Array.from({ length: 5 }, () =>
        fetch(`${server.home}/api/token`, { method: 'POST', headers, body }),
      );
      writeFileSync(server.accessFile, round % 2 ? access : wide);
      server.reload();
      statuses.push(...(await Promise.all(answers)).map(({ status }) => status));
    }
    expect(new Set(statuses)).toEqual(new Set([200]));
  });
});

describe('a link for guests', () => {
  const secretOf = (url: string): string => url.split('#')[1]!;

  async function link(request: object): Promise<{ url: string; ref: string; ics: string }> {
    const { status, body } = await (await signedIn('alice')).post('/api/invitations', request);
    expect(status).toBe(201);
    return body;
  }
  const enter = (guest: Visitor, url: string, name?: string) =>
    guest.post('/api/guest', { invitation: secretOf(url), ...(name && { name }) });

  it('lets one guest in, once; that guest may come back', async () => {
    const { url } = await link({ room: 'Board' });
    expect(url).toMatch(/^http:\/\/localhost:\d+\/guest#[\w-]{43}$/);
    const [gus, second] = [new Visitor(server.home), new Visitor(server.home)];
    expect(await gus.post('/api/guest/look', { invitation: secretOf(url) })).toMatchObject({
      status: 200,
      body: { room: 'Board', name: null },
    });
    const { body: meeting } = await enter(gus, url, 'Gus');
    expect(meeting).toMatchObject({ domain: 'meet.example.org', room: 'board', tenant: null, ready: true });
    const { status, body } = await gus.post(`/api/guest/${meeting.ref}/token`, asked('board'));
    expect(status).toBe(200);
    expect(decodeJwt(body.token)).toMatchObject({
      room: 'board',
      moderator: false,
      context: { user: { name: 'Gus' }, features: { 'screen-sharing': true } },
    });
    expect(await enter(second, url, 'Sue')).toMatchObject({ status: 410 });
    expect(await second.post('/api/guest/look', { invitation: secretOf(url) })).toMatchObject({ status: 410 });
    expect(await enter(gus, url)).toMatchObject({ status: 200 });
    expect(await gus.post(`/api/guest/${meeting.ref}/token`, asked('board'))).toMatchObject({ status: 200 });
  });

  it('lets exactly one of twenty in that come at once', async () => {
    const { url } = await link({ room: 'Board' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => enter(new Visitor(server.home), url, 'Gus')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 410)).toHaveLength(19);
  });

  it('opens no other room, no other tenant and no session of a person', async () => {
    const { url } = await link({ room: 'Board' });
    const gus = new Visitor(server.home);
    const { ref } = (await enter(gus, url, 'Gus')).body;
    for (const body of [asked('Board 2'), asked('kitchen'), asked('board', { tenant: 'acme' }), asked('*')]) {
      expect((await gus.post(`/api/guest/${ref}/token`, body)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await gus.post('/api/token', asked('board'))).toMatchObject({ status: 401 });
    expect(await gus.post('/api/invitations', { room: 'Board' })).toMatchObject({ status: 401 });
    const { body: other } = await enter(gus, (await link({ room: 'Board 2' })).url, 'Gus');
    // The cookie of one link under the name of another.
    const [mine, theirs] = [...gus.cookies()].filter(([name]) => name.startsWith('__Host-guest-'));
    gus.cookies().set(theirs![0], mine![1]);
    expect(await gus.post(`/api/guest/${other.ref}/token`, asked('board%202'))).toMatchObject({ status: 403 });
    expect(await gus.post(`/api/guest/${other.ref}/token`, asked('board'))).toMatchObject({ status: 403 });
  });

  it('is over when it is revoked, when its time is over, and when the inviter may not invite any more', async () => {
    const alice = await signedIn('alice');
    const [revoked, short, ruledOut] = [
      await link({ room: 'Board' }),
      await link({ room: 'Board', until: new Date(time + 60_000).toISOString() }),
      await link({ room: 'Board' }),
    ];
    const guests = await Promise.all(
      [revoked, short, ruledOut].map(async ({ url, ref }) => {
        const guest = new Visitor(server.home);
        await enter(guest, url, 'Gus');
        return () => guest.post(`/api/guest/${ref}/token`, asked('board'));
      }),
    );
    for (const token of guests) expect((await token()).status).toBe(200);
    expect(decodeJwt((await guests[1]!()).body.token).exp! * 1000).toBeLessThanOrEqual(time + 60_000);
    const { response } = await alice.go(`/api/invitations/${revoked.ref}`, {
      method: 'DELETE',
      headers: { origin: server.home },
    });
    expect(response.status).toBe(204);
    expect((await guests[0]!()).status).toBe(410);
    time += 61_000;
    // The guest's own cookie ends with the link.
    expect((await guests[1]!()).status).toBe(403);
    expect((await enter(new Visitor(server.home), short.url, 'Gus')).status).toBe(410);
    writeFileSync(server.accessFile, access.replaceAll(/ {4}guests: .*\n/g, ''));
    server.reload();
    expect((await guests[2]!()).status).toBe(410);
    writeFileSync(server.accessFile, access);
    server.reload();
    expect((await guests[2]!()).status).toBe(200);
  });

  it('lets nobody in before a moderator has a token, where the rule says so', async () => {
    const { url } = await link({ room: 'Hosted', name: 'Grace' });
    const gus = new Visitor(server.home);
    const { ref, ready } = (await enter(gus, url)).body;
    expect(ready).toBe(false);
    expect(await gus.post(`/api/guest/${ref}/token`, asked('hosted'))).toMatchObject({ status: 403 });
    await (await signedIn('alice')).post('/api/token', asked('Hosted'));
    expect(await (await gus.go(`/api/guest/${ref}`)).response.json()).toMatchObject({ ready: true });
    const { body } = await gus.post(`/api/guest/${ref}/token`, asked('hosted'));
    expect(decodeJwt(body.token)).toMatchObject({ context: { user: { name: 'Grace' } } });
  });

  it('lets nobody in before its time', async () => {
    const { url } = await link({ room: 'Board', from: new Date(time + 3_600_000).toISOString() });
    const gus = new Visitor(server.home);
    const { ref } = (await enter(gus, url, 'Gus')).body;
    expect(await gus.post(`/api/guest/${ref}/token`, asked('board'))).toMatchObject({ status: 403 });
  });

  it('comes with a calendar file', async () => {
    const { ics, url } = await link({ room: 'Board of; all, us' });
    const lines = ics.replaceAll('\r\n ', '').split('\r\n');
    expect(lines).toEqual(
      expect.arrayContaining(['BEGIN:VEVENT', String.raw`SUMMARY:Board of\; all\, us`, `URL:${url}`]),
    );
    expect(ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it.each([
    ['bob', { room: 'Board' }, 403],
    ['bob', { room: 'Kitchen' }, 403],
    ['alice', { room: 'Board', uses: 6 }, 403],
    ['alice', { room: 'Board', role: 'moderator' }, 403],
    ['alice', { room: 'Board', features: { recording: true } }, 403],
    ['alice', { room: 'Board', until: '2100-01-01T00:00:00Z' }, 403],
    ['alice', { room: 'Board', until: '2020-01-01T00:00:00Z' }, 400],
    ['alice', { room: 'Board', tenant: 'Ácme' }, 400],
    ['alice', { room: 'Board', tenant: 'acme' }, 403],
    ['alice', { room: '*' }, 403],
    ['alice', { room: 'Board', by: { id: 'ada' } }, 400],
  ])('%s can’t make one of %j: %i', async (login, body, expected) => {
    expect(await (await signedIn(login)).post('/api/invitations', body)).toMatchObject({ status: expected });
  });

  it('is listed without its secret, and revoked only by people who may invite', async () => {
    const { url, ref } = await link({ room: 'Board', name: 'Listed' });
    const { response } = await (await signedIn('alice')).go('/api/invitations?room=Board');
    const text = await response.text();
    expect(text).toContain(ref);
    expect(text).not.toContain(secretOf(url));
    const bob = await signedIn('bob');
    expect((await bob.go('/api/invitations?room=Board')).response.status).toBe(403);
    expect(
      (await bob.go(`/api/invitations/${ref}`, { method: 'DELETE', headers: { origin: server.home } })).response.status,
    ).toBe(403);
  });
});

describe('the operator', () => {
  it('sees whether it lives and is ready, and reads metrics only with the token for them', async () => {
    const visitor = new Visitor(server.home);
    expect(await (await visitor.go('/healthz')).response.json()).toEqual({ status: 'ok' });
    expect(await (await visitor.go('/readyz')).response.json()).toEqual({
      status: 'ok',
      access: 'ok',
      store: 'memory',
    });
    expect((await visitor.go('/metrics')).response.status).toBe(401);
    const headers = { authorization: `Bearer ${'m'.repeat(32)}` };
    const text = await (await visitor.go('/metrics', { headers })).response.text();
    expect(text).toMatch(/jitsi_server_tokens_total\{for="person",result="granted"\} \d+/);
    expect(text).toMatch(/jitsi_server_access_rules 4/);
  });

  it('finds no token, no code, no cookie and no secret in the log or in the metrics', async () => {
    const alice = await signedIn('alice');
    const { body } = await alice.post('/api/token', asked('Board'));
    const { body: made } = await alice.post('/api/invitations', { room: 'Board' });
    await alice.go('/api/oidc/callback?code=SECRET-CODE&state=SECRET-STATE');
    const headers = { authorization: `Bearer ${'m'.repeat(32)}` };
    const metrics = await (await alice.go('/metrics', { headers })).response.text();
    const text = server.logged.join('\n') + metrics;
    expect(text).toContain('"event":"token"');
    for (const secret of [
      body.token,
      made.url.split('#')[1]!,
      'SECRET-',
      appSecret,
      ...alice.cookies().values(),
      'c'.repeat(40),
    ]) {
      expect(text.includes(secret), secret.slice(0, 8)).toBe(false);
    }
    expect(text).not.toMatch(/eyJ[\w-]{10,}\./);
  });
});

describe('pages', () => {
  it('load nothing but this server’s own files and Jitsi', async () => {
    const { response } = await new Visitor(server.home).go('/guest');
    const policy = response.headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self' https://meet.example.org");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await response.text()).not.toMatch(/<script(?! type="module" src="\/)/);
  });

  it('for making links want a person', async () => {
    const { url } = await new Visitor(server.home).go('/invitations');
    expect(url.pathname + url.search).toBe('/api/oidc/sign-in?returnTo=/invitations');
    expect((await (await signedIn('alice')).go('/invitations')).response.status).toBe(200);
  });

  it.each([
    '/pages/../package.json',
    '/pages/%2e%2e/package.json',
    '/element/..%2f..%2fpackage.json',
    '/pages/__proto__',
    '/element/jitsi-meeting/',
  ])('read no other file: %s', async (path) => {
    expect((await new Visitor(server.home).go(path)).response.status).toBe(404);
  });
});
