import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build as esbuild } from 'esbuild';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { stat } from '../support/stats.js';

const entry = '\0page';

/** What a page with this code fetches first: bytes after a bundler and brotli, of the first file and all that it imports. */
async function firstBytes(code: string): Promise<number> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'page',
        resolveId: (id, importer) =>
          id === 'page' ? entry : importer === entry ? fileURLToPath(new URL(`../../${id}`, import.meta.url)) : null,
        load: (id) => (id === entry ? code : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: { input: 'page', preserveEntrySignatures: 'allow-extension' },
    },
  })) as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  const first = new Set<string>();
  const add = (name: string): void => {
    if (first.has(name)) return;
    first.add(name);
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? []) add(imported);
  };
  add(chunks.find(({ isEntry }) => isEntry)!.fileName);
  const used = chunks.filter(({ fileName }) => first.has(fileName));
  return used.reduce((sum, { code: text }) => sum + brotliCompressSync(text).byteLength, 0);
}

describe.runIf(existsSync('dist'))('what a bundler makes of the package loads first', () => {
  it.each([
    ['the element', "import 'dist/index.js'", 27_010],
    ['a session without the element', "export { MeetingSession } from 'dist/core.js'", 19_600],
    ['all that reads claims', "export * from 'dist/claims/index.js'", 1_536],
  ])('at most so many bytes: %s', async (what, code, most) => {
    const bytes = await firstBytes(code);
    stat(`${what} (${code}): ${bytes} B brotli first`);
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThanOrEqual(most);
  });
});

it.runIf(existsSync('dist'))(
  'the code of a meeting imports what is there, after esbuild, which preloads nothing',
  async () => {
    const { metafile } = await esbuild({
      stdin: { contents: "import './dist/index.js'", resolveDir: '.' },
      outdir: 'out',
      bundle: true,
      splitting: true,
      format: 'esm',
      write: false,
      metafile: true,
    });
    const files = new Map(Object.entries(metafile.outputs));
    const found = new Set<string>([...files.keys()].filter((name) => files.get(name)!.entryPoint === '<stdin>'));
    const importsOf = (name: string): string[] =>
      files
        .get(name)!
        .imports.flatMap(({ kind, path }) => (kind === 'import-statement' && files.has(path) ? [path] : []));
    for (const name of found) for (const imported of importsOf(name)) found.add(imported);
    const engine = [...files.keys()].find((name) => files.get(name)!.entryPoint === 'dist/elements/engine.js')!;
    expect(importsOf(engine).filter((name) => !found.has(name))).toEqual([]);
  },
);

it.runIf(existsSync('dist'))('no module imports another for nothing, of which esbuild would warn', () => {
  const bare = (file: string): string[] =>
    [...readFileSync(`dist/${file}`, 'utf8').matchAll(/^import "\..*$/gm)].map(([line]) => `${file}: ${line}`);
  const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.js') && !/^jitsi-meeting[./]/.test(file),
  );
  expect(modules.flatMap(bare).toSorted()).toEqual([
    'compat/vue-sdk/index.js: import "../../index.js";',
    'index.js: import "./elements/define.js";',
  ]);
});

it.runIf(existsSync('dist'))(
  'the code of a meeting is one file, so that none is found late on the way to the frame',
  () => {
    const engine = readdirSync('dist/jitsi-meeting').filter((name) => /^engine-[\w-]+\.js$/.test(name));
    expect(engine).toHaveLength(1);
    const imports = readFileSync(`dist/jitsi-meeting/${engine[0]}`, 'utf8').matchAll(/\bfrom"([^"]+)"/g);
    expect([...imports].map(([, from]) => from)).toEqual(['../jitsi-meeting.js']);
  },
);

it.runIf(existsSync('dist'))('Chromium is told, in their first line, to compile both files while they come', () => {
  const [engine] = readdirSync('dist/jitsi-meeting').filter((name) => /^engine-[\w-]+\.js$/.test(name));
  for (const file of ['jitsi-meeting.js', `jitsi-meeting/${engine}`])
    expect(readFileSync(`dist/${file}`, 'utf8').split('\n')[0]).toBe('//# allFunctionsCalledOnLoad');
});
