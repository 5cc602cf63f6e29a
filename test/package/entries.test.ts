import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entryPages, entryTexts, pageOf } from '../../scripts/docs-entries.js';

const { name, exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
  exports: Record<string, string | { types: string }>;
};
const entries = Object.keys(entryPages) as (keyof typeof entryPages)[];

/** What a page's `import` means here: the source of the entry. */
const alias = Object.fromEntries(
  Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === 'string' || entry.startsWith('./dist')
      ? []
      : [
          [
            name + entry.slice(1).replace('*', 'en'),
            target.types.replace('dist', 'src').replace('.d.ts', '.ts').replace('*', 'en'),
          ],
        ],
  ),
);

/** Entries whose examples are templates, which `npm run test:templates` compiles. */
const inTemplates = ['./jsx', './vue', './svelte', './compat/vue-sdk'];
/** Components of React -> what their example renders on a server. */
const components: Partial<Record<string, RegExp>> = {
  './react': /^<jitsi-meeting [^>]*><a href="https:\/\/meet.example.org\/Team">/,
  './compat/react-sdk': /^<div><jitsi-meeting style="height:100%" loading="manual"><\/jitsi-meeting><\/div>$/,
};

const example = (page: string): string =>
  /<!-- example -->\n+```\w+\n([^]*?)\n```/.exec(readFileSync(page, 'utf8'))?.[1] ?? '';

let folder: string;
beforeAll(() => {
  // Beside node_modules, so that Lit, jose and React are found.
  mkdirSync('.cache', { recursive: true });
  folder = mkdtempSync(join('.cache', 'examples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs code in a process of its own, and tells what it prints. */
async function run(code: string): Promise<string[]> {
  const outfile = join(folder, `${Math.random()}.mjs`);
  await build({
    stdin: { contents: code, resolveDir: '.', loader: 'jsx' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    outfile,
    external: ['lit', 'jose', 'react', 'react-dom'],
    plugins: [
      {
        name: 'entries',
        setup({ onResolve }) {
          onResolve({ filter: new RegExp(`^${name}(/|$)`) }, ({ path }) => ({
            path: join(process.cwd(), alias[path]!),
          }));
        },
      },
    ],
  });
  return execFileSync(process.execPath, [outfile], { encoding: 'utf8' }).trim().split('\n');
}

describe('the pages of the entries', () => {
  it('are there for every entry of the package', () => {
    const offered = Object.keys(exports).filter((entry) => !/\*|json$|^\.\/dist/.test(entry));
    expect([...entries].sort()).toEqual(offered.sort());
  });

  it('name every export of the source, and no other (npm run docs:generate)', { timeout: 60_000 }, async () => {
    for (const [entry, text] of await entryTexts()) expect(readFileSync(pageOf(entry), 'utf8'), entry).toBe(text);
  });

  it.each(entries)('have an example that imports the entry and prints what it says: %s', async (entry) => {
    const code = example(pageOf(entry));
    expect(code).toContain(` '${name}${entry.slice(1)}';`);
    if (inTemplates.includes(entry)) return;
    const said = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map((match) => match[1]);
    if (components[entry]) {
      const page = "\nimport { renderToString } from 'react-dom/server'; console.log(renderToString(<Team />));";
      const [html] = await run(code + page);
      expect(html).toMatch(components[entry]);
    } else {
      expect(said.length).toBeGreaterThan(0);
      expect(await run(code)).toEqual(said);
    }
  });
});
