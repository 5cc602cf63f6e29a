/** A text in which * stands for any characters. */
export type Glob = readonly string[];

/** The parts between the stars; `fold` makes each part plain. */
export const globOf = (pattern: string, fold: (part: string) => string): Glob =>
  pattern.split(/\*+/).map((part) => (part === '' ? '' : fold(part)));

/** Whether all of the text matches. Takes the time of one search, however many stars there are. */
export function matches(glob: Glob, text: string): boolean {
  const first = glob[0]!;
  if (glob.length === 1) return text === first;
  const last = glob.at(-1)!;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of glob.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
