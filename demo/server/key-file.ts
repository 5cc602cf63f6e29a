import { watchKeyRing, type RingKey } from '../../src/server/index.js';

/**
 * The keys in a file that `keys rotate` writes: each call returns what is in it now, and the same objects while nothing
 * changed. If the file is later missing or broken, the last keys stay, and the terminal says so.
 *
 * @throws {Error} when the file holds no keys at the first call
 */
export function keysInFile(file: string, onError?: (error: Error) => void): () => readonly RingKey[] {
  const ring = watchKeyRing(file, onError ? { onError } : {});
  return () => ring.keys;
}
