// Holds the tables of src/jitsi against Jitsi's source: `npm run check:api`. Against another published version:
// `npm run check:api -- --version 13.1.1`; against a checkout of jitsi-meet: `npm run check:api -- --folder PATH`.
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { compareNames, jitsiNames, ourNames } from './api-names.js';
import { fetchArchive, sdk } from './archives.js';

/** What differs, and what is worth knowing, in lines. */
export function compareApi(tables: string, jitsi: string): { errors: string[]; notes: string[] } {
  const results = compareNames(ourNames(tables), jitsiNames(jitsi));
  const listed = (text: string, list: 'missing' | 'extra' | 'kept'): string[] =>
    results.filter((one) => one[list].length > 0).map((one) => `${one.kind}: ${text}: ${one[list].join(', ')}`);
  return {
    errors: [
      ...listed('Jitsi has these and our table lacks them', 'missing'),
      ...listed('our table has these and Jitsi lacks them', 'extra'),
    ],
    notes: [
      ...listed('kept for older releases', 'kept'),
      results.map(({ kind, total, missing }) => `${kind} ${total - missing.length}/${total}`).join(', '),
    ],
  };
}

function main(): void {
  const { values } = parseArgs({ options: { version: { type: 'string' }, folder: { type: 'string' } } });
  const archive = values.version
    ? { name: sdk.name, version: values.version, folder: `.vendor/react-native-sdk-${values.version}` }
    : sdk;
  if (!values.folder) fetchArchive(archive);
  const { errors, notes } = compareApi('src/jitsi', values.folder ?? archive.folder);
  for (const line of errors) console.error(line);
  for (const line of notes) console.log(line);
  process.exitCode = errors.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
