import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PageFile {
  type: string;
  text: string;
}

/** The page's files by their path on the server, `/index.html` among them. */
export type PageFiles = Readonly<Record<string, PageFile>>;

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache/demo');
/** The sources of the page, and of the gallery in it. It is built again only when one of them has changed. */
const sources = [
  'index.html',
  'vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
  'README.md',
  'CHANGELOG.md',
  'src',
  'demo',
  'docs',
  'scripts',
  'test/support',
];

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
};

/**
 * The demo's page as Vite builds it: made when its sources have changed, kept in `.cache/demo` as one file, and
 * returned in memory, so that no request reads from the disk. Demos that start at the same time don't disturb each
 * other, because each puts the whole file in its place at once, and both files are the same.
 */
export async function builtPage(): Promise<PageFiles> {
  const name = `${hashOfSources()}.json`;
  const kept = readBuilt(name);
  if (kept) return kept;
  const files = await build();
  try {
    keep(name, files);
  } catch {
    // If nothing can be written, the page is built at each start.
  }
  return files;
}

function readBuilt(name: string): PageFiles | undefined {
  try {
    return JSON.parse(readFileSync(join(cache, name), 'utf8')) as PageFiles;
  } catch {
    return undefined;
  }
}

function keep(name: string, files: PageFiles): void {
  mkdirSync(cache, { recursive: true });
  const unfinished = join(cache, `${randomUUID()}.part`);
  writeFileSync(unfinished, JSON.stringify(files));
  renameSync(unfinished, join(cache, name));
  for (const other of readdirSync(cache)) {
    if (other.endsWith('.json') && other !== name) rmSync(join(cache, other), { force: true });
  }
}

async function build(): Promise<PageFiles> {
  const vite = await import('vite');
  const built = await vite.build({ root, mode: 'page' });
  if (!('output' in built)) throw new Error('Vite was expected to build one page.');
  const files = built.output.map((file): [string, PageFile] => {
    const type = types[extname(file.fileName)];
    if (type === undefined) throw new Error(`The page has a file of a type that is not served: ${file.fileName}`);
    const text = file.type === 'chunk' ? file.code : Buffer.from(file.source).toString();
    return [`/${file.fileName.replace(/^\/+/, '')}`, { type, text }];
  });
  return Object.fromEntries(files);
}

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesIn))
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 32);
}

function filesIn(source: string): string[] {
  if (extname(source)) return [source];
  const entries = readdirSync(join(root, source), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}
