// Runs all checks and tests, and sums them up at the end: what failed, and one line of counts.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserResults } from './wtr.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = '.cache/results';
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

let passed = 0;
const failures: string[] = [];

/** Whether the command ended well. What it prints comes at once, or after its end where another runs beside it. */
async function run(name: string, command: string, args: readonly string[], beside = false): Promise<boolean> {
  if (!beside) console.log(`\n— ${name}`);
  const child = spawn(`node_modules/.bin/${command}`, args, {
    stdio: ['ignore', beside ? 'pipe' : 'inherit', 'inherit'],
  });
  const printed: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => printed.push(part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (beside) console.log(`\n— ${name}\n${Buffer.concat(printed).toString()}`);
  return code === 0;
}

/** A check that holds or doesn't. */
async function check(name: string, command: string, ...args: string[]): Promise<void> {
  if (await run(name, command, args)) passed++;
  else failures.push(name);
}

/** A runner that writes which tests passed and failed; without that file, or with a bad exit, it failed. */
function count(name: string, ok: boolean, { passed: number, failed }: BrowserResults): void {
  passed += number;
  failures.push(...failed.map((test) => `${name}: ${test}`));
  if (!ok && failed.length === 0) failures.push(`${name}: the runner failed`);
}

interface VitestResults {
  numPassedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] | null }[];
  }[];
}

async function vitest(name: string, project: string): Promise<void> {
  const file = `${results}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = await run(name, 'vitest', ['run', '--project', project, ...reporters]);
  if (!existsSync(file)) return count(name, false, { passed: 0, failed: [] });
  const { numPassedTests, testResults } = JSON.parse(readFileSync(file, 'utf8')) as VitestResults;
  const failed = testResults.flatMap(({ name: path, status, message, assertionResults }) => {
    // A skipped test and a test that is still to do count as failed, because nothing holds their promise.
    const tests = assertionResults.filter((test) => test.status !== 'passed');
    const told = tests.map((test) => `${test.fullName} (${test.failureMessages?.[0]?.split('\n')[0] ?? test.status})`);
    if (told.length === 0 && status !== 'passed') told.push(message.split('\n')[0]!);
    return told.map((line) => `${path.slice(path.indexOf('/test/') + 1)}: ${line}`);
  });
  count(name, ok, { passed: numPassedTests, failed });
}

async function browser(name: string): Promise<void> {
  const file = `${results}/browser.json`;
  const ok = await run(name, 'wtr', [], true);
  const none: BrowserResults = { passed: 0, failed: [] };
  count(name, ok, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BrowserResults) : none);
}

await check('types', 'tsc', '--noEmit');
await check('types of the server', 'tsc', '-p', 'server', '--noEmit');
await check('lint', 'oxlint', '--deny-warnings');
await check('format', 'prettier', '--check', '--log-level', 'warn', '.');
await check("Jitsi's API", 'tsx', 'scripts/check-api.ts');
await check('build', 'tsx', 'scripts/build.ts');
await check('package', 'publint', '--strict');
await check('types of the entries', 'tsx', 'scripts/check-entry-types.ts');
await check('size', 'size-limit');
await vitest('unit and server tests', 'node');
// Both wait for pages most of the time.
await Promise.all([browser('browser tests'), vitest('end-to-end tests', 'e2e')]);

if (failures.length) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
