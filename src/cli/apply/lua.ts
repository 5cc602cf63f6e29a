import { UsageError } from '../io.js';

/** Settings of a host that tokens need, each with its value in Lua. */
export type LuaSettings = Readonly<Record<string, string>>;

/**
 * Prosody's configuration of a host as Jitsi's Debian packages write it, with these settings in place of the old ones,
 * and with `token_verification` for its rooms. Everything else stays as it is, letter by letter. Throws a `UsageError` for
 * a file of another shape: a person has to look at that.
 */
export function withTokenSettings(
  content: string,
  host: string,
  settings: LuaSettings,
  /** Names whose lines go, unless they are among the settings. */
  gone: readonly string[] = [],
): string {
  const lines = content.split('\n');
  replaceSettings(lines, blockOf(lines, `VirtualHost "${host}"`), settings, gone);
  verifyTokens(lines, blockOf(lines, `Component "conference.${host}" "muc"`));
  return lines.join('\n');
}

interface Block {
  /** Of the line that names it. */
  from: number;
  /** Of the line after it. */
  to: number;
}

const begin = /^(VirtualHost|Component)\b/;

const withOneBlank = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function blockOf(lines: readonly string[], title: string): Block {
  const found = lines.flatMap((line, index) => (withOneBlank(line.replace(/--.*/, '')) === title ? [index] : []));
  if (found.length !== 1) throw new UsageError(`The file has ${found.length} blocks ${title}; expected one.`);
  const [from] = found as [number];
  const next = lines.findIndex((line, index) => index > from && begin.test(line));
  return { from, to: next < 0 ? lines.length : next };
}

/** The old lines go, also those that are commented out as an example; the new ones stand where `authentication` was. */
function replaceSettings(lines: string[], { from, to }: Block, settings: LuaSettings, gone: readonly string[]): void {
  const isOurs = (line: string): boolean => {
    const [, commented, name] = /^\s*(--)?\s*(\w+)\s*=/.exec(line) ?? [];
    if (name === undefined || (commented && name === 'authentication')) return false;
    return Object.hasOwn(settings, name) || gone.includes(name);
  };
  const old = lines.slice(from, to).flatMap((line, index) => (isOurs(line) ? [from + index] : []));
  for (const index of old) checkOneLine(lines[index]!, index);
  const place = old.find((index) => /^\s*authentication\s*=/.test(lines[index]!));
  if (place === undefined) throw new UsageError('The block of the host has no line that begins with authentication =.');
  const indent = /^\s*/.exec(lines[place]!)![0];
  const written = Object.entries(settings).map(([name, value]) => `${indent}${name} = ${value}`);
  for (const index of old.toReversed()) lines.splice(index, 1, ...(index === place ? written : []));
}

function checkOneLine(line: string, index: number): void {
  const code = line
    .replaceAll(/"[^"]*"|'[^']*'/g, '""')
    .replace(/^\s*--/, '')
    .replace(/--.*/, '');
  if (code.split('{').length === code.split('}').length && !code.includes('[[')) return;
  throw new UsageError(`Line ${index + 1} begins a value of several lines. Write it in one line, and try again.`);
}

/** Without `token_verification` every token opens every room. */
function verifyTokens(lines: string[], { from, to }: Block): void {
  const entry = /^(\s*)(?:--\s*)?"token_verification"\s*;?\s*(?:--.*)?$/;
  for (let index = from; index < to; index += 1) {
    const line = lines[index]!;
    if (/^\s*[^-\s].*"token_verification"|^\s*"token_verification"/.test(line)) return;
    const [, indent] = entry.exec(line) ?? [];
    if (indent === undefined) continue;
    lines[index] = `${indent}"token_verification";`;
    return;
  }
  const list = lines.findIndex(
    (line, index) => index > from && index < to && /^\s*modules_enabled\s*=\s*\{/.test(line),
  );
  if (list < 0) throw new UsageError('The block of the rooms has no modules_enabled = {.');
  lines[list] = lines[list]!.replace('{', '{ "token_verification";');
}
