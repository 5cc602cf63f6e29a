import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
  ts.sys,
  '.',
);

const host = ts.createCompilerHost(options);
const { getSourceFile } = host;
/** Files as they are, read once for all programs: that is most of what a program costs. */
const unchanged = new Map<string, ts.SourceFile | undefined>();

/** What the compiler says of a file in which `from` stands in place of `to`; nothing is written. */
function complaints(file: string, from: string, to: string): string[] {
  const text = readFileSync(file, 'utf8');
  expect(text, file).toContain(from);
  host.getSourceFile = (name, language, ...rest) => {
    if (path.resolve(name) === path.resolve(file)) return ts.createSourceFile(name, text.replace(from, to), language);
    if (!unchanged.has(name)) unchanged.set(name, getSourceFile(name, language, ...rest));
    return unchanged.get(name);
  };
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
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
      expect(complaints(file, from, to).join('\n')).toMatch(expected);
    },
    60_000,
  );
});
