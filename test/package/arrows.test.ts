import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** A folder or a file of the table "The rooms" in CONTRIBUTING.md, and the folders and files that it may import. */
interface Room {
  name: string;
  knows: readonly string[];
}

function readRooms(text: string): Room[] {
  const rows = text.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [folder = '', , knows = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { name: folder.replaceAll('`', ''), knows: [...knows.matchAll(/`([^`]+)`/g)].map(([, name]) => name!) };
  });
}

/** The room of a file: the longest name that fits. */
const roomOf = (rooms: readonly Room[], file: string): Room | undefined =>
  rooms
    .filter(({ name }) => file === name || file.startsWith(`${name}/`))
    .toSorted((one, other) => other.name.length - one.name.length)[0];

/** Every module that a file names: imports and re-exports, of types as well, and `import()`. */
function importsOf(file: string, text: string): string[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, '.ts'));
}

/** What a file imports though its room may not. */
function violations(rooms: readonly Room[], file: string, text: string): string[] {
  const room = roomOf(rooms, file);
  if (!room) return [`${file} is in no room of the table`];
  return importsOf(file, text)
    .filter((imported) => {
      const target = roomOf(rooms, imported);
      return target !== room && !room.knows.includes(imported) && !(target && room.knows.includes(target.name));
    })
    .map((imported) => `${file} imports ${imported}`);
}

const rooms = readRooms(readFileSync('CONTRIBUTING.md', 'utf8'));
const files = ['src', 'server/src', 'demo', 'scripts', 'bench'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.m?[jt]s$/.test(file))
    .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`),
);

describe('the arrows between the rooms', () => {
  it('go as the table in CONTRIBUTING.md says, for every import of every file', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(files.flatMap((file) => violations(rooms, file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  it('never lead in a circle', () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (rooms.find(({ name }) => name === from)?.knows ?? []).some(
        (next) => next === to || (!seen.has(next) && reaches(next, to, seen.add(next))),
      );
    expect(rooms.map(({ name }) => name).filter((name) => reaches(name, name))).toEqual([]);
  });

  it.each([
    ['src/cli/check.ts', "import { machine } from '../session/machine.js';"],
    ['src/clock.ts', "import type { Target } from './session/options.js';"],
    ['src/claims/role.ts', "export * from '../clock.js';"],
    ['demo/panels/try.ts', "const { machine } = await import('../../src/session/machine.js');"],
    ['src/errors.ts', "import type { Finding } from './preflight/types.js';"],
    ['src/session/options.ts', "import { properties } from '../elements/properties.js';"],
    ['demo/standin/judge.ts', "import { preflight } from '../../src/preflight/index.js';"],
    ['src/nowhere/new.ts', ''],
  ])('are held against what is planted in %s: %s', (file, text) => {
    expect(violations(rooms, file, text)).toHaveLength(1);
  });
});
