import { UsageError } from '../io.js';
import { type Line, notAlone, scan } from './scan.js';

/**
 * `NAME=value` lines in place of those with the same names, also of those that are commented out; others go to the end.
 * Of a list with commas, what is there stays, but for the items of `gone`.
 */
export function withEnvLines(content: string, wanted: readonly string[], gone: readonly string[] = []): string {
  const kept = withoutLastEnd(content)
    .split('\n')
    .map((line) => (envName(line) && isList(line) && !isComment(line) ? withItems(line, '', gone) : line));
  checkQuotes(kept);
  const merged = wanted.map((line) => {
    const same = kept.findLast((other) => envName(other) === envName(line) && !isComment(other));
    return isList(line) && same !== undefined ? withItems(same, valueOf(line), gone) : line;
  });
  return withLines(
    kept.map((text) => ({ text, name: envName(text), isExample: isComment(text) })),
    merged.map((text) => ({ text, name: envName(text) })),
  );
}

/** What stands in the other lines of such a value only looks like a setting. */
function checkQuotes(lines: readonly string[]): void {
  const index = lines.findIndex(
    (line) =>
      !isComment(line) && /^[^=:]*[=:]\s*["']/.test(line) && !/^[^=:]*[=:]\s*(["'])(?:\\.|(?!\1)[^\\])*\1/.test(line),
  );
  if (index < 0) return;
  throw new UsageError(
    `Line ${index + 1} begins a value of several lines, or lacks a quote at the end. Write the value in one line, and try again.`,
  );
}

/** `NAME: value` counts as well, but in a comment it is prose. */
const envName = (line: string): string | undefined =>
  /^\s*#\s*([A-Za-z_]\w*)=/.exec(line)?.[1] ?? /^\s*(?:export[^\S\n]+)?([A-Za-z_]\w*)[^\S\n]*[=:]/.exec(line)?.[1];
const isComment = (line: string): boolean => /^\s*#/.test(line);

/** docker-jitsi-meet's lists of modules, and of lines for Prosody's configuration. */
const isList = (line: string): boolean => /^XMPP_(MUC_)?(MODULES|CONFIGURATION)$/.test(envName(line) ?? '');

/** As Docker Compose reads it, but that nothing is filled in yet: `$$` is a `$`, and `$NAME` stays. */
function valueOf(line: string): string {
  const value = line.replace(/^[^=:]*[=:]/, '').trim();
  if (!/^['"]/.test(value)) return value.split(/\s#/, 1)[0]!.trimEnd();
  const [, quote, inside = ''] = /^(['"])((?:\\[^]|(?!\1)[^\\])*)\1\s*(?:#.*)?$/.exec(value) ?? [];
  if (quote === undefined || (quote === '"' && /\\[^"$\\]/.test(inside.replaceAll('\\\\', ''))))
    throw new UsageError(
      `The value of ${envName(line)} isn’t one plain text between quotes, in one line. Write it so, and try again.`,
    );
  if (quote === "'") return inside.replaceAll("\\'", "'").replaceAll('$', '$$$$');
  return inside.replaceAll(/\\(["$\\])/g, (_, letter: string) => (letter === '$' ? '$$' : letter));
}

/** With the quotes that Compose needs: in single ones nothing is filled in, and \ stays. */
function written(value: string): string {
  if (/^[\w,.-]*$/.test(value)) return value;
  if (/[$\\]/.test(value)) return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
  return `'${value.replaceAll("'", "\\'")}'`;
}

/** Of `cache_keys_url="…"` the name, of a module the whole. */
const keyOf = (item: string): string => item.split('=')[0]!.trim();

function withItems(line: string, more: string, gone: readonly string[]): string {
  const added = more.split(',').filter(Boolean);
  const before = valueOf(line);
  const items = before
    .split(',')
    .filter(
      (item) => item !== '' && !gone.includes(keyOf(item)) && !added.some((other) => keyOf(other) === keyOf(item)),
    );
  const value = [...items, ...added].join(',');
  if (value === before) return line;
  return `${envName(line)}=${written(value)}`;
}

/** `config.name = value;` of config.js, or `jicofo.path = value`: in place of those with the same names; others go to the end. */
export function withAssignments(content: string, wanted: readonly string[]): string {
  const lines = scan(withoutLastEnd(content), token, () => 'begins a comment or a text that nothing closes. Close it');
  for (const line of wanted) checkAlone(lines, assigned(line)!);
  return withLines(
    lines.map(({ text, bare }) => ({ text, name: assigned(bare), isExample: false })),
    wanted.map((text) => ({ text, name: assigned(text) })),
  );
}

/** Of both files. A regular expression counts as a text: a bracket or a quote in it opens nothing. */
const token =
  /(?<comment>\/\/.*|#.*|\/\*[^]*?\*\/)|(?<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[^]|[^`\\])*`|(?<=[=(,:]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/)|(?<broken>\/\*|`)|[^]/g;

const assigned = (code: string): string | undefined => /^\s*((?:config|jicofo)\.[\w.-]+)\s*=/.exec(code)?.[1];

/** A value that goes on in the next line would leave its rest behind, and one within brackets may count only at times. */
function checkAlone(lines: readonly Line[], name: string): void {
  const quoted = name.replaceAll('.', '\\.');
  const mention = new RegExp(`(?<![\\w.])${quoted}\\s*[-+*/%|&?]*=(?!=)`);
  const statement = new RegExp(`^\\s*${quoted}\\s*=\\s*[^;,=]*[^;,=\\s${operators}]\\s*(;?)\\s*$`);
  for (const [index, { bare, top, isWhole }] of lines.entries()) {
    if (!mention.test(bare)) continue;
    const [found, end] = statement.exec(top) ?? [];
    const next = lines.slice(index + 1).find((line) => line.bare.trim() !== '')?.bare ?? '';
    const goesOn = end === '' && new RegExp(`^\\s*[(\\[\`,${operators}]`).test(next);
    const earlier = lines.slice(0, index).findLast((line) => line.bare.trim() !== '');
    if (!isWhole || !found || goesOn || (earlier && isCondition(earlier))) throw notAlone(index, name);
  }
}

/** Whether what follows counts at times only; brackets that end here may be those of an `if`. */
const isCondition = ({ bare, isWhole }: Line): boolean =>
  /\b(?:if|for|while)\b.*\)\s*$|\b(?:else|do)\s*$/.test(bare) || (!isWhole && /\)\s*$/.test(bare));

/** What has to be followed, or preceded, by something else. */
const operators = String.raw`.+*/%&|?:<>!~^\-`;

interface Named {
  text: string;
  name: string | undefined;
}

function withLines(content: readonly (Named & { isExample: boolean })[], wanted: readonly Named[]): string {
  const lines = [...content];
  for (const { text, name } of wanted) {
    const same = lines.flatMap((other, index) => (other.name === name ? [index] : []));
    const active = same.filter((index) => !lines[index]!.isExample);
    // Of several the last one counts: all go, and the new one stands where the last one was.
    const place = active.at(-1) ?? same.at(-1);
    const line = { text, name, isExample: false };
    if (place === undefined) lines.push(line);
    else lines[place] = line;
    for (const index of active.slice(0, -1).toReversed()) lines.splice(index, 1);
  }
  return `${lines.map(({ text }) => text).join('\n')}\n`;
}

const withoutLastEnd = (content: string): string => content.replace(/\n$/, '');
