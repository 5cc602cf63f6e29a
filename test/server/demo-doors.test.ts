import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { dirname } from 'node:path';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createDemoApp } from '../../demo/server/app.js';
import { readSettings, SettingsError } from '../../demo/server/settings.js';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { ask } from '../support/https-client.js';

const secret = 'the-secret-of-a-real-deployment-in-this-test';
const real = { JITSI_DOMAIN: 'meet.example.org', JWT_APP_ID: 'app', JWT_APP_SECRET: secret };
const oidc = {
  OIDC_ISSUER: 'https://id.example.org',
  OIDC_CLIENT_ID: 'demo',
  OIDC_CLIENT_SECRET: 'x',
  DEMO_ORIGIN: 'https://app.example.org',
};
const json = { 'content-type': 'application/json' };

type App = ReturnType<typeof createDemoApp>;

/** A cookie of Ada's, or the status of the refusal. */
async function signIn(app: App, origin: string, headers: Record<string, string> = {}): Promise<string | number> {
  const init = { method: 'POST', headers: { ...json, origin, ...headers }, body: '{"person":"ada"}' };
  const response = await app.request(`${origin}/api/sign-in`, init);
  return response.headers.get('set-cookie')?.split(';')[0] ?? response.status;
}

async function token(app: App, origin: string, cookie: string, tenant: string | null = null): Promise<Response> {
  const body = JSON.stringify({ domain: 'meet.example.org', room: 'Board of Directors', tenant });
  return app.request(`${origin}/api/token`, { method: 'POST', headers: { ...json, origin, cookie }, body });
}

const local = 'https://localhost:8443';
const remote = 'https://app.example.org';

describe('the demo’s people, who have no password', () => {
  it.each([
    ['to a real deployment', real, remote],
    ['to a real deployment, on its own machine', real, local],
    ['to a real deployment, where the operator said no', { ...real, DEMO_PEOPLE: '0' }, local],
    ['beside OpenID Connect', { ...real, ...oidc }, remote],
    ['beside OpenID Connect, on its own machine', { ...real, ...oidc }, local],
    ['beside OpenID Connect on the stand-in', oidc, local],
  ])('don’t sign in %s, and are shown nowhere', async (_, env, origin) => {
    const app = createDemoApp(readSettings(env));
    expect(await signIn(app, origin)).toBe(403);
    const form = { 'content-type': 'application/x-www-form-urlencoded', origin };
    const posted = await app.request(`${origin}/api/sign-in`, { method: 'POST', headers: form, body: 'person=ada' });
    expect(posted.status).toBe(403);
    expect(posted.headers.get('set-cookie')).toBeNull();
    expect(await (await app.request(`${origin}/api/people`)).json()).toEqual([]);
    expect(await (await app.request(`${origin}/api/sign-in`)).text()).not.toContain('Ada');
  });

  it.each([
    ['GET', '/api/token?domain=meet.example.org&room=board'],
    ['POST', '/api/token'],
    ['POST', '/api/broken/short-life'],
    ['POST', '/api/broken/wrong-room'],
    ['GET', '/api/jitsi-sign-in?room=board'],
    ['POST', '/api/jitsi-sign-in/token'],
    ['GET', '/api/oidc/callback?code=x&state=y'],
    ['POST', '//api/token'],
    ['POST', '/API/token'],
    ['POST', '/api/token/'],
  ])('signed out, a person gets no token: %s %s', async (method, path) => {
    for (const env of [real, { ...real, ...oidc }]) {
      const body = JSON.stringify({ domain: 'meet.example.org', room: 'board', person: 'ada' });
      const init = { method, headers: { ...json, origin: remote, cookie: '__Host-session=ada' } };
      const response = await createDemoApp(readSettings(env)).request(
        remote + path,
        method === 'POST' ? { ...init, body } : init,
      );
      expect(response.status).not.toBe(200);
      expect(response.headers.get('location') ?? '').not.toContain('jwt=');
      expect(await response.text()).not.toMatch(/eyJ/);
    }
  });

  it('sign in to a real deployment where the operator says so, on this machine', async () => {
    const app = createDemoApp(readSettings({ ...real, DEMO_PEOPLE: '1' }));
    for (const origin of [local, 'https://127.0.0.1:8443', 'https://[::1]:8443']) {
      const cookie = await signIn(app, origin);
      expect(cookie).toMatch(/^__Host-session=/);
      expect((await token(app, origin, String(cookie))).status).toBe(200);
    }
  });

  it.each([
    ['the page’s public name', remote, {}],
    ['a name that only looks local', 'https://localhost.example.org', {}],
    ['a name that leads here (DNS rebinding)', 'https://127.0.0.1.nip.io:8443', {}],
    ['every address', 'https://0.0.0.0:8443', {}],
    ['an upstream of nginx', 'https://tokens', {}],
    ['another name in the header', local, { host: 'app.example.org' }],
    ['no name in the header', local, { host: '@' }],
    ['X-Forwarded-For', local, { 'x-forwarded-for': '203.0.113.7' }],
    ['X-Forwarded-For that claims to be local', local, { 'x-forwarded-for': '127.0.0.1' }],
    ['Forwarded', local, { forwarded: 'for=127.0.0.1' }],
    ['Via', local, { via: '1.1 proxy' }],
    ['X-Real-IP', local, { 'x-real-ip': '127.0.0.1' }],
    ['X_Forwarded_For', local, { x_forwarded_for: '203.0.113.7' }],
    ['X-MS-Proxy', local, { 'x-ms-proxy': 'AzureAD' }],
    ['X-Vercel-Forwarded-For', local, { 'x-vercel-forwarded-for': '203.0.113.7' }],
    ['Client-IP', local, { 'client-ip': '203.0.113.7' }],
    ['Fly-Client-IP', local, { 'fly-client-ip': '203.0.113.7' }],
    ['DO-Connecting-IP', local, { 'do-connecting-ip': '203.0.113.7' }],
    ['WL-Proxy-Client-IP', local, { 'wl-proxy-client-ip': '203.0.113.7' }],
    ['a tunnel of ngrok', local, { 'ngrok-trace-id': '1' }],
    ['a tunnel of Tailscale', local, { 'tailscale-user-login': 'ada' }],
    ['a tunnel of Cloudflare', local, { 'cf-connecting-ip': '203.0.113.7' }],
    ['another page', local, { origin: 'https://evil.example' }],
    ['a page without an origin', local, { origin: 'null' }],
    ['a page of another server on this machine', local, { origin: 'https://localhost:3000' }],
  ])('don’t sign in through a proxy, a tunnel or another page: %s', async (_, origin, headers) => {
    const app = createDemoApp(readSettings({ ...real, DEMO_PEOPLE: '1' }));
    const cookie = String(await signIn(app, local));
    expect(await signIn(app, origin, headers)).toBe(403);
    // Nor is a cookie of use there.
    if (origin !== local) expect((await token(app, origin, cookie)).status).toBe(403);
  });

  it.each([
    ['on all addresses', { ...real, DEMO_PEOPLE: '1', HOST: '0.0.0.0' }, /HOST/],
    ['on all addresses of IPv6', { ...real, DEMO_PEOPLE: '1', HOST: '::' }, /HOST/],
    ['on a public address', { ...real, DEMO_PEOPLE: '1', HOST: '192.0.2.1' }, /HOST/],
    ['beside OpenID Connect', { ...real, ...oidc, DEMO_PEOPLE: '1' }, /OIDC_ISSUER/],
    ['with the secret of a deployment, on all addresses', { JWT_APP_SECRET: secret, HOST: '0.0.0.0' }, /HOST/],
    ['by another word', { ...real, DEMO_PEOPLE: 'localhost' }, /DEMO_PEOPLE/],
  ])('don’t so much as start %s', (_, env, name) => {
    expect(() => readSettings(env)).toThrow(SettingsError);
    expect(() => readSettings(env)).toThrow(name);
  });

  it('have no use of a cookie of the stand-in at a real deployment, though both share DEMO_SESSION_SECRET', async () => {
    const shared = { DEMO_SESSION_SECRET: 'one session secret for whatever is started' };
    const cookie = String(await signIn(createDemoApp(readSettings(shared)), remote));
    expect(cookie).toMatch(/^__Host-session=/);
    for (const env of [real, { ...real, ...oidc }, { ...real, DEMO_PEOPLE: '1' }, oidc]) {
      const app = createDemoApp(readSettings({ ...env, ...shared }));
      const me = await app.request(`${local}/api/me`, { headers: { cookie } });
      expect(await me.json()).toEqual({ person: null });
      expect((await token(app, remote, cookie)).status).not.toBe(200);
      expect((await token(app, local, cookie)).status).not.toBe(200);
    }
  });

  it('sign in from anywhere to the stand-in, whose tokens open nothing else', async () => {
    expect(await signIn(createDemoApp(readSettings({ HOST: '0.0.0.0' })), 'https://192.0.2.1:8443')).toMatch(
      /session=/,
    );
  });
});

describe('a tenant', () => {
  const askAs = async (env: Record<string, string>, tenant: string): Promise<Response> => {
    const app = createDemoApp(readSettings({ ...real, DEMO_PEOPLE: '1', ...env }));
    return token(app, local, String(await signIn(app, local)), tenant);
  };

  it('is granted where the settings name it', async () => {
    const response = await askAs({ TENANTS: 'acme, globex' }, 'globex');
    expect(decodeJwt(((await response.json()) as { token: string }).token)).toMatchObject({ sub: 'globex' });
  });

  it.each(['acme', 'acmе', 'ａｃｍｅ', 'conference', 'meet', 'localhost', 'acme2'])(
    'is refused to everybody else: %s',
    async (tenant) => {
      for (const env of [{}, { TENANTS: 'globex' }]) {
        expect([400, 403]).toContain((await askAs(env as Record<string, string>, tenant)).status);
      }
    },
  );

  it('makes of the public room another one', async () => {
    const app = createDemoApp(readSettings({}));
    const headers = { ...json, origin: local };
    const init = { method: 'POST', headers, body: '{"person":"gus"}' };
    const cookie = (await app.request(`${local}/api/sign-in`, init)).headers.get('set-cookie')!.split(';')[0]!;
    const statusOf = async (tenant: string | null): Promise<number> => {
      const body = JSON.stringify({ domain: 'localhost:8443', room: 'lobby-bar', tenant });
      return (await app.request(`${local}/api/token`, { method: 'POST', headers: { ...headers, cookie }, body }))
        .status;
    };
    expect(await statusOf(null)).toBe(200);
    expect(await statusOf('acme')).toBe(403);
  });
});

describe('a demo that is running', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  // As `config --out` leaves it, where the guides say so.
  const inClone = `jitsi-config/test-${process.pid}/backend.env`;
  const folder = dirname(root + inClone);
  let demo: Demo;
  let port: number;
  let withPeople: Demo;

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(root + inClone, `JWT_APP_SECRET=${secret}\n`);
    demo = await startDemo({ port: 0, env: {} });
    port = Number(new URL(demo.url).port);
    withPeople = await startDemo({ port: 0, env: { ...real, DEMO_PEOPLE: '1' } });
  }, 60_000);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await demo?.close();
    await withPeople?.close();
  });

  /** All that the server says to this, byte for byte. */
  async function say(head: string): Promise<string> {
    const socket = connect({ port, host: 'localhost', servername: 'localhost', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.end(`${head}\r\nConnection: close\r\n\r\n`);
    await once(socket, 'close');
    return answer;
  }

  const paths = String.raw`
    /${inClone} /@fs${root}${inClone} /@fs//${root}${inClone} /@fs/${root}/./${inClone} /${root}${inClone}
    /@fs${root}${inClone}?raw /@fs${root}${inClone}?url /@fs${root}${inClone}?import&raw?? /@fs${root}${inClone}?inline
    /@fs/etc/passwd /@fs/proc/self/environ /@vite/client /@vite/env /@id/lit /@id/__x00__lit /@react-refresh
    /src/index.ts /src/index.ts?raw /demo/main.ts?import /demo/server/settings.ts /node_modules/lit/index.js
    /package.json /package-lock.json /vite.config.ts /.env /.env.local /.git/config /.git/HEAD /keys.json
    /.cache/certificates/localhost.pem /demo/../.cache/certificates/localhost.pem /backend.env /.well-known/x /README.md
    /../package.json /%2e%2e/package.json /%252e%252e/package.json /..%2fpackage.json /..%252f..%252fetc%252fpasswd
    /..%5c..%5cpackage.json /..\package.json /%5c%5cserver%5cshare //etc/passwd /.//package.json /;/../package.json
    /backend.env~ /backend.env. /keys.json%20 /keys.json;x /keys.json%3fx /keys.json::$DATA
    /%2eenv /%252eenv /package%2ejson /package.json%00 /package.json%00.html /a%0d%0ab /%c0%ae%c0%ae/package.json
    /assets/..%2f..%2fpackage.json /index.html/../package.json /index.html/package.json /__proto__.js /file:///etc/passwd`
    .trim()
    .split(/\s+/);

  it.each(paths)('hands out its page, and nothing of the disk: %s', async (path) => {
    for (const host of ['localhost', `localhost:${port}`, '127.0.0.1', 'app.example.org']) {
      const answer = await say(`GET ${path} HTTP/1.1\r\nHost: ${host}`);
      expect(answer).toMatch(/^HTTP\/1\.1 (400|404) /);
      expect(answer).not.toMatch(new RegExp(`${secret}|PRIVATE KEY|root:|import |allow list|${root}`));
    }
  });

  it.each([
    'https://localhost/package.json',
    'file:///etc/passwd',
    `https://localhost/@fs${root}${inClone}`,
    '*',
    '../x',
    'package.json',
  ])('takes no address in the first line for a file: %s', async (target) => {
    expect(await say(`GET ${target} HTTP/1.1\r\nHost: localhost`)).toMatch(/^HTTP\/1\.1 (400|404) /);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'MOVE', 'LINK'])('knows no method %s', async (method) => {
    for (const path of ['/', '/index.html', '/room', `/${inClone}`]) {
      expect(await say(`${method} ${path} HTTP/1.1\r\nHost: localhost`)).toMatch(/^HTTP\/1\.1 405 /);
    }
  });

  it.each(['POST', 'OPTIONS'])('takes no %s for the page', async (method) => {
    expect(await say(`${method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0`)).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('shows its page under whatever name a proxy has for it', async () => {
    expect(await say('GET / HTTP/1.1\r\nHost: app.example.org')).toMatch(/^HTTP\/1\.1 200 [^]*<jitsi-meeting/);
  });

  it('lets the page load only its own files and the frame, and lets no other page frame it', async () => {
    const { headers, body } = await ask(demo.url);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(body) ?? [];
    const asset = await ask(demo.url + script);
    expect(asset).toMatchObject({ status: 200, headers: { 'x-content-type-options': 'nosniff' } });
    expect(String(asset.headers['cache-control'])).toContain('immutable');
    const ofReal = String((await ask(withPeople.url)).headers['content-security-policy']);
    expect(ofReal).toContain("frame-src 'self' https://meet.example.org");
    expect(ofReal).toContain("script-src 'self' https://meet.example.org;");
  });

  it.each([
    '/api/sign-in',
    '/api/sign-out',
    '/api/token',
    '/api/jitsi-sign-in/token',
    '/api/broken/expired',
    '/api/nothing',
  ])('reads no body that is longer than a request can be: %s', async (path) => {
    const head = `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nOrigin: ${demo.url}\r\nContent-Type: application/json`;
    expect(await say(`${head}\r\nContent-Length: 20000000`)).toMatch(/^HTTP\/1\.1 413 /);
    // Of unknown length: one byte over.
    const socket = connect({ port, host: 'localhost', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.write(`${head}\r\nTransfer-Encoding: chunked\r\n\r\n2001\r\n${'x'.repeat(0x2001)}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each([
    ['an invalid address', '//['],
    ['another path', '/room'],
    ['the path of Vite', '/@vite/ws'],
  ])('goes on, and keeps no line open, after a WebSocket to %s', async (_, path) => {
    const answer = await say(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade`);
    expect(answer).not.toContain('101');
    expect((await ask(demo.url)).status).toBe(200);
  });

  it.each([
    '',
    'null',
    '5',
    '{"type":"connect"}',
    '{"type":"connect","room":5,"tenant":{},"token":7}',
    '{"type":"connect","token":{"split":1}}',
  ])('goes on after an invalid message: %s', async (message) => {
    const socket = new WebSocket(`${demo.url.replace('https', 'wss')}/_standin/socket`, { rejectUnauthorized: false });
    await once(socket, 'open');
    socket.send(message);
    socket.close();
    await once(socket, 'close');
    expect((await ask(demo.url)).status).toBe(200);
  });

  describe('on this machine, with its people and a real deployment', () => {
    const body = '{"person":"ada"}';
    const post = (url: string, headers: Record<string, string>): Promise<{ status: number }> =>
      ask(`${url}/api/sign-in`, { method: 'POST', headers: { ...json, ...headers }, body });

    it('lets a browser sign in', async () => {
      expect((await post(withPeople.url, { origin: withPeople.url })).status).toBe(200);
      expect(withPeople.notice).toMatch(/no password/);
    });

    // A proxy as careless as they come: its own name for the demo, and not a word of itself.
    it.each([
      ['as nginx does unless it is told to', 'https:', {}],
      ['handing on the name', 'https:', { host: 'app.example.org' }],
      ['telling of itself', 'https:', { 'x-forwarded-for': '203.0.113.7' }],
    ])('lets nobody in through a proxy on the same machine, %s', async (_, protocol, extra) => {
      const target = new URL(withPeople.url);
      const proxy: Server = createServer((incoming, outgoing) => {
        const headers = { ...json, host: target.host, ...extra };
        const options = { method: 'POST', headers, rejectUnauthorized: false, servername: '', host: '127.0.0.1' };
        const forward = httpsRequest({ ...options, protocol, port: target.port, path: incoming.url }, (answer) => {
          outgoing.writeHead(answer.statusCode!);
          answer.pipe(outgoing);
        });
        incoming.pipe(forward);
      }).listen(0, '127.0.0.1');
      await once(proxy, 'listening');
      const request = httpRequest({
        port: (proxy.address() as AddressInfo).port,
        path: '/api/sign-in',
        method: 'POST',
      });
      request.end(body);
      const [response] = (await once(request, 'response')) as [{ statusCode: number; headers: object }];
      request.destroy();
      proxy.closeAllConnections();
      proxy.close();
      expect(response.statusCode).toBe(403);
    });
  });
});
