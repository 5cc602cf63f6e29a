// Builds every example with the packed package, as its user would, and holds each to the same checks in a browser:
// npm run test:examples. Names as arguments choose the examples.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { freePort, serve, startWorld } from '../test/examples/app.js';
import { runChecks, type Result } from '../test/examples/checks.js';
import { copyExample, fillIn, serveFolder } from '../test/examples/example.js';
import { consumer, packed } from './consumers.js';
import { pathFor } from './newer-node.js';

/** The same apps in other circumstances: what is written in place of what, by file. */
const variants: Record<string, { of: string; changes: Record<string, [from: RegExp, to: string]> }> = {
  'react-18': { of: 'react', changes: { 'package.json': [/(?<="react(?:-dom)?": ").+?(?=")/g, '18.3.1'] } },
  'next-removed-pages': { of: 'next', changes: { 'next.config.mjs': [/cacheComponents: true/, ''] } },
  'next-dev': {
    of: 'next',
    changes: { 'package.json': [/"build": "next build",\s*"start": "next start"/, '"start": "next dev"'] },
  },
  'nuxt-dev': {
    of: 'nuxt',
    changes: { 'package.json': [/"build": "nuxt build",\s*"start": ".*?"/, '"start": "nuxt dev"'] },
  },
  'next-webpack': { of: 'next', changes: { 'package.json': [/next build/, 'next build --webpack'] } },
};

const all = [...readdirSync('examples'), ...Object.keys(variants)];
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !all.includes(name));
if (unknown.length > 0) throw new Error(`examples has no ${unknown.join(', ')}. It has ${all.join(', ')}.`);

const archive = packed();
const world = await startWorld();

/** Where the example's page is, and how to stop what serves it. */
interface Host {
  address: string;
  close(): Promise<void> | void;
}

/** The folder of an example, or of what a variant makes of one. */
function sourceOf(name: string): string {
  const variant = variants[name];
  if (!variant) return `examples/${name}`;
  const source = `.cache/made/variants/${name}`;
  rmSync(source, { recursive: true, force: true });
  cpSync(`examples/${variant.of}`, source, { recursive: true });
  for (const [file, [from, to]] of Object.entries(variant.changes)) {
    const text = readFileSync(`${source}/${file}`, 'utf8');
    if (!from.test(text)) throw new Error(`${file} of ${variant.of} has nothing like ${from} to change.`);
    writeFileSync(`${source}/${file}`, text.replace(from, to));
  }
  return source;
}

async function start(name: string, source: string): Promise<Host> {
  const manifest = `${source}/package.json`;
  if (!existsSync(manifest)) {
    // No packages: the files that the page names stand beside it.
    const folder = copyExample(name, world);
    cpSync('dist', folder, { recursive: true });
    return folderHost(folder);
  }
  const folder = consumer(name, archive, source);
  fillIn(source, folder, world);
  const { scripts } = JSON.parse(readFileSync(manifest, 'utf8')) as { scripts?: Record<string, string> };
  const env = { PATH: pathFor(folder), NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', FORCE_COLOR: '0' };
  if (scripts?.build) {
    const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    if (status !== 0) throw new Error(`npm run build ended with ${status}.\n${`${stdout}${stderr}`.slice(-2000)}`);
  }
  if (!scripts?.start) return folderHost(scripts?.build ? `${folder}/dist` : folder);
  const port = String(await freePort());
  const address = `http://localhost:${port}/`;
  return { address, close: await serve(folder, ['npm', 'start'], { ...env, PORT: port }, address) };
}

async function folderHost(folder: string): Promise<Host> {
  const host = await serveFolder(folder);
  return { address: `${host.origin}/`, close: () => host.close() };
}

/** The framework, which is the first of its packages that has a version of its own, and the version. */
function frameworkOf(source: string): string {
  const manifest = `${source}/package.json`;
  if (!existsSync(manifest)) return '-';
  const { dependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as { dependencies: Record<string, string> };
  return Object.entries(dependencies)
    .filter(([one]) => one !== 'jitsi-meeting-element')[0]!
    .join(' ');
}

const rows: Record<string, { framework: string; passed: string }> = {};
let failures = 0;
for (const name of chosen.length > 0 ? chosen : all) {
  let results: Record<string, Result>;
  const source = sourceOf(name);
  try {
    const host = await start(name, source);
    const page = await world.newPage();
    results = await runChecks(page, host.address, world);
    await page.close();
    await host.close();
  } catch (error) {
    results = { builds: (error as Error).message };
  }
  const failed = Object.entries(results).filter(([, result]) => result !== 'ok');
  failures += failed.length;
  for (const [check, result] of failed) console.log(`${name}, "${check}": ${result}`);
  const count = Object.keys(results).length;
  rows[name] = { framework: frameworkOf(source), passed: `${count - failed.length} of ${count}` };
  console.log(`${name}: ${rows[name].passed}`);
}
await world.close();
console.table(rows);
process.exit(failures > 0 ? 1 : 0);
