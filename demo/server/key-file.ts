import { readFileSync, statSync } from 'node:fs';
import type { RingKey } from '../../src/server/index.js';

/**
 * The keys in a file that `keys rotate` writes anew: each call gives what is in it now, and the same objects as long as
 * nothing changed. A file that is gone or broken later leaves the keys that were there.
 *
 * @throws {Error} when there are none to begin with
 */
export function keysInFile(file: string): () => readonly RingKey[] {
  let keys = read(file);
  let seen = stampOf(file);
  return () => {
    try {
      const stamp = stampOf(file);
      if (stamp !== seen) {
        keys = read(file);
        seen = stamp;
      }
    } catch {
      // Whoever is writing it will be done soon; without a key nobody could be let in.
    }
    return keys;
  };
}

function read(file: string): readonly RingKey[] {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys: RingKey[] };
  if (keys.length === 0) throw new Error('There is no key in the file.');
  return keys;
}

/** `keys rotate` puts a new file in its place, so that even within one tick of the clock it is another one. */
function stampOf(file: string): string {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino} ${mtimeMs} ${size}`;
}
