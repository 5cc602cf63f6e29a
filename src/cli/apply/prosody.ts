// What Prosody itself says of its configuration.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Io } from '../io.js';

export interface ConfigCheck {
  isGood: boolean;
  /** What it found, line by line, without secrets. */
  lines: string[];
}

/**
 * `prosodyctl check config`, for the installation under a folder; `null` where the program or the installation isn't there.
 *
 * @param secrets what its answer must not quote
 */
export function checkProsody(root: string, { env }: Io, secrets: readonly string[]): ConfigCheck | null {
  const file = join(root, 'etc/prosody/prosody.cfg.lua');
  const { PATH, LANG = 'C.UTF-8', HOME = '/' } = env;
  if (!PATH || !existsSync(file)) return null;
  const { error, status, stdout, stderr } = spawnSync('prosodyctl', ['--config', file, 'check', 'config'], {
    env: { PATH, LANG, HOME },
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (error || status === null) return null;
  return { isGood: status === 0, lines: linesOf(`${stdout}\n${stderr}`, secrets) };
}

/** What it says of the host's settings; not what it says at each start, such as of a library that it could use. */
function linesOf(answer: string, secrets: readonly string[]): string[] {
  const [, found = answer] = /^Checking config\.\.\.$([^]*?)(?:^Done\.$|^Problems found)/m.exec(answer) ?? [];
  return secrets
    .reduce((text, secret) => text.replaceAll(secret, '(secret)'), found)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\w/.test(line));
}

/** For people, beside what it said before the change. */
export function checkWords(now: ConfigCheck, before: ConfigCheck | null): string {
  if (now.isGood) return 'prosodyctl check config finds nothing wrong.\n';
  const title = isNews(now, before)
    ? 'prosodyctl check config finds something wrong that it didn’t before:'
    : 'prosodyctl check config says the same as before the change:';
  return `${[title, ...now.lines].join('\n  ')}\n`;
}

/** Whether the change is to blame. */
export const isNews = (now: ConfigCheck, before: ConfigCheck | null): boolean =>
  !now.isGood && (before === null || before.isGood || now.lines.some((line) => !before.lines.includes(line)));
