import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../support/run-cli.js';

const now = Date.UTC(2026, 10, 24);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keys-'));
  file = join(folder, 'keys.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('keys', () => {
  it('make a ring that signs at once, for its owner only, and shows no key', async () => {
    const { code, out } = await cli(['keys', 'make', '--file', file, '--kid', 'one'], { now });
    expect(code).toBe(0);
    expect(out).toBe('one  RS256  signs  from 2026-11-24T00:00:00.000Z\n');
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      keys: [{ kid: 'one', privateKey: { kty: 'RSA' } }],
    });
  });

  it('rotate: the new one is announced, then signs, then the old one is over', async () => {
    await cli(['keys', 'make', '--file', file, '--kid', 'one'], { now });
    await cli(['keys', 'rotate', '--file', file, '--kid', 'two', '--announce', '1h', '--overlap', '1d'], { now });
    const states = async (at: number): Promise<string[]> => {
      const { out } = await cli(['keys', 'list', '--file', file, '--json'], { now: at });
      return (JSON.parse(out) as { kid: string; state: string }[]).map(({ kid, state }) => `${kid} ${state}`);
    };
    const hour = 3_600_000;
    expect(await states(now)).toEqual(['one signs', 'two announced']);
    expect(await states(now + hour)).toEqual(['one retired', 'two signs']);
    expect(await states(now + 25 * hour)).toEqual(['one over', 'two signs']);
  });

  it('make a shared secret, too', async () => {
    const { out } = await cli(['keys', 'make', '--file', file, '--alg', 'HS256']);
    const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: { secret: string }[] };
    expect(keys[0]!.secret).toMatch(/^[0-9a-f]{64}$/);
    expect(out).not.toContain(keys[0]!.secret);
  });

  it('never overwrite a ring, and refuse a file that is not a ring', async () => {
    await cli(['keys', 'make', '--file', file]);
    expect((await cli(['keys', 'make', '--file', file])).code).toBe(64);
    writeFileSync(file, '{"keys":[{"secret":"hunter2"');
    const { code, err } = await cli(['keys', 'list', '--file', file]);
    expect(code).toBe(64);
    expect(err).not.toContain('hunter2');
    expect((await cli(['keys', 'make', '--file', join(folder, 'b'), '--alg', 'none'])).code).toBe(64);
    expect((await cli(['keys', '--file', file])).code).toBe(64);
  });
});

interface Stored {
  kid: string;
  secret?: string;
  activeFrom: number;
  acceptedUntil?: number;
}
const stored = (path = file): Stored[] => (JSON.parse(readFileSync(path, 'utf8')) as { keys: Stored[] }).keys;
const kids = (path = file): string[] => stored(path).map(({ kid }) => kid);
const make = (path = file) => cli(['keys', 'make', '--file', path, '--kid', 'one', '--alg', 'HS256'], { now });
const rotate = (...more: string[]) => cli(['keys', 'rotate', '--file', file, ...more], { now });
const states = async (at = now): Promise<string[]> => {
  const { out } = await cli(['keys', 'list', '--file', file, '--json'], { now: at });
  return (JSON.parse(out) as { kid: string; state: string }[]).map(({ kid, state }) => `${kid} ${state}`);
};

/** The command as a file of its own, where the package has it: it reads its version from there. */
async function program(): Promise<string> {
  const bundle = join(folder, 'dist', 'cli', 'index.mjs');
  copyFileSync('package.json', join(folder, 'package.json'));
  await build({ entryPoints: ['src/cli/index.ts'], bundle: true, outfile: bundle, format: 'esm', platform: 'node' });
  return bundle;
}

describe('keys rotate', () => {
  it('at once and without overlap, while another key is announced: that one never takes over', async () => {
    await make();
    await rotate('--kid', 'two');
    await rotate('--kid', 'three', '--announce', '0s', '--overlap', '0s');
    expect(await states()).toEqual(['one over', 'three signs']);
    expect(await states(now + 3 * 3_600_000)).toEqual(['one over', 'three signs']);
    expect(await states(now + 30 * 3_600_000)).toEqual(['one over', 'three signs']);
  });

  it.each([
    ['a link', (real: string) => symlinkSync(real, file)],
    ['a link to a link', (real: string) => (symlinkSync(real, join(folder, 'between')), symlinkSync('between', file))],
  ])('through %s changes the file that it leads to', async (_, link) => {
    mkdirSync(join(folder, 'real'));
    const real = join(folder, 'real', 'ring.json');
    await make(real);
    link(real);
    expect((await rotate('--kid', 'two')).code).toBe(0);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(kids(real)).toEqual(['one', 'two']);
    expect(readdirSync(join(folder, 'real'))).toEqual(['ring.json']);
  });

  it('makes the file that a link leads to, if it does not exist yet', async () => {
    symlinkSync('real.json', file);
    expect((await make()).code).toBe(0);
    expect(kids(join(folder, 'real.json'))).toEqual(['one']);
  });

  it('keeps all names of a file, and says how', async () => {
    await make();
    linkSync(file, join(folder, 'other.json'));
    const { err } = await rotate('--kid', 'two');
    expect(err).toContain('written in place');
    expect(kids(join(folder, 'other.json'))).toEqual(['one', 'two']);
  });

  it('keeps owner, group and mode of the file', async () => {
    await make();
    // Only root may give a file to somebody else.
    const [uid, gid] = process.getuid!() === 0 ? [65_534, 65_534] : [process.getuid!(), process.getgid!()];
    chownSync(file, uid, gid);
    chmodSync(file, 0o640);
    expect((await rotate()).err).toBe('');
    expect(statSync(file)).toMatchObject({ uid, gid, mode: 0o100640 });
  });

  it('says so where everybody can read the keys', async () => {
    await make();
    chmodSync(file, 0o644);
    expect((await rotate()).err).toContain(`Everybody on this machine can read the keys in ${file}.`);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('leaves nothing behind, whether it succeeds or fails', async () => {
    await make();
    await rotate();
    await rotate('--kid', 'one');
    await cli(['keys', 'revoke', '--file', file, '--kid', 'nobody']);
    expect(readdirSync(folder)).toEqual(['keys.json']);
  });

  it.each(['a file', 'a file with two names'])('keeps %s whole where the disk is full', async (kind) => {
    await cli(['keys', 'make', '--file', file], { now });
    if (kind === 'a file with two names') linkSync(file, join(folder, 'other.json'));
    const before = readFileSync(file, 'utf8');
    const bundle = await program();
    // A file of 1 kB at most: the first write takes what fits, as on a disk that is nearly full.
    const command = `ulimit -f 1; trap '' XFSZ; "$0" "$@"`;
    const { status, stderr } = spawnSync(
      'bash',
      ['-c', command, process.execPath, bundle, 'keys', 'rotate', '--file', file],
      {
        encoding: 'utf8',
      },
    );
    expect(stderr).toContain('can’t be written');
    expect(status).toBe(64);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(folder).filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  it('loses no key when six run at once', { timeout: 120_000 }, async () => {
    await make();
    const bundle = await program();
    const one = (kid: string): Promise<number | null> =>
      new Promise((done) => {
        spawn(process.execPath, [bundle, 'keys', 'rotate', '--file', file, '--kid', kid]).on('exit', done);
      });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(await Promise.all(names.map(one))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(kids().toSorted()).toEqual([...names, 'one']);
  });

  it('loses no key when twenty run at once in one process, through the file and a link to it', async () => {
    await make();
    const link = join(folder, 'link.json');
    symlinkSync(file, link);
    const runs = Array.from({ length: 20 }, (_, index) =>
      cli(['keys', 'rotate', '--file', index % 2 ? file : link, '--kid', `k${index}`], { now }),
    );
    expect((await Promise.all(runs)).map(({ code }) => code)).toEqual(Array.from({ length: 20 }, () => 0));
    expect(kids()).toHaveLength(21);
  });

  it('of two that make the same ring, one does', async () => {
    const codes = (await Promise.all([make(), make(), make()])).map(({ code }) => code);
    expect(codes.toSorted((a, b) => a - b)).toEqual([0, 64, 64]);
  });

  it('says at once which file to delete where one was killed', async () => {
    await make();
    writeFileSync(`${file}.lock`, `${2 ** 22 + 1} ${hostname()}\n`);
    const { code, err } = await rotate();
    expect(code).toBe(64);
    expect(err).toContain(`delete ${file}.lock and try again`);
    expect(kids()).toEqual(['one']);
  });
});

describe('keys revoke', () => {
  const revoke = (kid: string) => cli(['keys', 'revoke', '--file', file, '--kid', kid], { now });

  it('of the key that signs: it is gone from the file, and another one signs at once', async () => {
    await make();
    const [{ secret }] = stored() as [Stored];
    const { code, out, err } = await revoke('one');
    expect(code).toBe(0);
    expect(out).toMatch(/^[0-9a-f-]{36} {2}HS256 {2}signs {2}from/);
    expect(err).toContain('app_secret');
    expect(err).toContain('The night a key leaks');
    expect(readFileSync(file, 'utf8')).not.toContain(secret);
  });

  it('lets the announced key take over at once', async () => {
    await make();
    await rotate('--kid', 'two');
    await revoke('one');
    expect(await states()).toEqual(['two signs']);
  });

  it('of an announced key puts another one in its place', async () => {
    await make();
    await rotate('--kid', 'two');
    await revoke('two');
    expect(await states()).toEqual(['one signs', expect.stringMatching(/ announced$/)]);
    expect(kids()).not.toContain('two');
  });

  it('tells what to do with Prosody where keys are published', async () => {
    await cli(['keys', 'make', '--file', file, '--kid', 'one'], { now });
    expect((await revoke('one')).err).toContain('reload auth_token');
  });

  it('needs the name of a key that is there', async () => {
    await make();
    expect((await cli(['keys', 'revoke', '--file', file])).err).toContain('--kid is missing');
    const { code, err } = await revoke('two');
    expect(code).toBe(64);
    expect(err).toContain('Its keys are: one.');
    expect(kids()).toEqual(['one']);
  });
});

describe('keys says in one sentence', () => {
  it.each<[says: RegExp, name: string, args: (folder: string) => string[], content?: string]>([
    [/lock can’t be made.*does not exist/, 'no such folder', () => ['make', '--file', '/nope/x']],
    [
      /not a folder|does not exist/,
      'a file for a folder',
      (at) => ['make', '--file', join(at, 'keys.json', 'x')],
      '{}',
    ],
    [/is there already/, 'a ring is there', () => ['make'], '{"keys":[]}'],
    [/is there already/, 'something else is there', () => ['make'], 'hunter2'],
    [/is not a file/, 'a folder', (at) => ['list', '--file', at]],
    [/is not a file/, 'a folder to change', (at) => ['rotate', '--file', at]],
    [/does not exist/, 'nothing to list', () => ['list']],
    [/does not exist; make it/, 'nothing to rotate', () => ['rotate']],
    [/does not exist; make it/, 'nothing to revoke', () => ['revoke', '--kid', 'x']],
    [/key 1 is not an object/, 'null', () => ['list'], '{"keys":[null]}'],
    [/there is no key in it/, 'no key', () => ['list'], '{"keys":[]}'],
    [/the keys are not a list/, 'no list', () => ['rotate'], '{"keys":{"0":{}}}'],
    [/not a key ring/, 'a list', () => ['list'], '[]'],
    [/not a key ring/, 'a word', () => ['list'], '"hunter2"'],
    [/is not JSON/, 'a PEM', () => ['list'], '-----BEGIN PRIVATE KEY-----\nhunter2'],
    [/is empty/, 'nothing', () => ['rotate'], ''],
    [/the secret is missing/, 'no key', () => ['list'], '{"keys":[{"kid":"a","activeFrom":0,"secret":null}]}'],
    [/there is none|is missing/, 'no key at all', () => ['list'], '{"keys":[{"kid":"a","activeFrom":0}]}'],
    [/kid is not a name|needs a kid/, 'a kid that is not a name', () => ['make', '--kid', 'a\nb']],
    [/takes no --overlap/, 'an option for another command', () => ['make', '--overlap', '1h']],
    [/takes no --announce/, 'an option for another command', () => ['list', '--announce', '1h'], '{}'],
    [/keys make, keys list, keys rotate or keys revoke/, 'no command', () => ['constructor']],
  ])('%s (%s)', async (says, _, args, content) => {
    if (content !== undefined) writeFileSync(file, content);
    const given = args(folder);
    const { code, err, out } = await cli(['keys', ...given, ...(given.includes('--file') ? [] : ['--file', file])]);
    expect(err).toMatch(says);
    expect(code).toBe(64);
    expect(out).toBe('');
    expect(err).not.toMatch(/hunter2|\n\s+at /);
    expect(existsSync(`${file}.lock`)).toBe(false);
  });
});
