import { fillIn, TemplateError } from './env-template.js';
import { type Io, UsageError } from './io.js';
import { readText } from './read-file.js';

/** What a value of the file is to Docker Compose, where that isn't what stands there. Never holds the value. */
export interface EnvNote {
  name: string;
  line: number;
  text: string;
}

type Tell = (note: EnvNote) => void;

/** Reads a file of settings, such as docker-jitsi-meet's `.env`, as Docker Compose does. */
export function readEnvFile(path: string, env: Io['env'] = {}, tell: Tell = () => {}): Record<string, string> {
  return parseEnv(readText(path), env, tell, JSON.stringify(path));
}

const NAME = /(?:export[^\S\n]+)?([\p{L}\p{N}_.\-[\]]*)[^\S\n]*(?:([=:])[^\S\n]*|(?=\n|$))/uy;

/**
 * `NAME=value` or `NAME: value`, a line each, with `export` in front or not; a name alone takes its value from `env`. Between
 * quotes a value may have several lines. Single quotes keep it as it is; elsewhere `$` is filled in, from `env` and from the
 * lines above. The last line of a name counts. The rules are those of Compose's own reader (compose-go, `dotenv`).
 */
export function parseEnv(text: string, env: Io['env'] = {}, tell: Tell = () => {}, file = 'The file') {
  const values = new Map<string, string>();
  const outside = (name: string): string | undefined => (Object.hasOwn(env, name) ? env[name] : undefined);
  let line = 1;
  let counted = 0;
  for (let at = nextStatement(text, 0); at < text.length; at = nextStatement(text, at)) {
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    const refuse = (what: string): never => {
      throw new UsageError(`${file}, line ${line}: ${what}. Docker Compose doesn’t start with such a file.`);
    };
    NAME.lastIndex = at;
    const [whole, name = '', sign] = NAME.exec(text) ?? refuse('it is not NAME=value');
    at += whole.length;
    if (!name) refuse('it has no name before the sign');
    const note = (what: string): void => tell({ name, line, text: what });
    if (values.has(name)) note('it is set a second time here, and the last line counts');
    if (!sign) {
      const value = outside(name);
      if (value !== undefined) values.set(name, value);
      continue;
    }
    const quoted = text[at] === '"' || text[at] === "'";
    const end = quoted ? closingQuote(text, at) : lineEnd(text, at);
    if (end < 0) refuse(`the value of ${name} begins with a quote that nothing closes`);
    try {
      const lookup = (each: string): string | undefined => outside(each) ?? values.get(each);
      values.set(
        name,
        quoted ? quotedValue(text.slice(at, end), lookup, note) : plainValue(text.slice(at, end), lookup, note),
      );
    } catch (error) {
      if (error instanceof TemplateError) refuse(`the value of ${name} ${error.message}`);
      throw error;
    }
    at = end;
    if (!quoted) continue;
    at += 1;
    if (/^[^\S\n]*[^\s#]/.test(text.slice(at, lineEnd(text, at))))
      note('what stands behind its closing quote is not part of it');
  }
  return Object.fromEntries(values);
}

/** Past white space and comments. */
function nextStatement(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    if (text[at] === '#') at = lineEnd(text, at);
    else if (/\S/.test(text[at]!)) break;
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function closingQuote(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from]) return at;
  }
  return -1;
}

type Lookup = Parameters<typeof fillIn>[1];

/** A comment needs a blank before its `#`. */
function plainValue(line: string, lookup: Lookup, note: (what: string) => void): string {
  return dollarsIn(line.split(' #', 1)[0]!.trimEnd(), lookup, note);
}

const ESCAPE = /\\([abcfnrtv$"\\]|0\d{0,3})/g;
const escapes: Record<string, string> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  // To the step that follows, which fills in.
  $: '$$',
};

function quotedValue(opened: string, lookup: Lookup, note: (what: string) => void): string {
  const quote = opened[0];
  const written = opened.slice(1).replace(/\\([^])/g, (both, next: string) => (next === quote ? next : both));
  if (quote === "'") return written;
  const read = written.replace(ESCAPE, (both, letter: string) => escaped(both, letter));
  if (read !== written && !written.includes('-----BEGIN '))
    note(
      'Docker Compose reads \\ in double quotes as the beginning of another character; between single quotes it stays',
    );
  return dollarsIn(read, lookup, note);
}

function escaped(both: string, letter: string): string {
  if (!letter.startsWith('0')) return escapes[letter] ?? both;
  const code = letter.length === 4 ? Number.parseInt(letter.slice(1), 8) : NaN;
  return code < 256 ? String.fromCharCode(code) : both;
}

function dollarsIn(value: string, lookup: Lookup, note: (what: string) => void): string {
  let looked = false;
  const filled = fillIn(value, (name) => {
    looked = true;
    return lookup(name);
  });
  if (looked)
    note(
      'Docker Compose changes this value: it fills in what follows a $, so that the deployment has another value than the one ' +
        'written here. Put the value between single quotes, or write $$ for each $',
    );
  else if (filled !== value) note('Docker Compose reads $$ as one $; between single quotes each $ stays');
  return filled;
}
