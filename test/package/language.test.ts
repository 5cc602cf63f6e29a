import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Phrases that a reader has to read twice, each with what to write instead. */
const phrases: [RegExp, string][] = [
  [/\bwhoever\b/i, 'Write "a person who ..." or the noun that is meant.'],
  [/\bcomes to nothing\b/i, 'Write "fails" or "has no effect".'],
  [/\b(?:is|are) over by\b/i, 'Write "has expired by".'],
  [/\b(?:that|what|which) (?:is|are) none\b/i, 'Write "that is not a ..." or "invalid".'],
  [/\b(?:that|what) (?:is|are) no [a-z]/i, 'Write "that is not a ...".'],
  [/(?:describe|it|test)\(['"`]who (?:is|has|waits|asks|leaves|joins)\b/, 'Put a noun before "who".'],
  [/, say[,.:]/i, 'Write "such as" or "for example".'],
];

const folders = [
  'src',
  'server',
  'docs',
  'demo',
  'test',
  'bench',
  'scripts',
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
];

/** Recordings, a visitor's sentences, and the phrases themselves. */
const isLeftOut = (path: string): boolean =>
  path.startsWith('test/data/') || path.startsWith('src/locale/') || path === 'test/package/language.test.ts';

/** What a developer reads: all of a page, and the comments and test names of code. Quoted texts in code may be data. */
function sentences(path: string, text: string): string[] {
  const lines = text.split('\n');
  if (path.endsWith('.md')) return lines;
  return lines.filter((line) => /^\s*(?:\/\/|\/\*|\*)|\b(?:describe|it|test)(?:\.each)?\(/.test(line));
}

function found(path: string, text: string): string[] {
  return sentences(path, text).flatMap((line) =>
    phrases
      .filter(([phrase]) => phrase.test(line.replace(/“[^”]*”/g, '')))
      .map(([, advice]) => `${path}: ${line.trim()} - ${advice}`),
  );
}

const files = execFileSync('git', ['ls-files', '--', ...folders], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(?:ts|mjs|md)$/.test(path) && !isLeftOut(path));

describe('what a developer reads', () => {
  it('has none of the phrases that have to be read twice', () => {
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap((path) => found(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it.each([
    ['/** For whoever asks. */', 'a person who'],
    ['// What is loaded now comes to nothing.', 'has no effect'],
    ["  it('is over by either clock', () => {", 'has expired'],
    ["  it('refuses an address that is none', () => {", 'not a'],
    ['/** Throws for what is no message. */', 'not a'],
    ["describe('who waits for the network', () => {", 'noun'],
    [' * In a lobby, say, the app waits.', 'such as'],
  ])('is searched: %s', (line, advice) => {
    expect(found('src/planted.ts', line).join()).toContain(advice);
  });
});
