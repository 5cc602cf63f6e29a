/** Names that an object may have, and what people write instead of them. */
export interface Vocabulary {
  readonly known: readonly string[];
  /** What an unknown name probably means, as the end of "there is no X; ...". Keys are in `plainName`'s spelling. */
  readonly meant?: Readonly<Record<string, string>>;
}

/** The middle of a sentence about the first unknown name; `undefined` when all names are known. */
export function unknownName(names: Iterable<string>, { known, meant = {} }: Vocabulary): string | undefined {
  for (const name of names) {
    if (known.includes(name)) continue;
    const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name);
    const advice = (Object.hasOwn(meant, plainName(name)) && meant[plainName(name)]) || nearest(name, known);
    return `there is no ${shown}${advice ? `: ${advice}` : ''}; known are ${known.join(', ')}`;
  }
  return undefined;
}

/** Without case and separators: `avatarURL`, `avatar_url` and `avatar-url` are one. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[-_\s.]/g, '');

function nearest(name: string, known: readonly string[]): string | undefined {
  const plain = plainName(name).slice(0, 40);
  const byDistance = known
    .map((candidate) => ({ candidate, distance: editDistance(plain, plainName(candidate)) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  if (!byDistance || byDistance.distance > Math.min(2, Math.floor(plain.length / 3))) return undefined;
  return `write ${byDistance.candidate}`;
}

/** How many letters have to be added, dropped, changed or swapped with the next (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
