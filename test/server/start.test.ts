import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../demo/server/start.js';
import { readSettings } from '../../demo/server/settings.js';
import { checkingKeys, ringOf } from '../../demo/server/signing.js';
import { judgeConnecting } from '../../demo/standin/judge.js';
import type { Deployment } from '../../src/preflight/index.js';
import { cli } from '../support/run-cli.js';
import { ask as askUrl } from '../support/https-client.js';
import { run } from '../support/processes.js';

let demo: Demo;
beforeAll(async () => {
  demo = await startDemo({ port: 0, env: {} });
}, 60_000);
afterAll(() => demo.close());

async function ask(path: string): Promise<{ status: number; type: string; body: string }> {
  const { status, headers, body } = await askUrl(demo.url + path);
  return { status, type: String(headers['content-type'] ?? ''), body };
}

describe('the demo', () => {
  it('serves its page built, and no sources of it', async () => {
    const { body } = await ask('/');
    const assets = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    expect([...new Set(assets.map((path) => path.replace(/.*\./, '')))].sort()).toEqual(['css', 'js']);
    let code = '';
    for (const path of assets) {
      const asset = await ask(path);
      expect(asset).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/(javascript|css)/) });
      if (path.endsWith('.js')) code += asset.body;
    }
    expect(code).toContain('jitsi-meeting');
    for (const path of ['/demo/main.ts', '/demo/style.css', '/src/elements/jitsi-meeting.ts', '/assets/nothing.js']) {
      expect((await ask(path)).status, path).toBe(404);
    }
  });

  it('serves the API and Jitsi’s script on the same origin, and a conference under every other name', async () => {
    expect(JSON.parse((await ask('/api/config')).body)).toMatchObject({
      domain: new URL(demo.url).host,
      standin: true,
    });
    expect((await ask('/external_api.js')).body).toContain('JitsiMeetExternalAPI');
    for (const path of ['/team-meeting', '/acme/team-meeting', '/src', '/demo', '/api']) {
      expect(await ask(path), path).toMatchObject({ status: 200, type: expect.stringContaining('text/html') });
    }
  });

  it('is as heavy as the real app where that is asked for', async () => {
    const heavy = await startDemo({ port: 0, env: {}, standin: { weight: true } });
    try {
      const { body } = await askUrl(`${heavy.url}/team-meeting`);
      const [, script] = /<script src="(\/libs\/[^"]+)"/.exec(body)!;
      expect((await askUrl(heavy.url + script)).body.length).toBeGreaterThan(2_300_000);
      expect((await ask('/team-meeting')).body).not.toContain(script);
    } finally {
      await heavy.close();
    }
  });

  it('serves no files besides the sources of the page', async () => {
    for (const path of [
      '/@fs/etc/passwd',
      '/.cache/certificates/localhost.pem',
      '/demo/../.cache/certificates/localhost.pem',
    ]) {
      expect((await ask(path)).body, path).not.toMatch(/PRIVATE KEY|root:/);
    }
  });

  it('says when its port is taken', async () => {
    const port = Number(new URL(demo.url).port);
    await expect(startDemo({ port, env: {} })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  });

  it('still has the whole page after another start in the same folder, whatever that finds of it', async () => {
    const first = await startDemo({ port: 0, env: {} });
    try {
      const { port } = new URL(first.url);
      for (const kept of readdirSync('.cache/demo')) rmSync(`.cache/demo/${kept}`, { force: true });
      const others = ['development', 'production'].map((NODE_ENV) =>
        run('node', ['--import', 'tsx', 'demo/server/start.ts'], { PORT: port, NODE_ENV }),
      );
      await Promise.all(others.map((other) => other.printed(/Port \d+ is taken/)));
      await Promise.all(others.map((other) => other.ended));
      const page = await askUrl(first.url);
      const assets = [...page.body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
      expect(assets.length).toBeGreaterThan(1);
      for (const path of assets) expect((await askUrl(first.url + path)).status, path).toBe(200);
      // They all built the same one.
      expect(readdirSync('.cache/demo').filter((name) => name.endsWith('.json'))).toHaveLength(1);
      const third = await startDemo({ port: 0, env: {} });
      expect((await askUrl(third.url)).body).toBe(page.body);
      await third.close();
    } finally {
      await first.close();
    }
  });

  it.each([
    ['a name of another machine', { HOST: '192.0.2.1' }, /^HOST is not an address/],
    ['a word for a port', { PORT: 'eight' }, /^PORT must be a number/],
    ['a value that is not a name', { HOST: 'https://localhost' }, /^HOST must be a name or an address/],
  ])('says in one sentence what it was started wrongly with: %s', async (_, env, sentence) => {
    const { ended, output } = run('node', ['--import', 'tsx', 'demo/server/start.ts'], { PORT: '0', ...env });
    await ended;
    expect(output()).toMatch(sentence);
    expect(output().trim().split('\n')).toHaveLength(1);
  });
});

describe('the demo with a key ring', () => {
  let folder: string;
  let file: string;
  let withKeys: Demo | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'demo-keys-'));
    file = join(folder, 'keys.json');
  });
  afterEach(async () => {
    await withKeys?.close();
    rmSync(folder, { recursive: true });
  });

  async function tokenOf({ url }: Demo): Promise<string> {
    const post = (path: string, body: object, cookie = ''): ReturnType<typeof askUrl> => {
      const headers = { 'content-type': 'application/json', origin: url, cookie };
      return askUrl(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    };
    const session = await post('/api/sign-in', { person: 'ada' });
    const cookie = session.headers['set-cookie']![0]!.split(';')[0]!;
    const { body } = await post('/api/token', { domain: new URL(url).host, room: 'board' }, cookie);
    return (JSON.parse(body) as { token: string }).token;
  }

  /** As the stand-in of a demo with this ring judges, from the same file. */
  function judge(): (token: string) => Promise<string> {
    const settings = readSettings({ JWT_KEYS_FILE: file });
    const { appId, xmppDomain } = settings;
    const policy = { appId, xmppDomain, ...checkingKeys(settings, ringOf(settings, Date.now)) };
    return async (token) => {
      const judgement = await judgeConnecting(token, policy, new Date());
      return judgement.answer === 'refused' ? judgement.text : judgement.answer;
    };
  }

  it('signs with its key and publishes the public half; after a rotation with the new one, without a restart', async () => {
    await cli(['keys', 'make', '--file', file, '--kid', 'demo/1']);
    withKeys = await startDemo({ port: 0, env: { JWT_KEYS_FILE: file } });
    const verdict = judge();
    const before = await tokenOf(withKeys);
    expect(await verdict(before)).toBe('accepted');

    await cli(['keys', 'rotate', '--file', file, '--kid', 'demo/2', '--announce', '0s']);
    const after = await tokenOf(withKeys);
    expect([before, after].map((token) => decodeProtectedHeader(token).kid)).toEqual(['demo/1', 'demo/2']);
    const jwks = JSON.parse((await askUrl(`${withKeys.url}/api/keys/jwks.json`)).body) as JSONWebKeySet;
    for (const token of [before, after]) {
      await jwtVerify(token, createLocalJWKSet(jwks));
      expect(await verdict(token)).toBe('accepted');
    }
  });

  it('of one shared secret switches both sides at once', async () => {
    await cli(['keys', 'make', '--file', file, '--alg', 'HS256']);
    withKeys = await startDemo({ port: 0, env: { JWT_KEYS_FILE: file } });
    const verdict = judge();
    const before = await tokenOf(withKeys);
    expect(await verdict(before)).toBe('accepted');
    await cli(['keys', 'rotate', '--file', file, '--announce', '0s']);
    expect(await verdict(before)).toBe('Invalid signature');
    expect(await verdict(await tokenOf(withKeys))).toBe('accepted');
    const { deployment } = JSON.parse((await askUrl(`${withKeys.url}/api/config`)).body) as { deployment: Deployment };
    expect(deployment).toMatchObject({ algorithm: 'HS256' });
    expect(deployment.keys).toBeUndefined();
  });

  it('goes on with what it has while the file is broken or gone', async () => {
    await cli(['keys', 'make', '--file', file, '--kid', 'demo/1']);
    withKeys = await startDemo({ port: 0, env: { JWT_KEYS_FILE: file } });
    writeFileSync(file, '{"keys": [');
    expect(decodeProtectedHeader(await tokenOf(withKeys)).kid).toBe('demo/1');
    rmSync(file);
    expect(decodeProtectedHeader(await tokenOf(withKeys)).kid).toBe('demo/1');
  });
});
