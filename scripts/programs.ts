// Programs that some tests start: a Redis, a Prosody, and what runs the recipes in other languages.
import { execFileSync } from 'node:child_process';

/** The program, and the packages of Debian that it comes with. */
const packages = {
  php: ['php-cli', 'php-mbstring'],
  prosodyctl: ['prosody'],
  python3: ['python3'],
  'redis-server': ['redis-server'],
  ruby: ['ruby'],
};
type Program = keyof typeof packages;

export function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `null`, or a sentence that says how to install the program. */
export function missing(program: Program): string | null {
  return isThere(program) ? null : `${program} isn’t installed: apt-get install ${packages[program].join(' ')}`;
}

/**
 * Installs those that aren't there, where that can be done (as root on Debian), before any test runs: tests side by
 * side would lock each other out. Without them their tests fail and name them.
 */
export function installPrograms(): void {
  const names = (Object.keys(packages) as Program[]).filter((program) => !isThere(program));
  if (names.length === 0 || process.getuid?.() !== 0 || !isThere('apt-get')) return;
  console.log(`Installing ${names.join(', ')} for the tests ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]): unknown =>
    execFileSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env,
    });
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', ...names.flatMap((program) => packages[program]));
  } catch (error) {
    console.error(`They could not be installed: ${(error as Error).message}`);
  }
}
