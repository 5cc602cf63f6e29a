/** One value of every factor. */
export type Case<Factors extends Record<string, readonly unknown[]>> = {
  [Name in keyof Factors]: Factors[Name][number];
};

/**
 * Few cases in which every two values of two factors meet at least once: each case begins with a pair that is still
 * missing, and takes of every other factor the value that brings most of the missing pairs.
 */
export function pairwise<const Factors extends Record<string, readonly string[]>>(factors: Factors): Case<Factors>[] {
  const names = Object.keys(factors);
  const pair = (a: string, x: string, b: string, y: string): string => (a < b ? [a, x, b, y] : [b, y, a, x]).join('|');
  const missing = new Set<string>();
  for (const [at, a] of names.entries())
    for (const b of names.slice(at + 1))
      for (const x of factors[a]!) for (const y of factors[b]!) missing.add(pair(a, x, b, y));

  const cases: Record<string, string>[] = [];
  for (let [first] = missing; first !== undefined; [first] = missing) {
    const [a, x, b, y] = first.split('|') as [string, string, string, string];
    const made: Record<string, string> = { [a]: x, [b]: y };
    for (const name of names.filter((one) => !(one in made))) {
      const gain = (value: string): number =>
        Object.entries(made).filter(([other, its]) => missing.has(pair(name, value, other, its))).length;
      made[name] = factors[name]!.reduce((best, value) => (gain(value) > gain(best) ? value : best));
    }
    for (const [at, c] of names.entries())
      for (const d of names.slice(at + 1)) missing.delete(pair(c, made[c]!, d, made[d]!));
    cases.push(made);
  }
  return cases as Case<Factors>[];
}
