import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, exportPKCS8, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, env, meeting } from '../support/run-cli.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function headerOf(...args: string[]): Promise<unknown> {
  return decodeProtectedHeader((await cli(['token', ...meeting, '--app-id', 'a', ...args])).out);
}

describe('token', () => {
  it('prints a token and nothing else', async () => {
    const { code, out, err } = await cli(['token', ...meeting, '--name', 'Ada', '--role', 'moderator'], { env });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(out)).toMatchObject({
      iss: 'my_app',
      sub: 'meet.example.org',
      room: 'my%20room',
      moderator: true,
      context: { user: { name: 'Ada' } },
    });
  });

  it('prints the meeting’s address with --link', async () => {
    const { out } = await cli(['token', ...meeting, '--tenant', 'acme', '--link'], { env });
    const link = new URL(out.trim());
    expect(link.origin + link.pathname).toBe('https://meet.example.org/acme/My%20Room');
    expect(decodeJwt(link.searchParams.get('jwt')!)).toMatchObject({ sub: 'acme' });
  });

  it('prints all of it with --json', async () => {
    const now = Date.UTC(2026, 10, 24);
    const { out } = await cli(['token', ...meeting, '--expires-in', '30m', '--features', 'recording,lobby', '--json'], {
      env,
      now,
    });
    const json = JSON.parse(out) as Record<string, unknown>;
    expect(json).toMatchObject({
      expiresAt: '2026-11-24T00:30:00.000Z',
      claims: { exp: now / 1000 + 1800, context: { features: { recording: true, lobby: true } } },
    });
  });

  it('takes the secret from a file, the key from a PEM, and a key ring', async () => {
    const secret = file('secret.txt', `${env.JWT_APP_SECRET}\n`);
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const pem = file('key.pem', await exportPKCS8(privateKey));
    const ring = join(folder, 'ring.json');
    await cli(['keys', 'make', '--file', ring, '--kid', 'ring-key']);
    expect(await headerOf('--key-file', secret)).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(await headerOf('--key-file', secret, '--alg', 'HS512')).toEqual({ alg: 'HS512', typ: 'JWT' });
    expect(await headerOf('--key-file', pem, '--kid', 'k')).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k' });
    expect(await headerOf('--key-file', ring)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'ring-key' });
  });

  it('reads a private key file in every form, and says what another one is', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    const jwk = { ...privateKey.export({ format: 'jwk' }), alg: 'RS512', kid: 'own' };
    const header = { alg: 'RS256', typ: 'JWT', kid: 'k' };
    const forms = {
      pem,
      base64: Buffer.from(pem).toString('base64'),
      escaped: `"${pem.replaceAll('\n', '\\n')}"`,
      der,
    };
    for (const [name, content] of Object.entries(forms)) {
      expect(await headerOf('--key-file', file(name, content), '--kid', 'k'), name).toEqual(header);
    }
    const own = await headerOf('--key-file', file('jwk', JSON.stringify(jwk)));
    expect(own).toEqual({ alg: 'RS512', typ: 'JWT', kid: 'own' });
    expect(await headerOf('--key-file', file('secret', `0b7e19c4d2f8a6035e1d7c9b4a2f60813\n`))).toMatchObject({
      alg: 'HS256',
    });

    const spki = file('public', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    const { code, err } = await cli(['token', ...meeting, '--key-file', spki, '--kid', 'k'], { env });
    expect(code).toBe(64);
    expect(err).toContain('is a public key');
  });

  it('makes a JaaS token where the app id is one of JaaS', async () => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const pem = file('jaas.pk', await exportPKCS8(privateKey));
    const appId = 'vpaas-magic-cookie-0123456789abcdef';
    const args = [
      'token',
      '--domain',
      '8x8.vc',
      '--room',
      'Daily',
      '--app-id',
      appId,
      '--key-file',
      pem,
      '--kid',
      '4a5b',
    ];
    const { out } = await cli([...args, '--link']);
    const link = new URL(out.trim());
    expect(link.pathname).toBe(`/${appId}/Daily`);
    expect(decodeProtectedHeader(link.searchParams.get('jwt')!).kid).toBe(`${appId}/4a5b`);
  });

  it.each([
    ['no room', ['token', '--domain', 'meet.example.org'], /--room is missing/],
    ['a domain with a path', ['token', '--domain', 'https://meet.example.org/', '--room', 'a'], /--domain/],
    ['an unknown option', ['token', ...meeting, '--colour', 'red'], /no option --colour/],
    ['a life that is not a duration', ['token', ...meeting, '--expires-in', 'soon'], /--expires-in/],
    ['an unknown role', ['token', ...meeting, '--role', 'owner'], /moderator, participant or visitor/],
    ['an unknown feature', ['token', ...meeting, '--features', 'flying'], /flying/],
    [
      'the AppID of a guide, before it asks for a key',
      ['token', ...meeting, '--app-id', 'vpaas-magic-cookie-...'],
      /AppID is the placeholder of a guide/,
    ],
    [
      'an AppID with the id of a key behind it',
      ['token', ...meeting, '--app-id', 'vpaas-magic-cookie-1a2b/4a5b'],
      /AppID has a slash/,
    ],
    ['RS256 with a secret', ['token', ...meeting, '--alg', 'RS256'], /needs a private key/],
    ['a tenant that is empty', ['token', ...meeting, '--tenant', ''], /^--tenant is empty/],
    ['a role that is empty', ['token', ...meeting, '--role='], /^--role is empty/],
    ['a life that is empty', ['token', ...meeting, '--expires-in='], /^--expires-in is empty/],
    ['a file of a key that is empty', ['token', ...meeting, '--key-file', ''], /^--key-file is empty/],
    ['rights that are empty', ['token', ...meeting, '--features='], /^--features is empty/],
    ['an unknown command', ['tokens'], /token, check, config, keys/],
  ])('says in a sentence what is wrong with %s', async (_, args, sentence) => {
    const { code, out, err } = await cli(args, { env });
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).toMatch(sentence);
    expect(err).not.toContain(env.JWT_APP_SECRET);
  });

  it.each([['--secret'], ['--app-secret'], ['--JWT_APP_SECRET'], ['']])(
    'takes no secret as an argument, and repeats none: %s',
    async (option) => {
      for (const args of [[option, 'hunter2'], [`${option}=hunter2`]]) {
        const { code, err } = await cli(['token', ...meeting, ...args.filter(Boolean)], { env });
        expect(code).toBe(64);
        expect(err).not.toContain('hunter2');
      }
    },
  );
});
