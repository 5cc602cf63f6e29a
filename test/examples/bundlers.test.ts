// `import 'jitsi-meeting-element'` through each bundler, in the page of examples/module, held to the checks of all examples.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { install, startWorld } from './app.js';
import { runChecks } from './checks.js';
import { copyExample, serveFolder } from './example.js';

/** Bundler -> its command, which makes `out/entry.js` of `entry.js`, or `out/index.html` of the page that names it. */
const bundlers: Record<string, string[]> = {
  webpack: [
    'webpack',
    ...'--mode production --entry ./entry.js --output-path out'.split(' '),
    ...'--output-filename entry.js --output-chunk-filename [id].js'.split(' '),
  ],
  rollup: ['rollup', 'entry.js', '--plugin', 'node-resolve', '--format', 'es', '--dir', 'out'],
  esbuild: ['esbuild', 'entry.js', '--bundle', '--splitting', '--format=esm', '--minify', '--outdir=out'],
  parcel: ['parcel', 'build', 'index.html', '--dist-dir', 'out', '--no-cache'],
};

let folder: string;
let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  const packages = ['webpack@5', 'webpack-cli', 'rollup@4', '@rollup/plugin-node-resolve', 'esbuild', 'parcel@2'];
  folder = install('bundlers', packages);
  world = await startWorld();
});
afterAll(() => world?.close());

it.each(Object.entries(bundlers))('%s', async (_name, [program, ...args]) => {
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as object;
  // The one setting that docs/guides/frameworks.md names.
  const settings = { ...manifest, '@parcel/resolver-default': { packageExports: true } };
  writeFileSync(`${folder}/package.json`, JSON.stringify(settings));
  // Parcel reads its settings, and keeps its cache, where the lockfile is.
  writeFileSync(`${folder}/package-lock.json`, '{}');
  writeFileSync(`${folder}/entry.js`, "import 'jitsi-meeting-element';\n");
  const example = copyExample('module', world);
  const page = readFileSync(`${example}/index.html`, 'utf8').replace('src="jitsi-meeting.js"', 'src="entry.js"');
  writeFileSync(`${folder}/index.html`, page);
  writeFileSync(`${folder}/other.html`, readFileSync(`${example}/other.html`));
  rmSync(`${folder}/out`, { recursive: true, force: true });
  execFileSync(`node_modules/.bin/${program}`, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  if (program !== 'parcel')
    for (const file of ['index.html', 'other.html']) cpSync(`${folder}/${file}`, `${folder}/out/${file}`);
  const host = await serveFolder(`${folder}/out`);
  const tab = await world.newPage();
  try {
    const results = await runChecks(tab, `${host.origin}/`, world);
    expect(results).toEqual(Object.fromEntries(Object.keys(results).map((check) => [check, 'ok'])));
    expect(Object.keys(results)).toHaveLength(19);
  } finally {
    await tab.close();
    await host.close();
  }
});
