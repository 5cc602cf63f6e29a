import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complaints, type Complaint } from '../support/compiler.js';
import { stat } from '../support/stats.js';

const files = readdirSync('test/types');
const directive = '// @ts-expect-error';

/** The files once nothing keeps the compiler quiet, in a folder of their own. */
function withoutDirectives(): string {
  const folder = '.cache/wrong-uses';
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const text = readFileSync(`test/types/${file}`, 'utf8');
    writeFileSync(
      `${folder}/${file}`,
      text.replaceAll(directive, '// expected:').replaceAll("'../data/", "'../../test/data/"),
    );
  }
  return folder;
}

/** The use is wrong by mistake of the test: syntax, a name or a module that isn't there. */
const isMistake = ({ code }: Complaint): boolean => code < 2000 || [2304, 2305, 2307, 2503, 2552].includes(code);

// `tsc --noEmit` checks that each directive has its error, and that there is no error without a directive.
describe('what the types refuse', () => {
  const wrongUses = files.reduce(
    (sum, file) => sum + readFileSync(`test/types/${file}`, 'utf8').split(directive).length - 1,
    0,
  );

  it('is at least sixty wrong uses, each for a reason of types', { timeout: 120_000 }, () => {
    const found = complaints(withoutDirectives(), files);
    stat(`${wrongUses} wrong uses are refused`);
    expect(wrongUses).toBeGreaterThanOrEqual(60);
    expect(found.length).toBeGreaterThanOrEqual(wrongUses);
    expect(found.filter(isMistake).map(({ text }) => text)).toEqual([]);
  });
});
