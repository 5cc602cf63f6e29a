// Everything that has to hold, one runner after the other, and one line at the end for all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = '.cache/results';
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

let passed = 0;
let failed = 0;

function run(name, command, args) {
  console.log(`\n— ${name}`);
  return spawnSync(command, args, { stdio: 'inherit', shell: false }).status === 0;
}

/** A check that holds or doesn't. */
function check(name, command, args) {
  if (run(name, command, args)) passed++;
  else failed++;
}

/** A runner that writes how many tests passed and failed; without that file, or with a bad exit, it failed. */
function tests(name, command, args, file, read) {
  const ok = run(name, command, args);
  const counts = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 1 };
  passed += counts.passed;
  failed += ok ? counts.failed : Math.max(1, counts.failed);
}

const bin = (name) => `node_modules/.bin/${name}`;
// A skipped or a todo test is a promise not kept: it counts as failed.
const vitest = ({ numPassedTests, numTotalTests }) => ({
  passed: numPassedTests,
  failed: numTotalTests - numPassedTests,
});
const vitestArgs = (project) => [
  'run',
  '--project',
  project,
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}/${project}.json`,
];

check('types', bin('tsc'), ['--noEmit']);
check('lint', bin('oxlint'), ['--deny-warnings']);
check('format', bin('prettier'), ['--check', '--log-level', 'warn', '.']);
check("Jitsi's API", 'node', ['scripts/check-api.mjs']);
check('build', 'node', ['scripts/build.mjs']);
check('size', bin('size-limit'), []);
tests('unit and server tests', bin('vitest'), vitestArgs('node'), `${results}/node.json`, vitest);
tests('browser tests', bin('wtr'), [], `${results}/browser.json`, (counts) => counts);
tests('end-to-end tests', bin('vitest'), vitestArgs('e2e'), `${results}/e2e.json`, vitest);

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
