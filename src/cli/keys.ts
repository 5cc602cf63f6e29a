import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { createKeyRing, type RingKey } from '../server/index.js';
import { readText } from './read-file.js';
import { type Io, UsageError } from './io.js';
import { parseDuration, parseOptions, required } from './options.js';

const text = { type: 'string' } as const;
const options = { file: text, alg: text, kid: text, announce: text, overlap: text, json: { type: 'boolean' } } as const;

/** `keys make | list | rotate`: a key ring in a file that the backend reads (JWT_KEYS_FILE). */
export async function keysCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, options, 1);
  const file = required(values.file, 'file', 'keys.json');
  switch (positionals[0]) {
    case 'make':
      await make(file, values.alg ?? 'RS256', values.kid, io);
      break;
    case 'list':
      break;
    case 'rotate':
      await rotate(file, values, io);
      break;
    default:
      throw new UsageError('Say what to do: keys make, keys list or keys rotate.');
  }
  list(file, values.json ?? false, io);
  return 0;
}

async function make(file: string, alg: string, kid: string | undefined, io: Io): Promise<void> {
  if (existsSync(file)) throw new UsageError(`${file} is there already; another key is added by: keys rotate`);
  const common = { kid: kid ?? `key-${randomBytes(6).toString('hex')}`, activeFrom: Math.floor(io.now() / 1000) };
  if (/^HS(256|384|512)$/.test(alg)) {
    write(file, [{ ...common, secret: randomBytes(32).toString('hex'), algorithm: alg } as RingKey]);
  } else if (/^RS(256|384|512)$/.test(alg)) {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    write(file, [{ ...common, privateKey: await exportJWK(privateKey), algorithm: alg } as RingKey]);
  } else throw new UsageError(`--alg is ${JSON.stringify(alg)}; expected RS256, RS384, RS512, HS256, HS384 or HS512.`);
}

async function rotate(
  file: string,
  values: { kid?: string; announce?: string; overlap?: string },
  io: Io,
): Promise<void> {
  const ring = createKeyRing(read(file), { now: io.now });
  await ring.rotate({
    ...(values.kid && { kid: values.kid }),
    ...(values.announce && { announce: parseDuration(values.announce, 'announce') }),
    ...(values.overlap && { overlap: parseDuration(values.overlap, 'overlap') }),
  });
  write(file, ring.keys);
}

function list(file: string, json: boolean, io: Io): void {
  const keys = read(file);
  const active = createKeyRing(keys, { now: io.now }).active().kid;
  const rows = keys.map((key) => ({
    kid: key.kid,
    algorithm: key.algorithm ?? ('secret' in key ? 'HS256' : 'RS256'),
    state: stateOf(key, active, io.now() / 1000),
    activeFrom: time(key.activeFrom),
    acceptedUntil: key.acceptedUntil === undefined ? null : time(key.acceptedUntil),
  }));
  if (json) io.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const row of rows) {
      const until = row.acceptedUntil ? `, published until ${row.acceptedUntil}` : '';
      io.write(`${row.kid}  ${row.algorithm}  ${row.state}  from ${row.activeFrom}${until}\n`);
    }
}

function stateOf(key: RingKey, active: string, seconds: number): string {
  if (key.kid === active) return 'signs';
  if (key.activeFrom > seconds) return 'announced';
  return key.acceptedUntil !== undefined && key.acceptedUntil <= seconds ? 'over' : 'retired';
}

const time = (seconds: number): string => new Date(seconds * 1000).toISOString();

function read(file: string): RingKey[] {
  const content = readText(file);
  try {
    const { keys } = JSON.parse(content) as { keys: RingKey[] };
    if (Array.isArray(keys) && keys.length > 0) return keys;
  } catch {
    // The parser's message may quote a key.
  }
  throw new UsageError(`${file} is no key ring; make one: keys make --file NAME`);
}

function write(file: string, keys: readonly RingKey[]): void {
  const next = `${file}.${process.pid}.tmp`;
  // For its owner only; and whole or not at all, as the backend may be reading it.
  writeFileSync(next, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  renameSync(next, file);
}
