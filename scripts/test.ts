// Runs all checks and tests, and sums them up at the end: what failed, and one line of counts.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserResults } from './wtr.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = '.cache/results';
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

let passed = 0;
const failures: string[] = [];

function run(name: string, command: string, args: readonly string[]): boolean {
  console.log(`\n— ${name}`);
  return spawnSync(`node_modules/.bin/${command}`, args, { stdio: 'inherit' }).status === 0;
}

/** TypeScript 7, in a third of the time; `typescript` is version 6, because scripts and tools need its API. */
const compiler = '../typescript-7/bin/tsc';

/** A check that holds or doesn't: its name, and its command. What it prints is shown once it has ended. */
type Check = readonly [name: string, command: string, ...args: string[]];

/** Checks one after the other. */
async function checkAll(checks: readonly Check[]): Promise<void> {
  for (const [name, command, ...args] of checks) {
    const child = spawn(`node_modules/.bin/${command}`, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => printed.push(text));
    const [status] = (await once(child, 'close')) as [number | null];
    console.log(`\n— ${name}\n${Buffer.concat(printed).toString().trim()}`);
    if (status === 0) passed++;
    else failures.push(name);
  }
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

function vitest(name: string, project: string): void {
  const file = `${results}/${project}.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const ok = run(name, 'vitest', ['run', '--project', project, ...reporters]);
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

function browser(name: string): void {
  const file = `${results}/browser.json`;
  const ok = run(name, 'wtr', []);
  const none: BrowserResults = { passed: 0, failed: [] };
  count(name, ok, existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as BrowserResults) : none);
}

// Most of them use one processor, so the sources and what is built of them are checked side by side.
await Promise.all([
  checkAll([
    ['types', compiler, '--noEmit'],
    ['types of the server', compiler, '-p', 'server', '--noEmit'],
    ['lint', 'oxlint', '--deny-warnings'],
    ["Jitsi's API", 'tsx', 'scripts/check-api.ts'],
  ]),
  checkAll([
    ['build', 'tsx', 'scripts/build.ts'],
    ['package', 'publint', '--strict'],
    ['types of the entries', 'tsx', 'scripts/check-entry-types.ts'],
    ['size', 'size-limit'],
    ['format', 'prettier', '--check', '--log-level', 'warn', '.'],
  ]),
]);
vitest('unit and server tests', 'node');
browser('browser tests');
vitest('end-to-end tests', 'e2e');

if (failures.length) console.log(`\nFailed:\n${failures.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exit(failures.length ? 1 : 0);
