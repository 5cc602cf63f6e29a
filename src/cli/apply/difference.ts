/** What changes, line by line: `-` and `+`, with one line of what stays around it. */
export function difference(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const same = lengths(old, now);
  const rows: { sign: ' ' | '-' | '+'; line: string }[] = [];
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    if (left < old.length && right < now.length && old[left] === now[right]) {
      rows.push({ sign: ' ', line: old[left]! });
      left += 1;
      right += 1;
    } else if (right >= now.length || (left < old.length && same[left + 1]![right]! >= same[left]![right + 1]!)) {
      rows.push({ sign: '-', line: old[left]! });
      left += 1;
    } else {
      rows.push({ sign: '+', line: now[right]! });
      right += 1;
    }
  }
  const isNear = (index: number): boolean =>
    rows.slice(Math.max(0, index - 1), index + 2).some(({ sign }) => sign !== ' ');
  return rows.flatMap(({ sign, line }, index) => (isNear(index) ? [`${sign} ${line}`.trimEnd()] : [])).join('\n');
}

/** How many lines are the same from here on, for each pair of places. */
function lengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => Array<number>(now.length + 1).fill(0));
  for (let left = old.length - 1; left >= 0; left -= 1) {
    for (let right = now.length - 1; right >= 0; right -= 1) {
      table[left]![right] =
        old[left] === now[right]
          ? table[left + 1]![right + 1]! + 1
          : Math.max(table[left + 1]![right]!, table[left]![right + 1]!);
    }
  }
  return table;
}
