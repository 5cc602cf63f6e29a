// Writes the pages of docs/ that are made from the code, in whole or in part: npm run docs:generate
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { compatibility, eventsAndCommands } from './docs-api.js';
import { entryTexts, pageOf } from './docs-entries.js';
import { errorsPage } from './docs-errors.js';
import { frameworksPage } from './docs-frameworks.js';
import { statesPage } from './docs-states.js';
import { troubleshooting } from './docs-troubleshooting.js';

const pages = {
  'docs/guides/frameworks.md': frameworksPage,
  'docs/internals/states.md': statesPage,
  'docs/reference/compatibility.md': compatibility,
  'docs/reference/errors.md': errorsPage,
  'docs/reference/events-and-commands.md': eventsAndCommands,
  'docs/reference/troubleshooting.md': troubleshooting,
};

/** Each page that is made as a whole, by its file. */
export async function generatedPages(): Promise<Record<string, string>> {
  const texts = Object.entries(pages).map(async ([file, make]) => {
    const options = { ...(await resolveConfig(file)), parser: 'markdown' };
    return [file, await format(make(), options)] as const;
  });
  return Object.fromEntries(await Promise.all(texts));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const entries = [...(await entryTexts())].map(([entry, text]) => [pageOf(entry), text] as const);
  for (const [file, text] of [...Object.entries(await generatedPages()), ...entries]) {
    writeFileSync(file, text);
    console.log(`${file}: ${text.split('\n').length} lines`);
  }
}
