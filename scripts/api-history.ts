// What came and went in Jitsi's IFrame API between published versions of the SDK, as record-api-history.ts found it.
import { readFileSync } from 'node:fs';

export const kinds = ['events', 'commands', 'methods', 'config keys', 'interface config keys'] as const;
export type Kind = (typeof kinds)[number];
export type NamesByKind = Partial<Record<Kind, string[]>>;

export interface Entry {
  version: string;
  added: NamesByKind;
  removed: NamesByKind;
}

/** Something for each kind of name. */
export const byKind = <Value>(make: (kind: Kind) => Value): Record<Kind, Value> =>
  Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<Kind, Value>;

/** Oldest first; everything that the oldest has counts as added. */
export function readHistory(): Entry[] {
  return JSON.parse(readFileSync(new URL('api-history.json', import.meta.url), 'utf8')) as Entry[];
}

/** The names that a version has, by kind. */
export function namesOf(history: readonly Entry[], version: string): Record<Kind, Set<string>> {
  const names = byKind(() => new Set<string>());
  for (const entry of history) {
    for (const kind of kinds) {
      for (const name of entry.added[kind] ?? []) names[kind].add(name);
      for (const name of entry.removed[kind] ?? []) names[kind].delete(name);
    }
    if (entry.version === version) return names;
  }
  throw new Error(`api-history.json does not know ${version}: run npx tsx scripts/record-api-history.ts.`);
}

/** The first and the last recorded version that have a name. Left out when it was always there, or still is. */
export function lifetime(history: readonly Entry[], kind: Kind, name: string): { since?: string; until?: string } {
  const came = history.findLastIndex(({ added }) => added[kind]?.includes(name));
  const went = history.findLastIndex(({ removed }) => removed[kind]?.includes(name));
  return {
    since: came > 0 ? history[came]!.version : undefined,
    until: went > came ? history[went - 1]!.version : undefined,
  };
}
