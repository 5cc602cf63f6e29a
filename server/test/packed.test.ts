import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../scripts/programs.js';
import { freePort, run, type Running } from '../../test/support/processes.js';
import { startProvider, type TestProvider } from './support/provider.js';
import { access, settingsFor } from './support/settings.js';
import { Visitor } from './support/visitor.js';

const isBuilt = existsSync('dist/jitsi-meeting.js') && existsSync('server/dist/main.js');
const noRedis = missing('redis-server');

/** As npm would install the two packages, with what they depend on. */
function install(folder: string): string {
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  const pack = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const needed = new Set<string>();
  for (const [name, where] of [
    ['jitsi-meeting-element', []],
    ['jitsi-meeting-server', ['-w', 'server']],
  ] as const) {
    const archive = execFileSync('npm', [...pack, ...where], { encoding: 'utf8' }).trim();
    mkdirSync(join(modules, name));
    execFileSync('tar', ['-xzf', join(folder, archive), '-C', join(modules, name), '--strip-components=1']);
    const manifest = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { dependencies: object };
    for (const dependency of Object.keys(manifest.dependencies)) needed.add(dependency);
  }
  for (const name of needed) {
    if (existsSync(join(modules, name))) continue;
    mkdirSync(join(modules, name, '..'), { recursive: true });
    const nested = resolve('server/node_modules', name);
    symlinkSync(existsSync(nested) ? nested : resolve('node_modules', name), join(modules, name));
  }
  return join(modules, 'jitsi-meeting-server/dist/main.js');
}

describe.runIf(isBuilt)(`the packed server ${noRedis ?? ''}`, () => {
  let folder: string;
  let main: string;
  let provider: TestProvider;
  let redis: Running;
  let redisPort: number;
  let home: string;
  let other: string;
  let servers: Running[] = [];

  const startRedis = async (): Promise<Running> => {
    const args = ['--port', String(redisPort), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const started = run('redis-server', args);
    await started.printed(/Ready to accept connections/);
    return started;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'packed-'));
    main = install(folder);
    writeFileSync(join(folder, 'access.yaml'), access);
    redisPort = await freePort();
    redis = await startRedis();
    const ports = [await freePort(), await freePort()];
    [home, other] = ports.map((port) => `http://localhost:${port}`) as [string, string];
    provider = await startProvider([`${home}/api/oidc/callback`]);
    // Both are the same site, as behind one proxy.
    const env = {
      ...settingsFor(provider, home),
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      ACCESS_FILE: join(folder, 'access.yaml'),
    };
    servers = ports.map((port) => run(process.execPath, [main], { ...env, PORT: String(port) }));
    await Promise.all(servers.map((server) => server.printed(/"event":"listening"/)));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await redis?.stop();
    provider?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const body = { domain: 'meet.example.org', room: 'Board' };

  /** The same browser at the other process: one cookie jar, and the origin that pages have. */
  async function atOther(
    visitor: Visitor,
    path: string,
    content: object,
  ): Promise<{ status: number; body: Record<string, string> }> {
    const cookie = [...visitor.cookies(home)].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { 'content-type': 'application/json', origin: home, cookie };
    const response = await fetch(other + path, { method: 'POST', headers, body: JSON.stringify(content) });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text || '{}') as Record<string, string> };
  }

  async function alice(): Promise<Visitor> {
    const visitor = new Visitor(home);
    await visitor.signIn('alice');
    return visitor;
  }

  it('signs a person in for both processes, and out of both', async () => {
    const visitor = await alice();
    const { status, body: answer } = await atOther(visitor, '/api/token', body);
    expect(status).toBe(200);
    expect(decodeJwt(answer['token']!)).toMatchObject({ room: 'board', sub: 'meet.example.org' });
    const copy = new Map(visitor.cookies());
    await visitor.post('/api/sign-out');
    for (const [name, value] of copy) visitor.cookies().set(name, value);
    expect((await atOther(visitor, '/api/token', body)).status).toBe(401);
  });

  it('lets exactly one guest in by a link that both processes are asked to open at once', async () => {
    const { body: link } = await (await alice()).post('/api/invitations', { room: 'Board' });
    const entry = { invitation: link.url.split('#')[1], name: 'Gus' };
    const guests = Array.from({ length: 20 }, () => new Visitor(home));
    const answers = await Promise.all(
      guests.map((guest, index) => (index % 2 ? guest.post('/api/guest', entry) : atOther(guest, '/api/guest', entry))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(19).fill(410)]);
  });

  it('serves the guest’s page with the element', async () => {
    const visitor = new Visitor(home);
    expect(await (await visitor.go('/guest')).response.text()).toContain('/element/jitsi-meeting.js');
    const script = await (await visitor.go('/element/jitsi-meeting.js')).response.text();
    expect(script).toContain('jitsi-meeting');
    const chunks = [...script.matchAll(/"\.\/(jitsi-meeting\/[\w-]+\.js)"/g)].map(([, name]) => name!);
    for (const chunk of chunks) expect((await visitor.go(`/element/${chunk}`)).response.status, chunk).toBe(200);
  });

  it('goes on without Redis where that is safe, refuses where it isn’t, says so once, and recovers', async () => {
    const visitor = await alice();
    const { body: link } = await visitor.post('/api/invitations', { room: 'Board' });
    const entry = { invitation: link.url.split('#')[1], name: 'Gus' };
    await redis.stop();
    await Promise.all(servers.map((server) => server.printed(/"event":"redis-away"/)));
    expect((await visitor.post('/api/token', body)).status).toBe(200);
    expect((await atOther(visitor, '/api/token', body)).status).toBe(200);
    expect((await visitor.post('/api/guest', entry)).status).toBe(503);
    expect((await visitor.post('/api/guest/look', entry)).status).toBeGreaterThanOrEqual(400);
    expect((await visitor.post('/api/invitations', { room: 'Board' })).status).toBe(503);
    expect(await (await visitor.go('/readyz')).response.json()).toEqual({ status: 'ok', access: 'ok', store: 'away' });
    redis = await startRedis();
    await Promise.all(servers.map((server) => server.printed(/"event":"redis-back"/)));
    expect((await visitor.post('/api/invitations', { room: 'Board' })).status).toBe(201);
    // Redis has forgotten the link: it lets nobody in, rather than a second guest.
    expect((await visitor.post('/api/guest', entry)).status).toBe(410);
    for (const server of servers) expect(server.output().match(/"event":"redis-away"/g)).toHaveLength(1);
  });

  it('ends by itself when it is asked to, after what is under way', async () => {
    const port = await freePort();
    const env = { ...settingsFor(provider, `http://localhost:${port}`), ACCESS_FILE: join(folder, 'access.yaml') };
    const server = run(process.execPath, [main], { ...env, PORT: String(port) });
    await server.printed(/"event":"listening"/);
    const answers = Array.from({ length: 10 }, () => fetch(`http://localhost:${port}/healthz`));
    expect((await Promise.all(answers)).every(({ ok }) => ok)).toBe(true);
    await server.stop();
    expect(server.output()).toContain('"event":"stopped"');
    expect(server.child.exitCode).toBe(0);
  });

  it('says with --check what is wrong, and listens to nothing', async () => {
    const good = { ...settingsFor(provider, home), ACCESS_FILE: join(folder, 'access.yaml') };
    const check = async (env: Record<string, string>): Promise<[number | null, string]> => {
      const checking = run(process.execPath, [main, '--check'], env);
      await checking.ended;
      return [checking.child.exitCode, checking.output()];
    };
    expect(await check(good)).toEqual([0, 'The settings are good: the server can start.\n']);
    writeFileSync(join(folder, 'wrong.yaml'), 'rules:\n  - who: { group: a }\n    room: r\n');
    const [code, text] = await check({
      ...good,
      JITSI_DOMAIN: 'https://meet.example.org/',
      SESSION_SECRET: 'short',
      PUBLIC_URL: 'http://login.example.org',
    });
    expect(code).toBe(78);
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toContain('short');
    const [, later] = await check({
      ...good,
      ACCESS_FILE: join(folder, 'wrong.yaml'),
      OIDC_ISSUER: `http://localhost:${await freePort()}`,
    });
    expect(later).toMatch(
      /^wrong\.yaml:2:5: rooms is missing\.\nwrong\.yaml:3:5: "room" is not a known word in a rule\.\nOIDC_ISSUER: /,
    );
  });

  it('explains which rule counts for a person and a room', () => {
    writeFileSync(join(folder, 'bob.json'), JSON.stringify({ sub: 'bob', groups: ['staff'] }));
    const args = [
      'explain',
      '--as',
      join(folder, 'bob.json'),
      '--access',
      join(folder, 'access.yaml'),
      '--room',
      'Kitchen',
    ];
    expect(execFileSync(process.execPath, [main, ...args], { encoding: 'utf8' })).toBe(
      [
        'Room "kitchen" without tenant, "bob" (no verified mail address, in "staff")',
        '  line 3, "gone": not for this person',
        '  line 7, "board": not about this room',
        '  line 13, "hosted": not about this room',
        '  line 18, "staff": counts',
        'Gets a token: participant; for 3600 seconds.',
        '',
      ].join('\n'),
    );
  });
});
