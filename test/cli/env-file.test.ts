import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EnvNote, parseEnv, readEnvFile } from '../../src/cli/env-file.js';

const pem = '-----BEGIN PUBLIC KEY-----\nMIIB\nIjAN\n-----END PUBLIC KEY-----';

function read(text: string, env: Record<string, string> = {}): { values: Record<string, string>; notes: EnvNote[] } {
  const notes: EnvNote[] = [];
  return { values: parseEnv(text, env, (note) => notes.push(note)), notes };
}

// Most lines are those of Compose's own tests (compose-go, dotenv), its results with them.
describe('a file of settings is read as Docker Compose reads it', () => {
  it.each<[line: string, value: string]>([
    ['A=bar', 'bar'],
    ['A =bar', 'bar'],
    ['A= bar', 'bar'],
    ['A=bar   ', 'bar'],
    ['  A=bar', 'bar'],
    ['\tA\t=\tbar', 'bar'],
    ['A=bar\r\n', 'bar'],
    ['\uFEFFA=bar', 'bar'],
    ['A=', ''],
    ['A=""', ''],
    ['A: 1', '1'],
    ['A: Foo=bar', 'Foo=bar'],
    ['A=1:B', '1:B'],
    ['A=foobar=', 'foobar='],
    ['export A=2', '2'],
    ['  export\tA=2', '2'],
    ['A="bar"', 'bar'],
    ["A='bar'", 'bar'],
    [`A="'d'"`, "'d'"],
    [`A='"d"'`, '"d"'],
    ['A="escaped\\"bar"', 'escaped"bar'],
    ['A="\\"quoted\\""', '"quoted"'],
    ["A='\\n'", '\\n'],
    ["A='it\\'s'", "it's"],
    ['A="bar\\nbaz"', 'bar\nbaz'],
    ['A="a\\tb"', 'a\tb'],
    ['A=a\\tb', 'a\\tb'],
    ['A="bar\\n\\ b\\az"', 'bar\n\\ b\u0007z'],
    ['A="bar\\\\r\\ b\\az"', 'bar\\r\\ b\u0007z'],
    ['A="bar\\nbaz\\\\"', 'bar\nbaz\\'],
    ['A="\\0123"', 'S'],
    ['A="\\x07"', '\\x07'],
    ['A="\\u12e4"', '\\u12e4'],
    ['A=bar # this is foo', 'bar'],
    ['A=bar #this is foo', 'bar'],
    ['A=bar #', 'bar'],
    ['A=123#no-comment', '123#no-comment'],
    ['A="bar#baz"#', 'bar#baz'],
    ['A="bar#baz" # comment', 'bar#baz'],
    ["A='bar#baz#bang' # comment's", 'bar#baz#bang'],
    ['A="bar" # a "comment"', 'bar'],
    [`A="${pem}"`, pem],
    [`A='${pem}' # mine`, pem],
    [`A="${pem.replaceAll('\n', '\\n')}"`, pem],
    ['# A=no\nA=yes\n#A=no', 'yes'],
    ['A=first\nA=second', 'second'],
    ['B=1\n\n\nA=2', '2'],
    ['A=plain', 'plain'],
  ])('%j', (line, value) => expect(read(line).values['A']).toBe(value));

  it.each<[line: string, value: string]>([
    ["A='a$kq9'", 'a$kq9'],
    ["A='a$$b'", 'a$$b'],
    ['A=a$kq9!x', 'a!x'],
    ['A="a$kq9!x"', 'a!x'],
    ['A="a${kq9}x"', 'ax'],
    ['A=a$$b', 'a$b'],
    ['A="a$$b"', 'a$b'],
    ['A="a\\$b"', 'a$b'],
    ['A=cost$5', 'cost$5'],
    ['A=end$', 'end$'],
    ['A=a$!b', 'a$!b'],
    ['B=x\nA=$B', 'x'],
    ["B=x\nA='$B'", '$B'],
    ['A=$HOST', 'h'],
    ['A=${HOST:-d}', 'h'],
    ['A=${NONE:-d}', 'd'],
    ['A=${NONE-d}', 'd'],
    ['A=${EMPTY-d}', ''],
    ['A=${EMPTY:-d}', 'd'],
    ['A=${HOST:+set}', 'set'],
    ['A=${NONE+set}', ''],
    ['A=${HOST:?must}', 'h'],
    ['A=${NONE:-${ALSO:-deep}}-x', 'deep-x'],
    ['A=${NONE:-$HOST}', 'h'],
    ['A=${HOST:-${NONE:?never asked}}', 'h'],
    ['A', 'from outside'],
    ['A\nB=1', 'from outside'],
  ])('what $ is filled in with: %j', (line, value) =>
    expect(read(line, { HOST: 'h', EMPTY: '', A: 'from outside' }).values['A']).toBe(value),
  );

  it('each name, whatever stands before it', () => {
    const text = `A="1" # x\r\nB='2\n3'\n\n# c\nexport C=4\nD: 5\nE.f-g=6\n__proto__=7`;
    const { values } = read(text);
    expect(Object.entries(values)).toEqual([
      ['A', '1'],
      ['B', '2\n3'],
      ['C', '4'],
      ['D', '5'],
      ['E.f-g', '6'],
      ['__proto__', '7'],
    ]);
  });
});

describe('what Compose makes of a value that one didn’t mean is told, without the value', () => {
  it.each<[line: string, told: RegExp]>([
    ['A="hunter2$kq9"', /Docker Compose changes this value.*single quotes.*\$\$/],
    ['A=hunter2$kq9', /Docker Compose changes this value/],
    ['A=hunter2${kq9:-hunter2}', /Docker Compose changes this value/],
    ['A=hunter2$$b', /one \$/],
    ['A="hunter2\\t"', /single quotes/],
    ['A="hunter2" hunter2', /closing quote/],
    ['A=hunter2\nA=hunter2', /second time.*last/],
  ])('%j', (line, told) => {
    const { notes } = read(line);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({ name: 'A', text: expect.stringMatching(told) as string });
    expect(JSON.stringify(notes)).not.toContain('hunter2');
    expect(JSON.stringify(notes)).not.toContain('kq9');
  });

  it.each(["A='a$b'", 'A=plain', 'A="x" # $y', `A="${pem.replaceAll('\n', '\\n')}"`, 'A=cost$5'])(
    'nothing of %j',
    (line) => expect(read(line).notes).toEqual([]),
  );

  it('with its line', () => {
    expect(read('# a comment\n\nB="x\ny"\nA=$z\n').notes[0]).toMatchObject({ name: 'A', line: 5 });
  });
});

describe('what Compose doesn’t start with is refused, with its line and without its text', () => {
  it.each<[text: string, line: number]>([
    ['A="hunter2', 1],
    ["A=1\nB='hunter2\nC=2", 2],
    ['hunter2 hunter2=1', 1],
    ['=hunter2', 1],
    ['A=1\nhunter2!', 2],
    ['A=${NONE:?hunter2}', 1],
    ['A=hunter2${', 1],
    ['A=hunter2${B', 1],
    ['A=hunter2${9}', 1],
    [`A=${'${B:-'.repeat(1000)}`, 1],
  ])('%j', (text, line) => {
    expect(() => read(text)).toThrow(new RegExp(`, line ${line}: .*Compose`));
    expect(() => read(text)).not.toThrow(/hunter2/);
  });
});

describe('reading', () => {
  it('takes time in proportion to the length', () => {
    const started = performance.now();
    for (const part of [' ', '\t', 'a ', '"', "'", '\\', '#', '\n', '$', '${A:-', '}', 'export ', '=', 'A=" '])
      for (const text of [part.repeat(200_000), `A=${part.repeat(200_000)}`, `A="x${part.repeat(200_000)}`])
        try {
          read(text);
        } catch (error) {
          expect((error as Error).name).toBe('UsageError');
        }
    // Quadratic reading of any one of them takes minutes.
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('gives values or a sentence for any text', () => {
    const pieces = fc.constantFrom('A', '=', ' ', '\n', '"', "'", '$', '{', '}', ':-', '\\', '#', 'export ', '\r', 'é');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        try {
          for (const value of Object.values(read(parts.join('')).values)) expect(typeof value).toBe('string');
        } catch (error) {
          expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(/line \d+: /) as string });
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('takes nothing that no file set: $%s', (name) => {
    expect(read(`A=$${name}\nB=\${${name}-none}\n${name}`).values).toEqual({ A: '', B: 'none' });
  });

  it.each(['no/such/file', '.'])('says why %s can’t be read', (path) => {
    expect(() => readEnvFile(path)).toThrow(/can’t be read: it (isn’t there|is a folder)/);
  });

  it('skips the mark at the beginning that Windows’ editors write', () => {
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), '\uFEFFA=1\r\nB=2\r\n');
    expect(readEnvFile(join(folder, '.env'))).toEqual({ A: '1', B: '2' });
    rmSync(folder, { recursive: true });
  });
});
