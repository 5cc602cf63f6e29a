import { activeAt } from './key-schedule.js';
import { readingOf, type ReadonlyKeyRing, type RingKey } from './key-ring.js';
import { checkOptions, invalidRing, longestRing, parseRing } from './ring-check.js';

/** Options of `watchKeyRing`. */
export interface WatchKeyRingOptions {
  /**
   * Told once of each fault (the file is gone, can't be read, or holds no ring) until the file is good again; the keys
   * that were read last are used meanwhile. Default: writes the message to `console.error`.
   */
  onError?: (error: Error) => void;
  /** Milliseconds between two looks at the file while no key is asked for; default 10 seconds. */
  interval?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  now?: () => number;
}

/** A ring that is what a file holds. To change it, write the file: `keys rotate --file F`. */
export interface WatchedKeyRing extends ReadonlyKeyRing {
  /** Looks at the file no more. The ring keeps the keys that it has. */
  close(): void;
}

/** What of `node:fs` is used. Node, Deno and Bun have it; the module loads without it. */
interface FileSystem {
  statSync(
    path: string,
    options: { bigint: true },
  ): Record<'dev' | 'ino' | 'size' | 'mtimeNs' | 'ctimeNs', bigint> & { isFile(): boolean; isDirectory(): boolean };
  readFileSync(path: string, encoding: 'utf8'): string;
}

/**
 * A file that was written this recently (nanoseconds) may be written again within one tick of the file system's clock.
 */
const tick = 100_000_000n;

/**
 * The ring in a file that `keys make`, `keys rotate` and `keys revoke` write. What is in the file counts from the next
 * signature on, however it came there: written in place, replaced, or by a link that leads elsewhere now. Later it
 * never throws for a file that is gone or broken. Throws `config-invalid` where there is no ring to begin with.
 */
export function watchKeyRing(file: string, options: WatchKeyRingOptions = {}): WatchedKeyRing {
  checkOptions(options, 'watchKeyRing', ['onError', 'interval', 'now']);
  const { onError = logError, interval = 10_000, now = Date.now } = options;
  if (typeof onError !== 'function')
    throw invalidRing('onError is not a function', 'Give onError: (error) => { ... }.');
  if (!(interval >= 1)) throw invalidRing('interval is not a time', 'Give interval in milliseconds, such as 10000.');
  const fs = fileSystem();
  stampOf(fs, file);
  let content = readContent(fs, file);
  let keys = parseRing(content, nameOf(file));
  /** Null as long as the file has to be read to know whether it is the same. */
  let seen: string | null = null;
  let told: string | null = null;
  let closed = false;

  function look(): void {
    try {
      const stamp = stampOf(fs, file);
      if (stamp !== null && stamp === seen) return;
      const text = readContent(fs, file);
      // The same objects for the same text: a key that is ready to sign stays ready.
      if (text !== content) keys = usable(parseRing(text, nameOf(file)));
      content = text;
      seen = stamp;
      told = null;
    } catch (error) {
      seen = null;
      tell(error as Error);
    }
  }

  function usable(read: readonly RingKey[]): readonly RingKey[] {
    if (activeAt(read, now() / 1000)) return read;
    throw invalidRing(`no key of the file ${nameOf(file)} is active`, 'Give one an activeFrom in the past.');
  }

  function tell(error: Error): void {
    if (told === error.message) return;
    told = error.message;
    try {
      onError(error);
    } catch {
      // What reports faults must not become one: this may run in a timer.
    }
  }

  const timer: unknown = setInterval(look, interval);
  // Where there is nothing else to do, the process may end.
  (timer as { unref?(): void }).unref?.();

  return {
    ...readingOf(now),
    get keys(): readonly RingKey[] {
      if (!closed) look();
      return keys;
    },
    close() {
      closed = true;
      clearInterval(timer as number);
    },
  };
}

function logError({ message }: Error): void {
  // eslint-disable-next-line no-console -- otherwise it would stay unnoticed that new keys are never taken over.
  console.error(message);
}

function fileSystem(): FileSystem {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): FileSystem | undefined } };
  const fs = process?.getBuiltinModule?.('node:fs');
  if (fs) return fs;
  throw invalidRing(
    'watchKeyRing needs files, which are not to be had here',
    'It runs on Node from 20.16 on, Deno and Bun. Elsewhere give the keys to createKeyRing(keys).',
  );
}

/** Says which file there is and when it was changed; null for one that may change without this being another. */
function stampOf(fs: FileSystem, file: string): string | null {
  const stats = orFault(file, () => fs.statSync(file, { bigint: true }));
  const { dev, ino, size, mtimeNs, ctimeNs } = stats;
  // A folder says itself that it can't be read; a pipe or a device may never end, and this may run in a timer of the
  // backend.
  if (!(stats.isFile() || stats.isDirectory()) || size > longestRing) {
    throw invalidRing(
      `${nameOf(file)} is not a file of at most ${longestRing} bytes`,
      'Give the file itself, as keys make writes it: a pipe or a device can be read only once.',
    );
  }
  const age = BigInt(Date.now()) * 1_000_000n - ctimeNs;
  return age > tick ? `${dev} ${ino} ${size} ${mtimeNs} ${ctimeNs}` : null;
}

function readContent(fs: FileSystem, file: string): string {
  return orFault(file, () => fs.readFileSync(file, 'utf8'));
}

function orFault<Result>(file: string, access: () => Result): Result {
  try {
    return access();
  } catch (error) {
    throw invalidRing(
      `the file ${nameOf(file)} can’t be read (${(error as { code?: string }).code ?? 'unknown fault'})`,
      'It has to be there, and readable for the user that the backend runs as. Make one: keys make --file keys.json',
    );
  }
}

/** The file as a person knows it; not what somebody put there in place of a name. */
function nameOf(file: unknown): string {
  return typeof file === 'string' && file.length < 500 && !/[\n{]|BEGIN/.test(file)
    ? JSON.stringify(file)
    : 'that is given';
}
