import { execFileSync } from 'node:child_process';

/**
 * Whether a program is there, after installing its Debian packages where that can be done (as root). `null`, or a
 * sentence that says why not.
 */
export function missing(program: string, ...packages: string[]): string | null {
  if (isThere(program)) return null;
  const advice = `${program} isn’t installed: apt-get install ${packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !isThere('apt-get')) return advice;
  try {
    const options = {
      stdio: 'ignore',
      timeout: 240_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    } as const;
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  } catch {
    return advice;
  }
  return isThere(program) ? null : advice;
}

export function isThere(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
