import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { AccessError, readRules, type Rules } from './read.js';

export interface WatchedAccess {
  /** The rules that count now: of the last good file. */
  readonly rules: Rules;
  /** What is wrong with the file as it is now; null when nothing is. */
  readonly problem: string | null;
  /** Looks at the file at once. */
  look(): void;
  close(): void;
}

export interface WatchOptions {
  /** Told once of each new file that counts, and of each fault: then the last good rules go on. */
  onChange?: (problem: string | null, rules: Rules) => void;
  /** Milliseconds between two looks; default 2 seconds. 0: only when `look` is called. */
  interval?: number;
  /** Makes rules of the text; by default `readRules`. */
  read?: typeof readRules;
}

/** Reads the file. Throws an `AccessError`. */
export function readAccess(file: string): Rules {
  return readRules(contentOf(file), basename(file));
}

/** Follows the file. Throws an `AccessError` where there is no good one to begin with. */
export function watchAccess(file: string, options: WatchOptions = {}): WatchedAccess {
  const { onChange, interval = 2000, read = readRules } = options;
  let content = contentOf(file);
  let rules = read(content, basename(file));
  let problem: string | null = null;
  /** A file that is still being written: it counts when it is the same at the next look. */
  let candidate: string | null = null;
  /** A text that can't be used. To read a thousand rules takes a tenth of a second, in which nothing is answered. */
  let unusable: string | null = null;

  function look(): void {
    try {
      const found = contentNow();
      if (found === unusable) return;
      if (found === content) {
        candidate = unusable = null;
        if (problem !== null) settle(null);
        return;
      }
      if (found !== candidate) {
        candidate = found;
        return;
      }
      unusable = found;
      rules = read(found, basename(file));
      content = found;
      unusable = null;
      settle(null);
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      if (problem !== error.message) settle(error.message);
    }
  }

  function contentNow(): string {
    try {
      return contentOf(file);
    } catch (error) {
      // When it is back, its own fault is told again.
      unusable = null;
      throw error;
    }
  }

  function settle(now: string | null): void {
    problem = now;
    onChange?.(now, rules);
  }

  const timer = interval > 0 ? setInterval(look, interval).unref() : null;
  return {
    get rules() {
      return rules;
    },
    get problem() {
      return problem;
    },
    look,
    close() {
      if (timer) clearInterval(timer);
    },
  };
}

function contentOf(file: string): string {
  const name = basename(file);
  try {
    if (!statSync(file).isFile()) throw new AccessError([`${name}: is not a file.`]);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof AccessError) throw error;
    const code = (error as { code?: string }).code;
    throw new AccessError([
      code === 'ENOENT'
        ? `${name} is missing. No rule, no token: write a first one with jitsi-meeting-server init`
        : `${name} can’t be read (${code ?? 'unknown fault'}).`,
    ]);
  }
}
