import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from './run.js';

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

  it('never overwrite a ring, and say what is none', async () => {
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
