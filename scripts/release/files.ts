// Writes what a release consists of into .cache/release: the packages, what is in each (CycloneDX), and the notes.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { notesOf } from './changelog.js';

const folder = path.resolve('.cache/release');
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const npm = (args: readonly string[], cwd = '.'): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
// The build has run before, so no script is needed.
npm(['pack', '--silent', '--ignore-scripts', '--workspaces', '--pack-destination', folder]);

const archiveOf = (name: string): string => `${name}-${version}.tgz`;

/**
 * The bill of materials is made where the packed package stands alone: `npm sbom` leaves out what a root that is one of its
 * own workspaces depends on.
 */
function billOfMaterials(name: string, beside: readonly string[] = []): void {
  const place = mkdtempSync(path.join(tmpdir(), 'sbom-'));
  // The bill has the name of the folder.
  const alone = path.join(place, name);
  try {
    mkdirSync(alone);
    execFileSync('tar', ['xzf', path.join(folder, archiveOf(name)), '-C', alone, '--strip-components=1']);
    npm(['pkg', 'delete', 'devDependencies', 'workspaces'], alone);
    const flags = ['--omit=peer', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    npm(['install', ...flags, ...beside.map((other) => path.join(folder, archiveOf(other)))], alone);
    const bill = npm(['sbom', '--sbom-format=cyclonedx', '--omit=peer'], alone);
    writeFileSync(path.join(folder, `${name}-${version}.cdx.json`), bill);
  } finally {
    rmSync(place, { recursive: true });
  }
}

billOfMaterials('jitsi-meeting-element');
billOfMaterials('jitsi-meeting-server', ['jitsi-meeting-element']);
writeFileSync(path.join(folder, 'notes.md'), `${notesOf(readFileSync('CHANGELOG.md', 'utf8'), version)}\n`);
console.log(`The release ${version} is in ${path.relative('.', folder)}`);
