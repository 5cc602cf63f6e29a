import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keysInFile } from '../../demo/server/key-file.js';
import { createTokenSigner, watchKeyRing, type WatchedKeyRing } from '../../src/server/index.js';

let folder: string;
let file: string;
let errors: string[];
let watched: WatchedKeyRing[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ring-'));
  file = join(folder, 'keys.json');
  errors = [];
  watched = [];
  writeFileSync(file, ring('one'));
});
afterEach(() => {
  for (const one of watched) one.close();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

const key = (kid: string, more = {}): object => ({ kid, secret: kid.padEnd(32, '.'), activeFrom: 0, ...more });
const ring = (...kids: string[]): string => JSON.stringify({ keys: kids.map((kid) => key(kid)) });
const watch = (options = {}): WatchedKeyRing => {
  const one = watchKeyRing(file, { onError: ({ message }) => void errors.push(message), ...options });
  watched.push(one);
  return one;
};

describe('a ring that is watched signs with what is in the file', () => {
  const ways: [name: string, change: () => void][] = [
    [
      'replaced, as keys rotate does',
      () => (writeFileSync(`${file}.new`, ring('two')), renameSync(`${file}.new`, file)),
    ],
    ['written in place', () => writeFileSync(file, ring('two'))],
    ['deleted and made again', () => (unlinkSync(file), writeFileSync(file, ring('two')))],
    [
      'written in place, with the time of the old one',
      () => {
        const { atime, mtime } = statSync(file);
        writeFileSync(file, ring('two'));
        utimesSync(file, atime, mtime);
      },
    ],
    [
      'by a link that leads elsewhere now',
      () => {
        writeFileSync(join(folder, 'other.json'), ring('two'));
        unlinkSync(file);
        symlinkSync('other.json', file);
      },
    ],
    [
      'by a folder that is a link, as Kubernetes mounts secrets',
      () => {
        for (const kid of ['one', 'two']) {
          mkdirSync(join(folder, kid));
          writeFileSync(join(folder, kid, 'keys.json'), ring(kid));
        }
        symlinkSync('two', join(folder, 'data'));
        unlinkSync(file);
        symlinkSync('data/keys.json', file);
      },
    ],
  ];
  it.each(ways)('%s', (_, change) => {
    const one = watch();
    expect(one.active().kid).toBe('one');
    change();
    expect(one.active().kid).toBe('two');
    expect(errors).toEqual([]);
  });

  it('each of two hundred changes within one tick of the file system’s clock', () => {
    const one = watch();
    for (let count = 100; count < 300; count += 1) {
      writeFileSync(file, ring(`k${count}`));
      expect(one.active().kid).toBe(`k${count}`);
    }
  });

  it('and is what createTokenSigner takes, with the same objects as long as nothing changes', async () => {
    const one = watch();
    const signer = createTokenSigner({ appId: 'app', domain: 'd', keys: one });
    const header = async (): Promise<string> => (await signer.sign({ room: 'daily' })).token.split('.')[0]!;
    expect(JSON.parse(Buffer.from(await header(), 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' });
    const before = one.active();
    writeFileSync(file, ring('one'));
    expect(one.active()).toBe(before);
  });
});

describe('a file that goes bad later', () => {
  const faults: [message: RegExp, name: string, spoil: () => void][] = [
    [/is not JSON/, 'half-written', () => writeFileSync(file, ring('two').slice(0, 30))],
    [/is empty/, 'emptied', () => writeFileSync(file, '')],
    [/can’t be read \(ENOENT\)/, 'gone', () => unlinkSync(file)],
    [/can’t be read \(EISDIR\)/, 'a folder', () => (unlinkSync(file), mkdirSync(file))],
    [/is not a file of at most/, 'a pipe', () => (unlinkSync(file), execFileSync('mkfifo', [file]))],
    [/is not a file of at most/, 'a device without an end', () => (unlinkSync(file), symlinkSync('/dev/zero', file))],
    [/is not a file of at most/, 'far too large', () => truncateSync(file, 3_000_000_000)],
    [/can’t be read \(ELOOP\)/, 'a link to itself', () => (unlinkSync(file), symlinkSync('keys.json', file))],
    [/can’t be read \(ENOENT\)/, 'a link to nowhere', () => (unlinkSync(file), symlinkSync('nowhere', file))],
    [/no key in it/, 'no key', () => writeFileSync(file, '{"keys":[]}')],
    [/key 1 is not an object/, 'null for a key', () => writeFileSync(file, '{"keys":[null]}')],
    [/not a key ring/, 'null', () => writeFileSync(file, 'null')],
    [/not a key ring/, 'a list', () => writeFileSync(file, '[]')],
    [/two keys have the kid/, 'a kid twice', () => writeFileSync(file, ring('two', 'two'))],
    [
      /no key of the file .* is active/,
      'no key that signs',
      () => writeFileSync(file, JSON.stringify({ keys: [key('two', { activeFrom: 9e9 })] })),
    ],
  ];
  it.each(faults)('%s (%s): told once, and the keys that were read last go on', (message, _, spoil) => {
    const one = watch();
    spoil();
    for (let count = 0; count < 5; count += 1) expect(one.active().kid).toBe('one');
    expect(errors).toEqual([expect.stringMatching(message)]);
    expect(errors[0]).toContain(file);
    expect(errors[0]).not.toContain('....');
  });

  it('is told again when it goes bad again, or in another way, and not when it comes back', () => {
    const one = watch();
    writeFileSync(file, '{');
    one.active();
    unlinkSync(file);
    one.active();
    writeFileSync(file, ring('two'));
    expect(one.active().kid).toBe('two');
    writeFileSync(file, '{');
    expect(one.active().kid).toBe('two');
    expect(errors).toHaveLength(3);
  });

  it('does not end the process though onError throws, in a request nor in the timer', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const onError = vi.fn(() => {
      throw new Error('no log');
    });
    const one = watch({ onError });
    unlinkSync(file);
    vi.advanceTimersByTime(60_000);
    expect(one.active().kid).toBe('one');
    expect(onError).toHaveBeenCalledOnce();
  });

  it('is told on the terminal if the site passes no function for that', () => {
    const log = vi.spyOn(console, 'error').mockReturnValue();
    const keys = keysInFile(file);
    unlinkSync(file);
    expect(keys()).toHaveLength(1);
    expect(keys()).toHaveLength(1);
    expect(log.mock.calls).toEqual([[expect.stringContaining('can’t be read (ENOENT)')]]);
    log.mockRestore();
  });
});

describe('watching', () => {
  it('looks at the file even while no key is asked for, until it is closed', () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const one = watch({ interval: 1000 });
    unlinkSync(file);
    vi.advanceTimersByTime(999);
    expect(errors).toHaveLength(0);
    vi.advanceTimersByTime(1);
    expect(errors).toHaveLength(1);
    one.close();
    expect(vi.getTimerCount()).toBe(0);
    writeFileSync(file, ring('two'));
    expect(one.active().kid).toBe('one');
  });

  it.each<[message: RegExp, name: string, content: string | null]>([
    [/can’t be read \(ENOENT\)/, 'no file', null],
    [/is not JSON/, 'a PEM', '-----BEGIN PRIVATE KEY-----'],
    [/is empty/, 'nothing', '\n'],
    [/no key in it/, 'no key', '{"keys":[]}'],
  ])('throws at the start for %s: %s', (message, _, content) => {
    if (content === null) unlinkSync(file);
    else writeFileSync(file, content);
    expect(() => watchKeyRing(file)).toThrow(message);
  });

  it('never puts what was given in place of a path into a message', () => {
    expect(() => watchKeyRing('{"keys":[{"secret":"hunter2"}]}')).toThrow(/the file that is given can’t be read/);
    expect(() => watchKeyRing(undefined as never)).toThrow(/the file that is given can’t be read/);
    expect(() => watchKeyRing(file, { onError: 'log' as never })).toThrow(/onError/);
    expect(() => watchKeyRing(file, { interval: 0 })).toThrow(/interval/);
  });

  it('says where it can’t run', () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValueOnce(undefined as never);
    expect(() => watchKeyRing(file)).toThrow(/not to be had here/);
  });

  it('in a process of its own: lets it end, and reads a file again that root made unreadable and gave back', async () => {
    // A mode does not stop root, so the process takes the rights of the user `nobody` where it may.
    const script = `
      import { chmodSync, renameSync, writeFileSync } from 'node:fs';
      import { watchKeyRing } from './src/server/index.js';
      const [file, next] = JSON.parse(process.env.FILES);
      const said = [];
      const ring = watchKeyRing(file, { onError: ({ message }) => said.push(message), interval: 5 });
      if (process.getuid() === 0) process.seteuid(65534);
      const back = () => { if (process.getuid() === 0) process.seteuid(0); };
      back(); chmodSync(next, 0); renameSync(next, file); if (process.getuid() === 0) process.seteuid(65534);
      const kids = [ring.active().kid, ring.active().kid];
      back(); chmodSync(file, 0o644); if (process.getuid() === 0) process.seteuid(65534);
      kids.push(ring.active().kid);
      back();
      console.log(JSON.stringify({ kids, said: said.length, eacces: /EACCES/.test(said[0]) }));`;
    const { outputFiles } = await build({
      stdin: { contents: script, resolveDir: process.cwd() },
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
    });
    chmodSync(folder, 0o777);
    chmodSync(file, 0o644);
    const next = join(folder, 'next.json');
    writeFileSync(next, ring('two'));
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module'], {
      input: outputFiles[0]!.text,
      encoding: 'utf8',
      timeout: 20_000,
      env: { ...process.env, FILES: JSON.stringify([file, next]) },
    });
    expect(status, stderr).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ kids: ['one', 'one', 'two'], said: 1, eacces: true });
    expect(readFileSync(file, 'utf8')).toContain('two');
  });
});
