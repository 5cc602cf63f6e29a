import { UsageError } from '../io.js';

/**
 * `NAME=value` lines in place of those with the same names, also of those that are commented out; others go to the end.
 * Of a list with commas, what is there stays, but for the items of `gone`.
 */
export function withEnvLines(content: string, wanted: readonly string[], gone: readonly string[] = []): string {
  const kept = content
    .split('\n')
    .map((line) => (envName(line) && isList(line) && !isComment(line) ? withItems(line, '', gone) : line));
  const merged = wanted.map((line) => {
    const same = kept.findLast((other) => envName(other) === envName(line) && !isComment(other));
    return isList(line) && same !== undefined ? withItems(same, valueOf(line), gone) : line;
  });
  return withLines(kept.join('\n'), merged, envName, isComment);
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
  return withLines(
    content,
    wanted,
    (line) => /^\s*((?:config|jicofo)\.[\w.-]+)\s*=/.exec(line)?.[1],
    () => false,
  );
}

function withLines(
  content: string,
  wanted: readonly string[],
  nameOf: (line: string) => string | undefined,
  isCommentedOut: (line: string) => boolean,
): string {
  const lines = content.replace(/\n$/, '').split('\n');
  for (const line of wanted) {
    const same = lines.flatMap((other, index) => (nameOf(other) === nameOf(line) ? [index] : []));
    const active = same.filter((index) => !isCommentedOut(lines[index]!));
    // Of several the last one counts: all go, and the new one stands where the last one was.
    const place = active.at(-1) ?? same.at(-1);
    if (place === undefined) lines.push(line);
    else lines[place] = line;
    for (const index of active.slice(0, -1).toReversed()) lines.splice(index, 1);
  }
  return `${lines.join('\n')}\n`;
}
