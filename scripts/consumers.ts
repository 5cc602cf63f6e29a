// Projects that use the package as it is packed: their sources stand in test/consumers and examples, and are copied into
// an ignored folder, because a second compiler or another framework among this package's own packages would clash.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const root = '.cache/consumers';
const own = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };

/** The packed package; `npm run build` comes first. */
export function packed(): string {
  mkdirSync(root, { recursive: true });
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', root], { stdio: 'pipe' });
  return `${root}/${own.name}-${own.version}.tgz`;
}

/** A project with its packages and this one, as its `package.json` asks; gives its folder. */
export function consumer(name: string, archive: string, source = `test/consumers/${name}`): string {
  const folder = `.cache/${basename(dirname(source))}/${name}`;
  mkdirSync(folder, { recursive: true });
  const asked = withoutOwn(readFileSync(`${source}/package.json`, 'utf8'));
  const isInstalled =
    existsSync(`${folder}/node_modules/.package-lock.json`) && readFileSync(`${folder}/package.json`, 'utf8') === asked;
  for (const file of readdirSync(folder).filter((one) => one !== 'node_modules'))
    rmSync(`${folder}/${file}`, { recursive: true });
  cpSync(source, folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, asked);
  if (!isInstalled) {
    console.log(`Fetching the packages of ${name} ...`);
    const flags = ['--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--loglevel=error'];
    execFileSync('npm', ['install', ...flags], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const target = `${folder}/node_modules/${own.name}`;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync('tar', ['xzf', archive, '-C', target, '--strip-components=1']);
  return folder;
}

/** This package comes from the archive, not from a registry. */
function withoutOwn(text: string): string {
  const asked = JSON.parse(text) as { dependencies?: Record<string, string> };
  delete asked.dependencies?.[own.name];
  return JSON.stringify(asked);
}

/** Runs a program of a consumer's packages; gives what it says, and whether it was content. */
export function runIn(folder: string, program: string, args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], {
    cwd: folder,
    encoding: 'utf8',
    // Colours would stand between a file's name and its line.
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  return { ok: status === 0, output: `${stdout}${stderr}`.trim() };
}
