// Fetches every published version of the SDK (10 MB each) and writes what came and went into api-history.json. Run it
// when scripts/archives.ts moves on to a newer release: npx tsx scripts/record-api-history.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { byKind, kinds, type Entry, type Kind, type NamesByKind } from './api-history.js';
import { jitsiNames } from './api-names.js';
import { fetchArchive, sdk } from './archives.js';

const versions = '0.3.0 0.4.1 0.5.0 1.0.3 10.2.0 10.2.1 10.3.0 11.1.2 11.3.2 11.4.0 11.6.3 13.1.1'.split(' ');

/** What `left` has and `right` lacks, by kind; kinds without any are left out. */
function difference(left: Record<Kind, string[]>, right: Record<Kind, string[]>): NamesByKind {
  const lists = kinds.map((kind) => [kind, left[kind].filter((name) => !right[kind].includes(name)).sort()] as const);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

function record(): Entry[] {
  let before = byKind((): string[] => []);
  return [...versions, sdk.version].map((version) => {
    const archive = version === sdk.version ? sdk : { name: sdk.name, version, folder: `.vendor/sdk-${version}` };
    fetchArchive(archive);
    const names = jitsiNames(archive.folder);
    const entry = { version, added: difference(names, before), removed: difference(before, names) };
    before = names;
    return entry;
  });
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
writeFileSync('scripts/api-history.json', `${JSON.stringify(record(), null, 2)}\n`);
