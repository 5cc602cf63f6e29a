// Changes the code of src/token and src/server in small ways and counts how many of the changes the tests notice:
// `npm run mutation`, or for some files `npm run mutation -- 'src/token/*.ts'`. It takes half an hour and more, and brings in
// what it needs without writing that into package.json.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const version = '9.6.1';
const packages = ['core', 'vitest-runner'].map((name) => `@stryker-mutator/${name}@${version}`);
const inherit = { stdio: 'inherit' } as const;
execFileSync('npm', ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', ...packages], inherit);
const files = process.argv.slice(2).flatMap((pattern) => ['--mutate', pattern]);
execFileSync('node_modules/.bin/stryker', ['run', 'test/mutation/stryker.config.json', ...files], inherit);
