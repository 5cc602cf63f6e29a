// Holds the tables of src/jitsi against Jitsi's source: `npm run check:api`. Against another published version:
// `npm run check:api -- --version 13.1.1`; against a checkout of jitsi-meet: `npm run check:api -- --folder PATH`.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareNames, jitsiNames, ourNames } from './api-names.mjs';
import { fetchArchive } from './archive.mjs';
import { sdk } from './sdk.mjs';

const { values } = parseArgs({
  options: { version: { type: 'string' }, folder: { type: 'string' }, tables: { type: 'string' } },
});
const archive = values.version
  ? { name: sdk.name, version: values.version, folder: `.vendor/react-native-sdk-${values.version}` }
  : sdk;
const folder = values.folder ?? fileURLToPath(new URL(`../${archive.folder}`, import.meta.url));
if (!values.folder) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  fetchArchive(archive);
}

const tables = values.tables ?? fileURLToPath(new URL('../src/jitsi', import.meta.url));
const results = compareNames(ourNames(tables), jitsiNames(folder));
for (const { kind, missing, extra, kept } of results) {
  if (missing.length) console.error(`${kind}: Jitsi has these and our table lacks them: ${missing.join(', ')}`);
  if (extra.length) console.error(`${kind}: our table has these and Jitsi lacks them: ${extra.join(', ')}`);
  if (kept.length) console.log(`${kind}: kept for older releases: ${kept.join(', ')}`);
}
console.log(results.map(({ kind, total, missing }) => `${kind} ${total - missing.length}/${total}`).join(', '));
process.exitCode = results.some(({ missing, extra }) => missing.length || extra.length) ? 1 : 0;
