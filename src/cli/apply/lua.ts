import type { LuaChange } from '../config-debian.js';
import { UsageError } from '../io.js';

/**
 * Prosody's configuration of a host as Jitsi's Debian packages write it, with settings in place of the old ones, and with
 * the modules that they need. Everything else stays as it is, letter by letter. Throws a `UsageError` for a file of another
 * shape: a person has to look at that.
 */
export function withTokenSettings(content: string, host: string, change: LuaChange): string {
  const lines = content.split('\n');
  checkComments(lines);
  const ofHost = (): Block => blockOf(lines, `VirtualHost "${host}"`);
  const ofRooms = (): Block => blockOf(lines, `Component "conference.${host}" "muc"`);
  replaceSettings(lines, ofHost(), change);
  for (const name of change.modules) enable(name, lines, ofHost(), 'host');
  for (const [name, value] of Object.entries(change.rooms.settings)) set(name, value, lines, ofRooms());
  for (const name of change.rooms.modules) enable(name, lines, ofRooms(), 'rooms');
  return lines.join('\n');
}

/** What is read here line by line doesn't know where such a comment ends. */
function checkComments(lines: readonly string[]): void {
  const index = lines.findIndex((line) => /--\[=*\[/.test(line));
  if (index < 0) return;
  throw new UsageError(
    `Line ${index + 1} begins a block comment, --[[. Begin each of its lines with --, and try again.`,
  );
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
function replaceSettings(lines: string[], { from, to }: Block, { settings, gone }: LuaChange): void {
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

/** In place of the line that sets it, or as the first of the block. */
function set(name: string, value: string, lines: string[], { from, to }: Block): void {
  const place = lines.findIndex(
    (line, index) => index > from && index < to && new RegExp(`^\\s*(--\\s*)?${name}\\s*=`).test(line),
  );
  if (place < 0) lines.splice(from + 1, 0, `    ${name} = ${value}`);
  else {
    checkOneLine(lines[place]!, place);
    lines[place] = `${/^\s*/.exec(lines[place]!)![0]}${name} = ${value}`;
  }
}

function checkOneLine(line: string, index: number): void {
  const code = line
    .replaceAll(/"[^"]*"|'[^']*'/g, '""')
    .replace(/^\s*--/, '')
    .replace(/--.*/, '');
  if (code.split('{').length === code.split('}').length && !code.includes('[[')) return;
  throw new UsageError(`Line ${index + 1} begins a value of several lines. Write it in one line, and try again.`);
}

/** A module that only a comment names is not enabled. */
const withoutComment = (line: string): string => line.replace(/("[^"]*"|'[^']*')|--.*/g, '$1');

/** Among the modules of a block; a line that is commented out becomes one. */
function enable(name: string, lines: string[], { from, to }: Block, what: string): void {
  const entry = new RegExp(`^(\\s*)(?:--\\s*)?"${name}"\\s*;?\\s*(?:--.*)?$`);
  const isOn = new RegExp(`^\\s*(?!--)\\S.*"${name}"|^\\s*"${name}"`);
  for (let index = from; index < to; index += 1) {
    const line = lines[index]!;
    if (isOn.test(withoutComment(line))) return;
    const [, indent] = entry.exec(line) ?? [];
    if (indent === undefined) continue;
    lines[index] = `${indent}"${name}";`;
    return;
  }
  const list = lines.findIndex(
    (line, index) => index > from && index < to && /^\s*modules_enabled\s*=\s*\{/.test(line),
  );
  if (list < 0) throw new UsageError(`The block of the ${what} has no modules_enabled = {.`);
  lines[list] = lines[list]!.replace('{', `{ "${name}";`);
}
