// Gives all files the new version. npm runs this in `npm version`, between changing package.json and the commit.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { withRelease } from './changelog.js';

interface Package {
  version: string;
  dependencies: Record<string, string>;
}

const read = (file: string): string => readFileSync(file, 'utf8');
const changed: string[] = [];
function change(file: string, edit: (text: string) => string): void {
  writeFileSync(file, edit(read(file)));
  changed.push(file);
}

const { version } = JSON.parse(read('package.json')) as Package;
change('CHANGELOG.md', (text) => withRelease(text, version, new Date().toISOString().slice(0, 10)));
change('src/version.ts', (text) => text.replace(/'[^']*'/, `'${version}'`));

// The server has the version of the element, and needs at least that one.
function withVersion(server: Package): Package {
  return { ...server, version, dependencies: { ...server.dependencies, 'jitsi-meeting-element': `^${version}` } };
}
change('server/package.json', (text) => `${JSON.stringify(withVersion(JSON.parse(text) as Package), null, 2)}\n`);
change('package-lock.json', (text) => {
  const lockfile = JSON.parse(text) as { packages: Record<string, Package> };
  lockfile.packages['server'] = withVersion(lockfile.packages['server']!);
  return `${JSON.stringify(lockfile, null, 2)}\n`;
});
execFileSync('git', ['add', ...changed]);
