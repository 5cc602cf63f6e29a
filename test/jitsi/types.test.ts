import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { stat } from '../support/stats.js';

const files = readdirSync('test/types').map((name) => `test/types/${name}`);
const directive = '// @ts-expect-error';

/** What the compiler says of these files once nothing keeps it quiet. */
function complaints(): readonly ts.Diagnostic[] {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => readFileSync(file, 'utf8'));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: files }, ts.sys, '.');
  const host = ts.createCompilerHost(options);
  const read = host.readFile.bind(host);
  host.readFile = (file) => read(file)?.replaceAll(directive, '// expected:');
  host.getSourceFile = (file, target) => ts.createSourceFile(file, host.readFile(file) ?? '', target, true);
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options, host));
}

/** The use is wrong by mistake of the test: syntax, a name or a module that isn't there. */
const isMistake = ({ code }: ts.Diagnostic): boolean => code < 2000 || [2304, 2305, 2307, 2503, 2552].includes(code);

// `tsc --noEmit` checks that each directive has its error, and that there is no error without a directive.
describe('what the types refuse', () => {
  const wrongUses = files.reduce((sum, file) => sum + readFileSync(file, 'utf8').split(directive).length - 1, 0);

  it('is at least sixty wrong uses, each for a reason of types', { timeout: 120_000 }, () => {
    const found = complaints();
    stat(`${wrongUses} wrong uses are refused`);
    expect(wrongUses).toBeGreaterThanOrEqual(60);
    expect(found.length).toBeGreaterThanOrEqual(wrongUses);
    expect(found.filter(isMistake).map(({ messageText }) => messageText)).toEqual([]);
  });
});
