import type { LuaChange } from '../config-debian.js';
import { UsageError } from '../io.js';
import { type Line, notAlone, scan } from './scan.js';

/**
 * Prosody's configuration of a host as Jitsi's Debian packages write it, with settings in place of the old ones, and with
 * the modules that they need. Everything else stays as it is, letter by letter. Throws a `UsageError` for a file of another
 * shape: a person has to look at that.
 */
export function withTokenSettings(content: string, host: string, change: LuaChange): string {
  const read = scan(content, token, whyBroken);
  const [ofHost, ofRooms] = [`VirtualHost "${host}"`, `Component "conference.${host}" "muc"`].map((title) =>
    blockOf(read, title),
  ) as [Block, Block];
  const slots: Slots = read.map(({ text }) => text);
  replaceSettings(slots, ofHost, change);
  for (const name of change.modules) enable(name, slots, ofHost, 'host');
  for (const [name, value] of Object.entries(change.rooms.settings)) set(name, value, slots, ofRooms);
  for (const name of change.rooms.modules) enable(name, slots, ofRooms, 'rooms');
  return slots.filter((slot) => slot !== null).join('\n');
}

/** What comes in the place of each old line, so that what is said of a line names the one that a person sees. */
type Slots = (string | null)[];

const token =
  /(?<comment>--(?!\[=*\[).*)|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\[(=*)\[.*?\]\3\])|(?<broken>--\[=*\[|["']|\[=*\[)|[^]/g;

const whyBroken = (start: string): string =>
  start.startsWith('--')
    ? 'begins a block comment, --[[. Begin each of its lines with --'
    : 'begins a text of several lines. Write it in one line';

interface Block {
  /** The line that names it. */
  from: number;
  lines: readonly Line[];
}

const begin = /^\s*(?:VirtualHost|[Hh]ost|[Cc]omponent)\b\s*\(?\s*["'[]/;
const beginsWithin = /\S\s*\b(?:VirtualHost|Component)\b/;

/** Lua takes `VirtualHost("…")`, other quotes and `;` for the same. */
const titleOf = (code: string): string => code.replaceAll(/[\s()'";]+/g, ' ').trim();

const isBegin = ({ code, depth }: Line): boolean => depth === 0 && begin.test(code);

function blockOf(lines: readonly Line[], title: string): Block {
  const found = lines.flatMap((line, index) => (isBegin(line) && titleOf(line.code) === titleOf(title) ? [index] : []));
  if (found.length !== 1) throw new UsageError(`The file has ${found.length} blocks ${title}; expected one.`);
  const [from] = found as [number];
  const next = lines.findIndex((line, index) => index > from && isBegin(line));
  const block = { from, lines: lines.slice(from, next < 0 ? lines.length : next) };
  checkPlain(block);
  return block;
}

/** What is set on a condition, or for another block in the same line, isn't the block's own. */
function checkPlain({ from, lines }: Block): void {
  const index = lines.findIndex(
    ({ top }) => beginsWithin.test(top) || /\b(?:if|for|while|repeat|function|do)\b/.test(top),
  );
  if (index < 0) return;
  throw new UsageError(
    `Line ${from + index + 1} is more than a list of settings: expected name = value there. Write it so, and try again.`,
  );
}

/** One setting with a plain value, and nothing else. */
const statement =
  /^\s*(\w+)\s*=\s*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|-?[\w.]+(?:\((?:"[^"]*")?\))?|\{[^{}]*\})\s*;?\s*$/;

/** The places where a block sets such names itself. */
function placesOf({ from, lines }: Block, names: readonly string[]): number[] {
  const mention = new RegExp(`\\b(?:${names.join('|')})\\b`);
  return lines.flatMap(({ top, code, isWhole }, index) => {
    const [name] = mention.exec(top) ?? [];
    if (name === undefined) return [];
    const next = lines.slice(index + 1).find((line) => line.code.trim() !== '')?.code ?? '';
    const goesOn = /^\s*(?:(?:and|or)\b|[^\s\w;])/.test(next);
    if (!isWhole || goesOn || statement.exec(code)?.[1] !== name) throw notAlone(from + index, name);
    return [from + index];
  });
}

/** Where they stand in comments, as an example; prose doesn't count. */
const examplesOf = ({ from, lines }: Block, names: readonly string[]): number[] =>
  lines.flatMap(({ text }, index) => {
    const [, example] = /^\s*--\s*(\w.*?)(?:\s--.*)?$/.exec(text) ?? [];
    const [, name] = statement.exec(example ?? '') ?? [];
    return name !== undefined && names.includes(name) ? [from + index] : [];
  });

const indentOf = (line: string): string => /^\s*/.exec(line)![0];

/** The old lines go, also those that are commented out as an example; the new ones stand where `authentication` was. */
function replaceSettings(slots: Slots, block: Block, { settings, gone }: LuaChange): void {
  const names = [...new Set([...Object.keys(settings), ...gone])];
  const [place] = placesOf(block, ['authentication']);
  if (place === undefined) throw new UsageError('The block of the host has no line that begins with authentication =.');
  const examples = examplesOf(
    block,
    names.filter((name) => name !== 'authentication'),
  );
  const indent = indentOf(slots[place]!);
  for (const index of [...placesOf(block, names), ...examples]) slots[index] = null;
  slots[place] = Object.entries(settings)
    .map(([name, value]) => `${indent}${name} = ${value}`)
    .join('\n');
}

/** In place of the lines that set it, or else of an example, or else as the first of the block. */
function set(name: string, value: string, slots: Slots, block: Block): void {
  const [active, examples] = [placesOf(block, [name]), examplesOf(block, [name])];
  const place = active.at(-1) ?? examples[0];
  if (place === undefined) {
    slots[block.from] += `\n    ${name} = ${value}`;
    return;
  }
  const indent = indentOf(slots[place]!);
  for (const index of [...active, ...examples]) slots[index] = null;
  slots[place] = `${indent}${name} = ${value}`;
}

interface List {
  /** Of the block's lines the first and the last one that it stands in. */
  first: number;
  last: number;
  entries: readonly string[];
}

/** A block's own list of modules. */
function listOf({ from, lines }: Block, name: string): List | undefined {
  const [first, second] = lines.flatMap(({ top }, index) => (new RegExp(`\\b${name}\\b`).test(top) ? [index] : []));
  if (first === undefined) return undefined;
  if (second !== undefined)
    throw new UsageError(
      `Line ${from + second + 1} has ${name} a second time, and only the last list counts. Make one of them, and try again.`,
    );
  const after = lines.findIndex(({ depth }, index) => index > first && depth === 0);
  const last = (after < 0 ? lines.length : after) - 1;
  const code = lines
    .slice(first, last + 1)
    .map((line) => line.code)
    .join('\n');
  const [, inside] = new RegExp(`^\\s*${name}\\s*=[^\\S\\n]*\\{([^{}]*)\\}`).exec(code) ?? [];
  if (inside === undefined)
    throw new UsageError(
      `Line ${from + first + 1} has ${name} in another shape than ${name} = { "name"; "name" }. Write it so, and try again.`,
    );
  return { first, last, entries: inside.split(/[;,]/).map((entry) => entry.trim().replaceAll(/^["']|["']$/g, '')) };
}

/** Among the modules of a block; an entry of the list that is commented out becomes one. */
function enable(name: string, slots: Slots, block: Block, what: string): void {
  const off = listOf(block, 'modules_disabled');
  if (off?.entries.includes(name))
    throw new UsageError(
      `Line ${block.from + off.first + 1} begins modules_disabled with "${name}" in it, which has to be on. Take it out, and try again.`,
    );
  const list = listOf(block, 'modules_enabled');
  if (list === undefined) throw new UsageError(`The block of the ${what} has no modules_enabled = {.`);
  if (list.entries.includes(name)) return;
  const entry = new RegExp(`^(\\s*)--\\s*"${name}"\\s*[;,]?\\s*(?:--.*)?$`);
  const example = block.lines.findIndex(
    ({ text }, index) =>
      index > list.first && index <= list.last && entry.test(text) && isAfterSeparator(block, list, index),
  );
  if (example >= 0) slots[block.from + example] = `${indentOf(block.lines[example]!.text)}"${name}";`;
  else slots[block.from + list.first] = slots[block.from + list.first]!.replace('{', `{ "${name}";`);
}

/** Whether an entry may begin there: after an item without `;` or `,` it would be an error. */
const isAfterSeparator = ({ lines }: Block, { first }: List, index: number): boolean =>
  /[{;,]\s*$/.test(
    lines
      .slice(first, index)
      .map(({ code }) => code)
      .join('\n'),
  );
