import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { isHmac, isRsa } from '../claims/algorithms.js';
import { createKeyRing, type KeyRing, type RingKey } from '../server/index.js';
import { activeAt, hasEnded } from '../server/key-schedule.js';
import { algorithmOf } from '../server/keys.js';
import { type Io, UsageError } from './io.js';
import { changeKeys, readKeys } from './key-file.js';
import { parseDuration, parseOptions, required } from './options.js';

const text = { type: 'string' } as const;
const options = { file: text, alg: text, kid: text, announce: text, overlap: text, json: { type: 'boolean' } } as const;

interface Values {
  alg?: string | undefined;
  kid?: string | undefined;
  announce?: string | undefined;
  overlap?: string | undefined;
}

/** What each command takes beside `--file` and `--json`: an option that would do nothing is a mistake. */
const commands: Record<
  string,
  { takes: (keyof Values)[]; run?: (file: string, values: Values, io: Io) => Promise<void> }
> = {
  make: { takes: ['alg', 'kid'], run: make },
  list: { takes: [] },
  rotate: { takes: ['kid', 'announce', 'overlap'], run: rotate },
  revoke: { takes: ['kid', 'announce'], run: revoke },
};

/** `keys make | list | rotate | revoke`: a key ring in a file that the backend reads (JWT_KEYS_FILE). */
export async function keysCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseOptions(args, options, 1);
  const [name = ''] = positionals;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError('Say what to do: keys make, keys list, keys rotate or keys revoke.');
  const file = required(values.file, 'file', 'keys.json');
  const { file: _file, json = false, ...rest } = values;
  const idle = Object.keys(rest).find((option) => !command.takes.includes(option as keyof Values));
  if (idle) throw new UsageError(`keys ${name} takes no --${idle}.`);
  await command.run?.(file, rest, io);
  list(file, json, io);
  return 0;
}

async function make(file: string, { alg = 'RS256', kid }: Values, io: Io): Promise<void> {
  if (!isHmac(alg) && !isRsa(alg)) {
    throw new UsageError(`--alg is ${JSON.stringify(alg)}; expected RS256, RS384, RS512, HS256, HS384 or HS512.`);
  }
  const common = { kid: kid ?? `key-${randomBytes(6).toString('hex')}`, activeFrom: Math.floor(io.now() / 1000) };
  await changeKeys(file, io.warn, async ({ read, write }) => {
    if (await isThere(read)) throw new UsageError(`${file} is there already; another key is added by: keys rotate`);
    const key = isHmac(alg)
      ? { ...common, secret: randomBytes(32).toString('hex'), algorithm: alg }
      : { ...common, privateKey: await newPrivateKey(alg), algorithm: alg };
    // Checks the name of the key as well.
    write(createKeyRing([key as RingKey]).keys);
  });
}

/** A file that holds no ring is one all the same, and is not to be overwritten. */
async function isThere(read: () => unknown): Promise<boolean> {
  try {
    return read() !== null;
  } catch {
    return true;
  }
}

async function newPrivateKey(alg: string) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return exportJWK(privateKey);
}

async function rotate(file: string, { kid, announce, overlap }: Values, io: Io): Promise<void> {
  const seconds = {
    ...(announce !== undefined && { announce: parseDuration(announce, 'announce') }),
    ...(overlap !== undefined && { overlap: parseDuration(overlap, 'overlap') }),
  };
  await change(file, io, async (ring) => {
    await ring.rotate({ ...(kid !== undefined && { kid }), ...seconds });
  });
}

async function revoke(file: string, { kid, announce }: Values, io: Io): Promise<void> {
  const leaked = required(kid, 'kid', 'key-4f1c');
  const seconds = announce === undefined ? {} : { announce: parseDuration(announce, 'announce') };
  await change(file, io, async (ring) => {
    const active = await ring.revoke(leaked, seconds);
    io.warn(
      isHmac(algorithmOf(active))
        ? 'Prosody still takes tokens of the old secret: write the new one to its app_secret and reload it.\n'
        : 'Prosody keeps the revoked public key until it forgets it: restart it, or reload auth_token.\n',
    );
    io.warn('All steps are in docs/guides/self-hosted.md, "The night a key leaks".\n');
  });
}

async function change(file: string, io: Io, by: (ring: KeyRing) => Promise<void>) {
  await changeKeys(file, io.warn, async ({ read, write }) => {
    const keys = read();
    if (!keys) throw new UsageError(`${file} does not exist; make it: keys make --file ${file}`);
    const ring = createKeyRing(keys, { now: io.now });
    await by(ring);
    write(ring.keys);
  });
}

function list(file: string, json: boolean, io: Io): void {
  const keys = readKeys(file);
  const seconds = Math.floor(io.now() / 1000);
  const active = activeAt(keys, seconds);
  const rows = keys.map((key) => ({
    kid: key.kid,
    algorithm: algorithmOf(key),
    state: key === active ? 'signs' : stateOf(key, seconds),
    activeFrom: time(key.activeFrom),
    acceptedUntil: key.acceptedUntil === undefined ? null : time(key.acceptedUntil),
  }));
  if (json) io.write(`${JSON.stringify(rows, null, 2)}\n`);
  else
    for (const row of rows) {
      const until = row.acceptedUntil ? `, published until ${row.acceptedUntil}` : '';
      io.write(`${row.kid}  ${row.algorithm}  ${row.state}  from ${row.activeFrom}${until}\n`);
    }
  if (!active) io.warn('No key signs now; add one: keys rotate --announce 0s\n');
}

function stateOf(key: RingKey, seconds: number): string {
  if (hasEnded(key, seconds)) return 'over';
  return key.activeFrom > seconds ? 'announced' : 'retired';
}

const time = (seconds: number): string => new Date(seconds * 1000).toISOString();
