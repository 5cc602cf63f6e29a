import { fileURLToPath } from 'node:url';
import { minify } from 'terser';
import { minifyTemplateLiterals } from 'rollup-plugin-minify-template-literals';
import { defineConfig, type BuildEnvironmentOptions, type Plugin, type Rolldown, type UserConfig } from 'vite';
import { demoTables } from './scripts/demo-tables.js';
import { localeTags } from './scripts/locale-tags.js';

/** The files of dist/ that stand for a source file each; package.json names those that are entries of the package. */
const entries = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  'token/index': 'src/token/index.ts',
  'claims/index': 'src/claims/index.ts',
  'room/index': 'src/room/index.ts',
  'server/index': 'src/server/index.ts',
  'locale/index': 'src/locale/index.ts',
  ...Object.fromEntries(localeTags.map((tag) => [`locale/${tag}`, `src/locale/${tag}.ts`])),
  'preflight/index': 'src/preflight/index.ts',
  'cli/index': 'src/cli/index.ts',
  // Types only; a bundler that meets their import finds an empty file.
  'jsx/index': 'src/jsx/index.ts',
  'vue/index': 'src/vue/index.ts',
  'svelte/index': 'src/svelte/index.ts',
};

/** The same for entries that are components of a framework. */
const components = {
  'react/index': 'src/react/index.ts',
  'compat/react-sdk/index': 'src/compat/react-sdk/index.ts',
  'compat/vue-sdk/index': 'src/compat/vue-sdk/index.ts',
};

/** Takes the white space out of markup and styles. Lit's own modules hold none. */
const shortTemplates = minifyTemplateLiterals({ include: 'src/**', exclude: 'src/elements/css.ts', failOnError: true });

/** Languages stay files of their own, and what only a panel needs stays with it. */
const pageChunks = [
  { name: 'element', test: /node_modules\/(@?lit)|src\/(?!locale\/[a-z]{2,3}(-\w+)?\.ts|preflight|server|cli)/ },
  { name: 'rules', test: /src\/preflight/ },
];

/** The demo's page, with its gallery. */
const page = (build: BuildEnvironmentOptions, tables = demoTables()): UserConfig => ({
  plugins: [tables],
  // Lit as it is published, whatever NODE_ENV is: the tests build the same page.
  resolve: { conditions: ['module', 'browser'] },
  build: {
    ...build,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page has jose's keys from the start, the library only when it needs them.
    rolldownOptions: {
      input: ['index.html', 'demo/states/index.html'],
      checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      // A few files instead of many small ones: the page has to be there at once.
      output: { codeSplitting: { groups: pageChunks } },
    },
  },
});

/** The page starts with a backend of its own. */
const inPage: Plugin = {
  name: 'backend-in-page',
  transformIndexHtml: { order: 'pre', handler: (html) => html.replace('/demo/main.ts', '/demo/site/main.ts') },
};

/** The page for a host that only serves files; scripts/demo-site.ts adds what the frame needs. */
function staticPage(tables = demoTables()): UserConfig {
  const { plugins, ...config } = page({ outDir: '.cache/demo-site', emptyOutDir: true }, tables);
  // Addresses inside are relative: the same files work in any folder of a web server.
  return { ...config, base: './', plugins: [plugins, inPage] };
}

/** What is built, by mode: the demo's page (demo/server/page-build.ts), and the files of dist/ (scripts/build.ts). */
const builds: Record<string, () => UserConfig> = {
  page: () => page({ write: false }),
  'static-page': () => staticPage(),
  // In a folder of the documentation's site.
  'site-page': () => staticPage(demoTables({ pages: '../' })),
  entries: () => ({ plugins: [shortTemplates], build: library(entries, external) }),
  // These import the main entry as it stands: what defines the elements is then in index.js, which package.json names
  // among the files with side effects, and in no chunk that a bundler would leave out.
  components: () => ({ build: library(components, [...external, /^(\.\.\/)+index\.js$/]) }),
  module: () => singleFile('es', 'src/light.ts', 'jitsi-meeting.js'),
  core: () => singleFile('es', 'src/core.ts', 'jitsi-meeting.core.js', { holdsLit: false }),
  rules: () =>
    singleFile('es', 'src/preflight/findings-with-unknowns.ts', 'jitsi-meeting.rules.js', { holdsLit: false }),
  classic: () => singleFile('iife', 'src/elements/define.ts', 'jitsi-meeting.classic.js'),
};

const external = [/^lit(\/|$)/, /^jose(\/|$)/, /^react$/, /^vue$/, /^node:/];

function library(entry: Record<string, string>, others: (string | RegExp)[]): BuildEnvironmentOptions {
  return {
    lib: { entry, formats: ['es'] },
    target: 'es2022',
    minify: false,
    sourcemap: true,
    emptyOutDir: false,
    rolldownOptions: {
      external: others,
      makeAbsoluteExternalsRelative: false,
      // Left to the page's bundler: an import whose constants are inlined stays as a bare one, of which esbuild warns.
      optimization: { inlineConst: false },
      // React's `'use client'` stays; a test reads it in the built file.
      checks: { moduleLevelDirective: false },
      // Module by module, so that a bundler leaves out what a page doesn't use and sees what is fetched later.
      output: { entryFileNames: '[name].js', preserveModules: true, preserveModulesRoot: 'src' },
    },
  };
}

// The single files hold other people's code, whose licences want to be named with it.
const banner = '/*! jitsi-meeting-element, Apache-2.0; holds Lit, see third-party-licenses.txt */';

// Tells Chromium to compile all functions while the file comes, beside the page's own work, and not one by one when each
// is first called. It has to be the first line.
const compileAtOnce = '//# allFunctionsCalledOnLoad';

// Few pages check signatures by public keys: in the single files jose stays an import, for those that name it in an
// import map. Where it can't be loaded, the signature is left unchecked.
const optional = [/^jose(\/|$)/];

// Lit's code for browsers asks these when it is imported; a server that imports a single file has none of them.
const intro = `const {
  HTMLElement = class {},
  customElements = { get() {}, define() {} },
  document = { createTreeWalker() {}, createComment() {} },
} = globalThis;`;

// The module fetches a language as dist/jitsi-meeting/TAG.js, which scripts/build.ts writes.
const languagesBeside = [
  { find: './shipped.js', replacement: fileURLToPath(new URL('src/locale/shipped.module.ts', import.meta.url)) },
];

// The plain script is one file, so it loads neither a language, which comes by a script of its own, nor the rules that only
// pages with `deployment` need: they stand beside it.
const onePlainFile = [
  { find: './shipped.js', replacement: fileURLToPath(new URL('src/locale/shipped.classic.ts', import.meta.url)) },
  {
    find: './full-rules.js',
    replacement: fileURLToPath(new URL('src/session/full-rules.classic.ts', import.meta.url)),
  },
];

/** In the plain script all parts are there from the start, so what fetches one elsewhere just names it. */
const withoutLaterParts: Plugin = {
  name: 'without-later-parts',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id)) return null;
    const parts: string[] = [];
    const text = code.replace(/(?<!typeof )\bimport\(('\.[^']+')\)/g, (_, part: string) => {
      parts.push(`import * as part${parts.length} from ${part};`);
      return `Promise.resolve(part${parts.length - 1})`;
    });
    // On one line, so that the lines of the source map stay.
    return parts.length > 0 ? { code: parts.join('') + text, map: null } : null;
  },
};

/** Finds half a kilobyte that the bundler's own minifier, which comes after it and shortens the names, leaves. */
const thorough: Plugin = {
  name: 'thorough',
  async renderChunk(text, _chunk, { format }) {
    const { code, map } = await minify(text, {
      module: format === 'es',
      ecma: 2020,
      compress: { passes: 2 },
      mangle: false,
      sourceMap: { asObject: true },
      format: { comments: false },
    });
    return { code: code!, map: map as Rolldown.SourceMapInput };
  },
};

/**
 * Puts all that the engine needs and the first file doesn't into one file, also what other parts use: fewer files to fetch
 * on the way to the frame.
 */
function engineFile(entry: string): (id: string, context: Rolldown.ChunkingContext) => string | null {
  let first: Set<string> | undefined;
  let engine: Set<string> | undefined;
  return (id, context) => {
    first ??= staticImports(entry, context);
    engine ??= staticImports('src/elements/engine.ts', context);
    return (engine.has(id) || id.includes('rolldown/runtime')) && !first.has(id) ? 'engine' : null;
  };
}

/** A file, and all that it imports before it runs. */
function staticImports(start: string, context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set([fileURLToPath(new URL(start, import.meta.url))]);
  for (const id of found) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) found.add(imported);
  return found;
}

function singleFile(format: 'es' | 'iife', entry: string, name: string, { holdsLit = true } = {}): UserConfig {
  return {
    plugins: [shortTemplates, ...(format === 'iife' ? [withoutLaterParts] : []), thorough],
    resolve: { alias: format === 'iife' ? onePlainFile : languagesBeside },
    build: {
      lib: { entry, formats: [format], name: 'JitsiMeeting', fileName: () => name },
      target: 'es2022',
      emptyOutDir: false,
      sourcemap: true,
      minify: true,
      rolldownOptions: {
        external: optional,
        checks: { pluginTimings: false },
        // Lit's packages don't say so. Then templates are in the file that draws with them, and not in the first.
        treeshake: { moduleSideEffects: [{ test: /node_modules\/lit(-html|-element)?\//, sideEffects: false }] },
        // What the first file shares with later ones stays in it: fewer files to fetch.
        preserveEntrySignatures: 'allow-extension',
        output: {
          minify: true,
          // The plain script is one file; the modules fetch what they need when they need it.
          ...(format === 'iife'
            ? { codeSplitting: false }
            : {
                codeSplitting: { groups: [{ name: engineFile(entry) }], includeDependenciesRecursively: false },
                chunkFileNames: 'jitsi-meeting/[name]-[hash].js',
              }),
          // Of the modules the first holds Lit. The plain script finds what lies beside it by its own address.
          intro: ({ isEntry }) =>
            format === 'iife'
              ? `${intro}\nconst ownScript = document.currentScript;`
              : isEntry && holdsLit
                ? intro
                : '',
          postBanner: ({ isEntry, name: chunk }) =>
            [isEntry || chunk === 'engine' ? compileAtOnce : '', isEntry && holdsLit ? banner : '']
              .filter(Boolean)
              .join('\n'),
        },
      },
    },
  };
}

export default defineConfig(({ command, mode }) => {
  const build = builds[mode];
  // Vite's own server would hand out every file of this folder, secrets included.
  if (command !== 'build' || !build) {
    throw new Error(`Nothing is served or built so: "npm start" serves the demo, "npm run build" makes dist/.`);
  }
  return { publicDir: false, logLevel: 'warn', ...build() };
});
