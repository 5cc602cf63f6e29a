import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { complaints } from '../support/compiler.js';

let folder: string;
beforeEach(() => {
  mkdirSync('.cache', { recursive: true });
  folder = mkdtempSync('.cache/planted-');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the compiler says of a copy of the sources in which `to` stands in one file in place of `from`. */
function planted(file: string, from: string, to: string): string {
  const text = readFileSync(file, 'utf8');
  expect(text, file).toContain(from);
  cpSync('src', join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, file), text.replace(from, to));
  return complaints(folder, [file])
    .map((complaint) => complaint.text)
    .join('\n');
}

describe('the compiler refuses', () => {
  it.each([
    [
      'a pair of node and input without an answer',
      'src/session/machine.ts',
      "prepared: to('loading'),",
      '',
      /'prepared' is missing/,
    ],
    [
      'a pair that has a step and is ignored as well',
      'src/session/machine.ts',
      "answers(opening, 'join',",
      "answers(opening, 'join', 'refused',",
      /"refused"/,
    ],
    [
      'an effect that is not in the list',
      'src/session/machine.ts',
      "enter: ['startDeadline']",
      "enter: ['startDeadlines']",
      /startDeadlines/,
    ],
    [
      'a made-up key of the config that the session sets',
      'src/session/api-options.ts',
      'disableDeepLinking: true',
      'disableDeepLinkings: true',
      /disableDeepLinkings/,
    ],
    [
      'a made-up key in configFlag',
      'src/elements/properties.ts',
      "configFlag('startWithAudioMuted')",
      "configFlag('startWithAudioMutes')",
      /startWithAudioMutes/,
    ],
  ])(
    '%s',
    (_what, file, from, to, expected) => {
      expect(planted(file, from, to)).toMatch(expected);
    },
    60_000,
  );
});
