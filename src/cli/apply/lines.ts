/** `NAME=value` lines in place of those with the same names, also of those that are commented out; others go to the end. */
export function withEnvLines(content: string, wanted: readonly string[]): string {
  return withLines(
    content,
    wanted,
    (line) => /^\s*#?\s*([A-Za-z_]\w*)=/.exec(line)?.[1],
    (line) => /^\s*#/.test(line),
  );
}

/** `config.name = value;` lines in place of those with the same names; others go to the end. */
export function withConfigLines(content: string, wanted: readonly string[]): string {
  return withLines(
    content,
    wanted,
    (line) => /^\s*(config\.\w+)\s*=/.exec(line)?.[1],
    () => false,
  );
}

function withLines(
  content: string,
  wanted: readonly string[],
  nameOf: (line: string) => string | undefined,
  isComment: (line: string) => boolean,
): string {
  const lines = content.replace(/\n$/, '').split('\n');
  for (const line of wanted) {
    const same = lines.flatMap((other, index) => (nameOf(other) === nameOf(line) ? [index] : []));
    const active = same.filter((index) => !isComment(lines[index]!));
    // Of several the last one counts: all go, and the new one stands where the last one was.
    const place = active.at(-1) ?? same.at(-1);
    if (place === undefined) lines.push(line);
    else lines[place] = line;
    for (const index of active.slice(0, -1).toReversed()) lines.splice(index, 1);
  }
  return `${lines.join('\n')}\n`;
}
