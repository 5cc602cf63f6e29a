import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Something that the compiler refuses: the number of the error, and its text. */
export interface Complaint {
  code: number;
  text: string;
}

/** What TypeScript says of these files of a folder, with the settings of the project. The folder is in the clone. */
export function complaints(folder: string, files: readonly string[]): Complaint[] {
  const project = join(folder, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ extends: resolve('tsconfig.json'), include: [], files }));
  const { stdout } = spawnSync('node_modules/typescript-7/bin/tsc', ['-p', project, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  // Lines that begin with spaces belong to the error before them.
  return [...stdout.matchAll(/error TS(\d+): (.*(?:\n +.*)*)/g)].map(([, code, text]) => ({
    code: Number(code),
    text: text!,
  }));
}
