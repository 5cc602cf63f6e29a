// What came and went in Jitsi's IFrame API between published versions of the SDK, as record-api-history.mjs found it.
import { readFileSync } from 'node:fs';

export const kinds = ['events', 'commands', 'methods', 'config keys', 'interface config keys'];

/**
 * @returns {{version: string, added: Record<string, string[]>, removed: Record<string, string[]>}[]}
 *   oldest first; everything the oldest has counts as added
 */
export function readHistory() {
  return JSON.parse(readFileSync(new URL('api-history.json', import.meta.url), 'utf8'));
}

/** The names that a version has, by kind. */
export function namesOf(history, version) {
  const names = Object.fromEntries(kinds.map((kind) => [kind, new Set()]));
  for (const entry of history) {
    for (const kind of kinds) {
      for (const name of entry.added[kind] ?? []) names[kind].add(name);
      for (const name of entry.removed[kind] ?? []) names[kind].delete(name);
    }
    if (entry.version === version) return names;
  }
  throw new Error(`api-history.json knows nothing of ${version}: run node scripts/record-api-history.mjs.`);
}

/** Since which recorded version a name is there, and until which it was; left out: always, and still. */
export function lifetime(history, kind, name) {
  const came = history.findLastIndex(({ added }) => added[kind]?.includes(name));
  const went = history.findLastIndex(({ removed }) => removed[kind]?.includes(name));
  return {
    since: came > 0 ? history[came].version : undefined,
    until: went > came ? history[went - 1].version : undefined,
  };
}
