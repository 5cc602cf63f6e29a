// Runs all checks and tests, one runner after the other, and sums them up in one line at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = '.cache/results';
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

interface Counts {
  passed: number;
  failed: number;
}

const total: Counts = { passed: 0, failed: 0 };

function run(name: string, command: string, args: readonly string[]): boolean {
  console.log(`\n— ${name}`);
  return spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status === 0;
}

/** A check that holds or doesn't. */
function check(name: string, command: string, ...args: string[]): void {
  if (run(name, command, args)) total.passed++;
  else total.failed++;
}

/** A runner that writes how many tests passed and failed; without that file, or with a bad exit, it failed. */
function tests<Report>(
  name: string,
  command: string,
  args: string[],
  file: string,
  read: (report: Report) => Counts,
): void {
  const ok = run(name, command, args);
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as Report) : { passed: 0, failed: 1 };
  total.passed += counts.passed;
  total.failed += ok ? counts.failed : Math.max(1, counts.failed);
}

function vitest(name: string, project: string): void {
  const file = `${results}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  tests<{ numPassedTests: number; numTotalTests: number }>(
    name,
    'vitest',
    ['run', '--project', project, ...reporters],
    file,
    // A skipped test and a test that is still to do count as failed, because nothing holds their promise.
    ({ numPassedTests: passed, numTotalTests: all }) => ({ passed, failed: all - passed }),
  );
}

check('types', 'tsc', '--noEmit');
check('lint', 'oxlint', '--deny-warnings');
check('format', 'prettier', '--check', '--log-level', 'warn', '.');
check("Jitsi's API", 'tsx', 'scripts/check-api.ts');
check('build', 'tsx', 'scripts/build.ts');
check('package', 'publint', '--strict');
check('types of the entries', 'tsx', 'scripts/check-entry-types.ts');
check('size', 'size-limit');
vitest('unit and server tests', 'node');
tests<Counts>('browser tests', 'wtr', [], `${results}/browser.json`, (counts) => counts);
vitest('end-to-end tests', 'e2e');

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);
