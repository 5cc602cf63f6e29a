// Builds dist/: ES entries with lit and jose as imports, their declarations, one ES module that needs no other package, one classic
// script, the command line, the custom-elements manifest and what editors read.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { Words } from '../src/locale/library.js';
import { localeScript } from '../src/locale/script-shelf.js';
import { vscodeData, webTypes, type Manifest } from './editor-data.js';
import { writeIntegrity } from './integrity.js';
import { localeTags } from './locale-tags.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

// vite.config.ts says what each of these is.
for (const mode of ['entries', 'components', 'module', 'core', 'rules', 'classic']) await build({ mode });

// A language for pages that take the single files: the module fetches it, the classic script has one more script tag.
mkdirSync('dist/locale', { recursive: true });
for (const tag of localeTags) {
  const { default: words } = (await import(`../src/locale/${tag}.js`)) as { default: Words };
  writeFileSync(`dist/locale/${tag}.script.js`, localeScript(tag, words));
  writeFileSync(`dist/jitsi-meeting/${tag.toLowerCase()}.js`, `export default ${JSON.stringify(words)};\n`);
}

const integrity = writeIntegrity();
for (const fileName of ['jitsi-meeting.js', 'jitsi-meeting.core.js', 'jitsi-meeting.classic.js']) {
  const size = brotliCompressSync(readFileSync(`dist/${fileName}`)).byteLength;
  console.log(`dist/${fileName}  ${statSync(`dist/${fileName}`).size} bytes, ${size} brotli, ${integrity[fileName]}`);
}

copyFileSync('src/before-upgrade.css', 'dist/jitsi-meeting.css');
// What a compiler finds for a style sheet, and for a language's plain script.
writeFileSync('dist/no-exports.d.ts', 'export {};\n');

const compile = (project: string): void =>
  void execFileSync('node_modules/typescript-7/bin/tsc', ['-p', project], { stdio: 'inherit' });
compile('tsconfig.build.json');
execFileSync('node_modules/.bin/cem', ['analyze', '--config', 'scripts/cem.config.mjs'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

// The package server/, which is compiled against the declarations above.
rmSync('server/dist', { recursive: true, force: true });
compile('server/tsconfig.build.json');

const { modules } = JSON.parse(readFileSync('custom-elements.json', 'utf8')) as Manifest;
const elements = modules.flatMap(({ declarations }) => declarations);
const about = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
const toJson = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;
writeFileSync('vscode.html-custom-data.json', toJson(vscodeData(elements)));
writeFileSync('web-types.json', toJson(webTypes(elements, about)));

const licence = readFileSync('node_modules/lit/LICENSE', 'utf8');
writeFileSync('dist/third-party-licenses.txt', `Lit (lit, lit-html, lit-element, @lit/reactive-element)\n\n${licence}`);
