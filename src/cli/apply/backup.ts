// What is kept beside a file: how it was before, and a sum of what `--apply` wrote. Only so can another time tell its own
// text, whose backup stays the one from before, from what somebody wrote since.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

export const backupOf = (path: string): string => `${path}.before-tokens`;

const sumOf = (path: string): string => `${backupOf(path)}.sha256`;

const sum = (content: string): string => `${createHash('sha256').update(content).digest('hex')}\n`;

/** Whether that is what `--apply` wrote last. */
export const isWritten = (path: string, content: string): boolean =>
  existsSync(sumOf(path)) && readFileSync(sumOf(path), 'utf8') === sum(content);

export const record = (path: string, content: string): void =>
  writeFileSync(sumOf(path), sum(content), { mode: 0o600 });

export function forget(path: string): void {
  for (const file of [backupOf(path), sumOf(path)]) rmSync(file, { force: true });
}

/**
 * Keeps a file as it is, unless `--apply` wrote it: then what is kept already is from before. Another backup gets a name of
 * its own, which is the result: nobody else has that text any more.
 */
export function keep(path: string, content: string): string | null {
  const backup = backupOf(path);
  const isThere = existsSync(backup);
  if (isThere && isWritten(path, content)) return null;
  const older = isThere && readFileSync(backup, 'utf8') !== content ? freeName(backup) : null;
  if (older !== null) renameSync(backup, older);
  copySecret(path, backup);
  return older;
}

/** Keeps what somebody wrote into a file since `--apply`, before it is put back. @returns the name of the copy */
export function keepEdited(path: string): string {
  const copy = freeName(`${path}.before-undo`);
  copySecret(path, copy);
  return copy;
}

/** The copy is for its owner alone. */
function copySecret(path: string, copy: string): void {
  copyFileSync(path, copy);
  chmodSync(copy, statSync(path).mode & 0o600);
}

function freeName(path: string): string {
  let name = path;
  for (let number = 1; existsSync(name); number += 1) name = `${path}.${number}`;
  return name;
}
