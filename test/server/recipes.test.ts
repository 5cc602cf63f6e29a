import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { preflight, selfHosted } from '../../src/preflight/index.js';
import type { TokenSigner } from '../../src/server/index.js';
import { cli } from '../support/run-cli.js';
import { isThere, missing } from '../../scripts/programs.js';

const guide = readFileSync(new URL('../../docs/guides/recipes.md', import.meta.url), 'utf8');
const snippets = new Map(
  [...guide.matchAll(/<!-- snippet: (\S+) -->\n+```\w+\n([^]*?)\n```/g)].map(([, name, code]) => [name!, code!]),
);

const env = {
  JWT_APP_ID: 'my_app',
  JWT_APP_SECRET: 'b7e19c4d2f8a6035e1d7c9b4a2f60813',
  JITSI_DOMAIN: 'meet.example.org',
};
const deployment = selfHosted({ domain: env.JITSI_DOMAIN, appId: env.JWT_APP_ID, secret: env.JWT_APP_SECRET });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'recipes-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

async function expectAccepted(token: string, room: string): Promise<void> {
  const result = await preflight(token, deployment, { room });
  expect(result).toMatchObject({ connect: 'accepted', join: 'accepted' });
  expect(result.findings.filter(({ severity }) => severity !== 'advice')).toEqual([]);
}

describe('the snippets in other languages sign tokens that a deployment takes', () => {
  const ascii = ['Weekly Review', '50% = more (1)! a;b+c~d*e.f_g-h [x]#,@'];
  const beyondAscii = ['Größe Ｒｏｏｍ１ party🎉'];

  const languages: [name: string, command: string[], reason: string | null, more: string[]][] = [
    ['token.py', ['python3'], missing('python3'), beyondAscii],
    ['token.php', ['php'], missingPhp(), ['Größe party🎉']],
    ['token.rb', ['ruby'], missing('ruby'), beyondAscii],
  ];
  // Too large to be installed for this.
  if (isThere('go')) languages.push(['token.go', ['go', 'run'], null, []]);
  if (isThere('java')) languages.push(['MeetingToken.java', ['java'], null, beyondAscii]);

  it.for(languages)('%s', { timeout: 120_000 }, async ([name, command, reason, more], { skip }) => {
    if (reason) skip(reason);
    for (const room of [...ascii, ...more]) {
      const file = join(folder, name);
      writeFileSync(file, snippets.get(name)!.replace('Weekly Review', room));
      const [program, ...args] = command;
      const { stdout, stderr } = spawnSync(program!, [...args, file], {
        encoding: 'utf8',
        env: { ...process.env, ...env, GOFLAGS: '-mod=mod', GO111MODULE: 'off' },
      });
      expect(stdout, stderr).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\s*$/);
      await expectAccepted(stdout.trim(), room);
      expect(decodeJwt(stdout)).toMatchObject({ moderator: true, context: { user: { id: 'u-1', name: 'Ada' } } });
    }
  });
});

function missingPhp(): string | null {
  const reason = missing('php');
  const hasMbstring = spawnSync('php', ['-r', 'exit(function_exists("mb_strtolower") ? 0 : 1);']).status === 0;
  return reason ?? (hasMbstring ? null : 'PHP has no mbstring: apt-get install php-mbstring');
}

/** A snippet with what it imports: the package as it is here, and a session that knows one person. */
async function load<Module>(
  name: string,
  settings: Partial<typeof env> = env,
  { tenants = '', mayEnter = 'tenant === null' } = {},
): Promise<Module> {
  const session =
    "const ada = { id: 'u-1', name: 'Ada', isHost: true };" +
    "export const userOf = (request) => request.headers.get('cookie') === 'ada' ? ada : null;" +
    `export const mayEnter = (user, room, tenant) => (${mayEnter}) && room === 'weekly%20review';`;
  const virtual: Record<string, string> = {
    './meeting-tokens.js': snippets.get('shared.mjs')!.replaceAll("// tenants: ['acme'],", tenants),
    './session.js': session,
  };
  const { outputFiles } = await build({
    stdin: { contents: snippets.get(name)!, resolveDir: process.cwd() },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    alias: { 'jitsi-meeting-element/server': './src/server/index.ts' },
    plugins: [
      {
        name: 'virtual',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/(meeting-tokens|session)\.js$/ }, ({ path }) => ({ path, namespace: 'virtual' }));
          onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({
            contents: virtual[path]!,
            resolveDir: process.cwd(),
          }));
        },
      },
    ],
  });
  // Another file each time: a module runs once.
  const file = join(mkdtempSync(join(folder, 'bundle-')), `${name}.mjs`);
  writeFileSync(file, outputFiles[0]!.contents);
  for (const setting of Object.keys(env) as (keyof typeof env)[]) vi.stubEnv(setting, settings[setting]);
  return (await import(file)) as Module;
}

async function expectContract(
  ask: (request: Request) => Promise<Response>,
  domain = 'meet.example.org',
): Promise<void> {
  const post = (room: string, cookie: string, more: object = {}): Promise<Response> =>
    ask(
      new Request('https://app.example.org/api/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ domain, room, tenant: null, ...more }),
      }),
    );
  const granted = await post('Weekly Review', 'ada');
  expect(granted.status).toBe(200);
  expect(granted.headers.get('cache-control')).toBe('no-store');
  await expectAccepted(((await granted.json()) as { token: string }).token, 'Weekly Review');
  expect((await post('board', 'ada')).status).toBe(403);
  // Ada may enter the room of no tenant; the same name in a tenant is another room.
  expect((await post('Weekly Review', 'ada', { tenant: 'acme' })).status).toBe(403);
  expect((await post('Weekly Review', 'ada', { domain: 'evil.example' })).status).toBe(400);
  const signedOut = await post('Weekly Review', '');
  expect(signedOut.status).toBe(401);
  expect(await signedOut.json()).toMatchObject({ signInUrl: '/login' });
}

describe('the snippets in JavaScript answer as the contract says', () => {
  it('and do not fail while a site is built without any settings', async () => {
    await expect(load('next.mjs', {})).resolves.toHaveProperty('POST');
  });

  it('Hono', async () => {
    const { app } = await load<{ app: { fetch(request: Request): Promise<Response> } }>('hono.mjs');
    await expectContract(async (request) => app.fetch(request));
  });

  it('Hono, for a Jitsi on a port of its own: the XMPP domain has none', async () => {
    const settings = { ...env, JITSI_DOMAIN: 'meet.example.org:8443' };
    const { app } = await load<{ app: { fetch(request: Request): Promise<Response> } }>('hono.mjs', settings);
    await expectContract(async (request) => app.fetch(request), 'meet.example.org:8443');
  });

  it('for tenants: where the line is taken in, and the person belongs to that one', async () => {
    type App = { app: { fetch(request: Request): Promise<Response> } };
    const rules = { tenants: "tenants: ['acme', 'beta'],", mayEnter: "tenant === 'acme'" };
    const { app } = await load<App>('hono.mjs', env, rules);
    const redirect = await load<App>('redirect.mjs', env, rules);
    for (const [tenant, status] of [
      ['acme', 200],
      ['ACME', 200],
      ['beta', 403],
      ['other', 400],
      ['аcme', 400],
      ['ａcme', 400],
      ['conference', 400],
      ['meet.example.org', 400],
      [null, 403],
    ] as const) {
      const body = JSON.stringify({ domain: 'meet.example.org', room: 'Weekly Review', tenant });
      const headers = { 'content-type': 'application/json', cookie: 'ada' };
      const response = await app.fetch(
        new Request('https://app.example.org/api/token', { method: 'POST', headers, body }),
      );
      expect([tenant, response.status]).toEqual([tenant, status]);
      const query = new URLSearchParams({ state: JSON.stringify({ room: 'weekly review', tenant }) });
      const back = await redirect.app.fetch(
        new Request(`https://app.example.org/api/jitsi-sign-in?${query}`, { headers: { cookie: 'ada' } }),
      );
      expect([tenant, back.status]).toEqual([tenant, status === 200 ? 302 : status]);
      if (status !== 200) continue;
      const { token } = (await response.json()) as { token: string };
      const result = await preflight(token, deployment, { room: 'Weekly Review', tenant: 'acme' });
      expect(result).toMatchObject({ connect: 'accepted', join: 'accepted' });
      expect(new URL(back.headers.get('location')!).pathname).toBe('/acme/weekly%20review');
    }
  });

  it('refuse every tenant as they are printed, also for a person who may enter it', async () => {
    type App = { app: { fetch(request: Request): Promise<Response> } };
    const { app } = await load<App>('hono.mjs', env, { mayEnter: 'true' });
    const body = JSON.stringify({ domain: 'meet.example.org', room: 'Weekly Review', tenant: 'acme' });
    const headers = { 'content-type': 'application/json', cookie: 'ada' };
    const asked = new Request('https://app.example.org/api/token', { method: 'POST', headers, body });
    expect((await app.fetch(asked)).status).toBe(400);
  });

  it('for who opens a meeting’s link: sent back with a token, or to sign in', async () => {
    const { app } = await load<{ app: { fetch(request: Request): Promise<Response> } }>('redirect.mjs');
    const open = async (cookie: string, room = 'weekly review', tenant?: string): Promise<Response> => {
      const query = new URLSearchParams({ state: JSON.stringify({ room, tenant }) });
      const address = `https://app.example.org/api/jitsi-sign-in?${query}`;
      return app.fetch(new Request(address, { headers: { cookie } }));
    };
    const back = new URL((await open('ada')).headers.get('location')!);
    expect(back.origin + back.pathname).toBe('https://meet.example.org/weekly%20review');
    await expectAccepted(back.searchParams.get('jwt')!, 'Weekly Review');
    expect((await open('')).headers.get('location')).toMatch(/^\/login\?returnTo=%2Fapi%2Fjitsi-sign-in/);
    expect((await open('ada', 'board')).status).toBe(403);
    expect((await open('ada', 'weekly review', 'acme')).status).toBe(403);
  });

  it('with key pairs: signs with the ring’s key and publishes its public half', async () => {
    const file = join(folder, 'keys.json');
    await cli(['keys', 'make', '--file', file, '--kid', 'first']);
    vi.stubEnv('JWT_KEYS_FILE', file);
    type Keys = { app: { fetch(request: Request): Promise<Response> }; signer: TokenSigner };
    const { app, signer } = await load<Keys>('keys.mjs');
    const name = createHash('sha256').update('first').digest('hex');
    const pem = await (await app.fetch(new Request(`https://app.example.org/api/keys/${name}.pem`))).text();
    const { token } = await signer.sign({ room: 'Weekly Review' });
    const withKeys = { ...deployment, algorithm: 'RS256', keys: { publicKeys: { first: pem } } };
    const result = await preflight(token, withKeys, { room: 'Weekly Review' });
    expect(result).toMatchObject({ connect: 'accepted', join: 'accepted' });
  });

  it('Workers', async () => {
    const worker = await load<{ default: { fetch(request: Request): Promise<Response> } }>('worker.mjs');
    await expectContract((request) => worker.default.fetch(request));
    expect((await worker.default.fetch(new Request('https://app.example.org/'))).status).toBe(404);
  });

  it('Next.js', async () => {
    const route = await load<Record<'GET' | 'POST' | 'OPTIONS', (request: Request) => Promise<Response>>>('next.mjs');
    await expectContract((request) => route.POST(request));
    expect(
      (await route.GET(new Request('https://app.example.org/api/token?room=board&domain=meet.example.org'))).status,
    ).toBe(401);
  });

  it('Express, whose handlers get Node’s request and response', async () => {
    type Listener = RequestListener;
    interface App {
      all(path: string, listener: Listener): void;
    }
    type ReadUser = (req: { headers: { cookie?: string } }) => object | null;
    const { mountTokens } = await load<{ mountTokens(app: App, readUser: ReadUser): void }>('express.mjs');
    let mounted: Listener | undefined;
    mountTokens({ all: (_, listener) => (mounted = listener) }, ({ headers }) =>
      headers.cookie === 'ada' ? { id: 'u-1', name: 'Ada', isHost: true } : null,
    );
    const server = createServer(mounted!).listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      await expectContract(async (request) =>
        fetch(`http://localhost:${port}/api/token`, {
          method: 'POST',
          headers: request.headers,
          body: await request.text(),
        }),
      );
    } finally {
      server.close();
    }
  });
});
