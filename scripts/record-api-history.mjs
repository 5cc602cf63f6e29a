// Fetches every published version of the SDK (10 MB each) and writes what came and went into api-history.json. To be run
// when scripts/sdk.mjs moves on to a newer release.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kinds } from './api-history.mjs';
import { jitsiNames } from './api-names.mjs';
import { fetchArchive } from './archive.mjs';
import { sdk } from './sdk.mjs';

const versions = '0.3.0 0.4.1 0.5.0 1.0.3 10.2.0 10.2.1 10.3.0 11.1.2 11.3.2 11.4.0 11.6.3 13.1.1'.split(' ');

/** What `left` has and `right` has not, by kind; kinds without any are left out. */
function difference(left, right) {
  const lists = kinds.map((kind) => [kind, left[kind].filter((name) => !right[kind].includes(name)).sort()]);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0));
}

function record() {
  let before = Object.fromEntries(kinds.map((kind) => [kind, []]));
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
