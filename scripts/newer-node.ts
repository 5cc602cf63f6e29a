// Some frameworks refuse the oldest Node that this package runs on. Their projects say so in `engines`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

const folder = '.cache/node-24';

/** Is the version at least what `>=X.Y.Z` asks for? */
export function isEnough(version: string, asked: string): boolean {
  const given = version.replace('v', '').split('.').map(Number);
  const wanted = asked.replace('>=', '').split('.').map(Number);
  for (const [index, number] of wanted.entries()) if (given[index] !== number) return (given[index] ?? 0) > number;
  return true;
}

/** A `PATH` whose Node the project in this folder accepts: the running one, or Node 24, which is fetched once. */
export function pathFor(project: string): string {
  const { engines } = JSON.parse(readFileSync(`${project}/package.json`, 'utf8')) as { engines?: { node: string } };
  if (!engines || isEnough(process.version, engines.node)) return process.env.PATH!;
  const programs = `${folder}/node_modules/node/bin`;
  if (!existsSync(programs)) {
    console.log('Fetching Node 24 ...');
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${folder}/package.json`, '{ "private": true }');
    const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    execFileSync('npm', ['install', ...flags, 'node@24'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return resolve(programs) + delimiter + process.env.PATH;
}
