// Builds dist/: ES entries with lit and jose as imports, their declarations, one self-contained ES module, one classic
// script, the command line and the custom-elements manifest.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { build } from 'vite';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
rmSync('dist', { recursive: true, force: true });

const entries = JSON.parse(readFileSync('scripts/entries.json', 'utf8'));
const shared = { configFile: false, publicDir: false, logLevel: 'warn' };
const external = [/^lit(\/|$)/, /^jose(\/|$)/, /^react$/, /^node:/];

// React's entry imports the main one as it stands: what defines the elements is then in index.js, which package.json
// names among the files with side effects, and in no chunk that a bundler would leave out.
for (const [entry, others] of [
  [entries, external],
  [{ 'react/index': 'src/react/index.ts' }, [...external, '../index.js']],
]) {
  await build({
    ...shared,
    build: {
      lib: { entry, formats: ['es'] },
      target: 'es2022',
      minify: false,
      emptyOutDir: false,
      rolldownOptions: {
        external: others,
        makeAbsoluteExternalsRelative: false,
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

// The single files hold other people's code, whose licences want to be named with it.
const banner = '/*! jitsi-meeting-element, Apache-2.0; holds Lit, see third-party-licenses.txt */';

// Few pages check signatures by public keys: in the single files jose stays an import, for those that name it in an
// import map. Where it can't be loaded, the signature is left unchecked.
const optional = [/^jose(\/|$)/];

// Lit's code for browsers asks these when it is imported; a server that imports a single file has none of them.
const intro = `const {
  HTMLElement = class {},
  customElements = { get() {}, define() {} },
  document = { createTreeWalker() {}, createComment() {} },
} = globalThis;`;

for (const [format, fileName] of [
  ['es', 'jitsi-meeting.js'],
  ['iife', 'jitsi-meeting.classic.js'],
]) {
  await build({
    ...shared,
    // Lit's own modules hold no templates.
    plugins: [minifyTemplateLiterals({ include: 'src/**', failOnError: true })],
    build: {
      lib: {
        entry: format === 'es' ? 'src/index.ts' : 'src/elements/define.ts',
        formats: [format],
        name: 'JitsiMeeting',
        fileName: () => fileName,
      },
      target: 'es2022',
      emptyOutDir: false,
      minify: true,
      rolldownOptions: {
        external: optional,
        output: { minify: true, codeSplitting: false, intro, postBanner: banner },
      },
    },
  });
  const size = brotliCompressSync(readFileSync(`dist/${fileName}`)).byteLength;
  console.log(`dist/${fileName}  ${statSync(`dist/${fileName}`).size} bytes, ${size} brotli`);
}

const bin = (name) => `node_modules/.bin/${name}`;
const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
execFileSync(bin('tsc'), ['-p', 'tsconfig.build.json'], { stdio: 'inherit' });
execFileSync(bin('cem'), ['analyze', '--config', 'scripts/cem.config.mjs'], quiet);

const licence = readFileSync('node_modules/lit/LICENSE', 'utf8');
writeFileSync('dist/third-party-licenses.txt', `Lit (lit, lit-html, lit-element, @lit/reactive-element)\n\n${licence}`);
