// Fetches a package's archive from the registry and unpacks it, without what it depends on.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';

const run = (command, args) => execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

/**
 * Does nothing when the folder is there.
 * @param {{name: string, version: string, folder: string, sha512?: string}} archive without sha512 npm's own check counts
 */
export function fetchArchive({ name, version, folder, sha512 }) {
  if (existsSync(folder)) return;
  console.log(`Fetching ${name}@${version} ...`);
  const download = `${folder}.download`;
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  // Within `npm pack --dry-run` this one would be dry, too.
  run('npm', ['pack', `${name}@${version}`, '--silent', '--dry-run=false', '--pack-destination', download]);
  const file = `${download}/${readdirSync(download)[0]}`;
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (sha512 && digest !== sha512) throw new Error(`${file} has sha512 ${digest}, expected ${sha512}: not used.`);
  run('tar', ['xzf', file, '-C', download]);
  renameSync(`${download}/package`, folder);
  rmSync(download, { recursive: true });
}
