import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { RingKey } from '../server/index.js';
import { longestRing, parseRing } from '../server/ring-check.js';
import { UsageError } from './io.js';

/** How long another command may take: a key of 4096 bits on a slow machine takes seconds, and several may wait. */
const patience = { attempts: 1200, pause: 50 };

/** The keys in a file. Throws what to do where there are none. */
export function readKeys(file: string): readonly RingKey[] {
  const text = orSay(`${file} can’t be read`, () => {
    const stats = statSync(file);
    if (!stats.isFile()) throw new UsageError(`${file} is not a file.`);
    if (stats.size > longestRing) throw new UsageError(`${file} is not a key ring: it has over ${longestRing} bytes.`);
    return readFileSync(file, 'utf8');
  });
  return parseRing(text, JSON.stringify(file));
}

export interface KeyFile {
  /** Null where there is no file. */
  read(): readonly RingKey[] | null;
  write(keys: readonly RingKey[]): void;
}

/**
 * Runs a change of a file of keys while no other one runs, so that none of two changes at once is lost. Follows links: the
 * file that they lead to is changed, and the lock is beside it.
 */
export async function changeKeys(
  given: string,
  warn: (text: string) => void,
  change: (file: KeyFile) => void | Promise<void>,
): Promise<void> {
  const file = targetOf(given);
  const unlock = await lock(file);
  try {
    await change({
      read: () => (exists(file) ? readKeys(file) : null),
      write: (keys) => write(file, `${JSON.stringify({ keys }, null, 2)}\n`, warn),
    });
  } finally {
    unlock();
  }
}

/** Where a path leads to in the end, though there may be nothing yet. */
function targetOf(file: string, links = 40): string {
  return orSay(`${file} can’t be used`, () => {
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() && !exists(file) && links > 0) {
      return targetOf(resolve(dirname(file), readlinkSync(file)), links - 1);
    }
    return exists(file) ? realpathSync(file) : resolve(file);
  });
}

async function lock(file: string): Promise<() => void> {
  const path = `${file}.lock`;
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    const taken = orSay(`${path} can’t be made, which keeps two changes apart`, () => take(path));
    if (taken) return () => rmSync(path, { force: true });
    if (isLeftBehind(path)) break;
    await setTimeout(patience.pause);
  }
  throw new UsageError(
    `${path} is there: another keys command changes the file, or one was killed. If none is running, delete ${path} and try again.`,
  );
}

function take(path: string): boolean {
  try {
    const lockFile = openSync(path, 'wx', 0o600);
    writeSync(lockFile, `${process.pid} ${hostname()}\n`);
    closeSync(lockFile);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Whether the process that made a lock runs no more. Another machine's processes can't be seen from here. */
function isLeftBehind(path: string): boolean {
  try {
    const [, pid, host] = /^(\d+) (.+)\n$/.exec(readFileSync(path, 'utf8')) ?? [];
    if (!pid || host !== hostname()) return false;
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return codeOf(error) === 'ESRCH';
  }
}

/** Whole or not at all, as the backend may be reading it; its owner and mode stay, so that the backend still can. */
function write(file: string, text: string, warn: (text: string) => void): void {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old && old.mode & 0o004) {
    warn(`Everybody on this machine can read the keys in ${file}. Forbid it: chmod o= ${file}\n`);
  }
  if (old && (old.nlink > 1 || !replace(file, text, old))) {
    overwrite(file, text);
    warn(`${file} was written in place, as a new file would have had another owner or other names.\n`);
  } else if (!old) replace(file, text);
}

/** False where a new file in this place couldn't be what the old one was. */
function replace(file: string, text: string, old?: Stats): boolean {
  const next = `${file}.${process.pid}.tmp`;
  rmSync(next, { force: true });
  try {
    const opened = orSay(`${next} can’t be made`, () => openSync(next, 'wx', 0o600));
    try {
      if (old && !keepOwner(opened, old)) return false;
      fillIn(opened, text, next);
    } finally {
      closeSync(opened);
    }
    renameSync(next, file);
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    // A file that is mounted by itself can't be replaced.
    if (old && codeOf(error) === 'EBUSY') return false;
    throw error;
  } finally {
    rmSync(next, { force: true });
  }
}

function keepOwner(opened: number, { uid, gid, mode }: Stats): boolean {
  try {
    fchownSync(opened, uid, gid);
    fchmodSync(opened, mode & 0o777);
    return true;
  } catch {
    return false;
  }
}

function overwrite(file: string, text: string): void {
  const opened = orSay(`${file} can’t be written`, () => openSync(file, 'r+'));
  try {
    const before = readFileSync(opened);
    try {
      fillIn(opened, text, file);
    } catch (error) {
      // A disk that is full has the room that these took.
      writeSync(opened, before, 0, before.length, 0);
      ftruncateSync(opened, before.length);
      throw error;
    }
    ftruncateSync(opened, Buffer.byteLength(text));
  } finally {
    closeSync(opened);
  }
}

function fillIn(opened: number, text: string, file: string): void {
  orSay(`${file} can’t be written`, () => {
    const bytes = Buffer.from(text);
    // On a disk that is nearly full, a write takes a part only.
    for (let at = 0; at < bytes.length;) at += writeSync(opened, bytes, at, bytes.length - at, at);
    fsyncSync(opened);
  });
}

/** The new name is on the disk as well, where the system can be asked for that. */
function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    fsyncSync(opened);
    closeSync(opened);
  } catch {
    // Windows opens no folder.
  }
}

function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

const reasons: Record<string, string> = {
  ENOENT: 'it, or its folder, does not exist',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not do that',
  EPERM: 'this user may not do that',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ELOOP: 'its links lead in a circle',
};

/** A sentence in place of the system's error. */
function orSay<Result>(what: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    const code = codeOf(error) ?? '';
    throw new UsageError(`${what}: ${reasons[code] ?? `the system says ${code}`}.`);
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string } | null)?.code;
}
