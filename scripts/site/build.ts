// Makes the site of the documentation in .cache/site/dist: every page as HTML and as Markdown, llms.txt, and the demo's page.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildDemoSite } from '../demo-site.js';
import { llmsTxt, placeOf, siteMarkdown, sitePages } from './pages.js';

const root = '.cache/site';
export const siteFolder = `${root}/dist`;

function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** VitePress brings a second Vite, so its packages stay out of the main lockfile. */
function installPackages(): void {
  const lockfile = readFileSync('scripts/site/package-lock.json', 'utf8');
  const installed = `${root}/package-lock.json`;
  if (existsSync(`${root}/node_modules/vitepress`) && existsSync(installed))
    if (readFileSync(installed, 'utf8') === lockfile) return;
  console.log('Fetching VitePress ...');
  write(installed, lockfile);
  copyFileSync('scripts/site/package.json', `${root}/package.json`);
  const flags = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', ['ci', ...flags], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return;
  rmSync(installed);
  throw new Error('VitePress could not be fetched: npm ci failed.');
}

function vitepress(...args: string[]): void {
  const program = `${root}/node_modules/vitepress/bin/vitepress.js`;
  const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'inherit' });
  if (status) throw new Error(`vitepress ${args.join(' ')} failed.`);
}

export async function buildSite(): Promise<void> {
  installPackages();
  for (const folder of ['pages', 'dist', '.vitepress']) rmSync(`${root}/${folder}`, { recursive: true, force: true });
  write(`${root}/.vitepress/config.ts`, "export { default } from '../../../scripts/site/config.js';\n");
  const markdown = sitePages().map((page) => [placeOf(page), siteMarkdown(readFileSync(page, 'utf8'))] as const);
  for (const [page, text] of markdown) {
    // As HTML, because VitePress would lead a Markdown link to the HTML page; the class keeps its router away.
    const own = `<p class="vp-raw"><a href="./${path.basename(page)}">This page as Markdown</a></p>`;
    write(`${root}/pages/${page}`, `${text}\n${own}\n`);
  }
  copyFileSync('docs/picture.png', `${root}/pages/docs/picture.png`);
  vitepress('build', root);
  for (const [page, text] of markdown) write(`${siteFolder}/${page}`, text);
  copyFileSync('docs/picture.png', `${siteFolder}/docs/picture.png`);
  write(`${siteFolder}/llms.txt`, llmsTxt());
  await buildDemoSite(`${siteFolder}/demo`, 'site-page');
}

/** Serves what was built, until the process ends. */
export function serveSite(port: string): void {
  vitepress('preview', root, '--port', port);
}
