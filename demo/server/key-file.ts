import { watchKeyRing, type RingKey } from '../../src/server/index.js';

/**
 * The keys in a file that `keys rotate` writes: each call gives what is in it now, and the same objects as long as nothing
 * changed. A file that is gone or broken later leaves the keys that were there, and the terminal says so.
 *
 * @throws {Error} when there are none to begin with
 */
export function keysInFile(file: string, onError?: (error: Error) => void): () => readonly RingKey[] {
  const ring = watchKeyRing(file, onError ? { onError } : {});
  return () => ring.keys;
}
