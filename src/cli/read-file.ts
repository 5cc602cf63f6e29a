import { readFileSync } from 'node:fs';
import { UsageError } from './io.js';

const reasons: Record<string, string> = {
  ENOENT: 'it isn’t there',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
};

/** The text of a file, or a sentence that says why there is none. */
export function readText(path: string): string {
  return readBytes(path)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    throw new UsageError(`The file ${JSON.stringify(path)} can’t be read${reason ? `: ${reason}` : ''}.`);
  }
}
