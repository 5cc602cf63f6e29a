import { readFileSync } from 'node:fs';
import { UsageError } from './io.js';

/** Reads `NAME=value` lines, as docker-jitsi-meet's `.env` has them: comments, empty lines and quotes included. */
export function readEnvFile(path: string): Record<string, string> {
  const env: Record<string, string> = {};
  for (const line of readText(path).split(/\r?\n/)) {
    const [, name, value = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name) env[name] = unquote(value);
  }
  return env;
}

export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`The file ${path} can’t be read.`);
  }
}

function unquote(value: string): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  return inner ?? value.replace(/\s+#.*$/, '');
}
