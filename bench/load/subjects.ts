// What is compared: ours in four ways, pages written by hand, and Jitsi's SDKs. Each is a page with its files, made as for production.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { build } from 'esbuild';

export interface Subject {
  /** What a reader of the table calls it. */
  label: string;
  isOurs: boolean;
  /** What stands in the page, beside `<div id="meeting">`. */
  body: string;
  /** The files beside the page, by their names. */
  files: ReadonlyMap<string, string>;
}

/** Fetched by npm when it is first needed; the package itself depends on none of it. */
const sdks = {
  folder: '.cache/bench-sdks',
  packages: {
    '@jitsi/react-sdk': '1.4.4',
    '@jitsi/vue-sdk': '1.0.4',
    vue: '3.5.45',
    react: '19.3.1',
    'react-dom': '19.3.1',
  },
};

const tag =
  '<script>meeting.innerHTML = `<jitsi-meeting domain="${bench.domain}" room="${bench.room}" token-url="/token"></jitsi-meeting>`;' +
  "meeting.addEventListener('videoConferenceJoined', bench.joined, true)</script>";

const open = (jwt: string): string =>
  `(window.api = new JitsiMeetExternalAPI(bench.domain, { roomName: bench.room, jwt: ${jwt}, parentNode: meeting })).addListener('videoConferenceJoined', bench.joined)`;

const sideBySide = `
    const token = bench.fetchToken();
    const script = Object.assign(document.createElement('script'), { src: \`https://\${bench.domain}/external_api.js\` });
    script.onload = async () => ${open('await token')};
    document.head.append(script);
  `;

const byHand = {
  'side by side': `<script>${sideBySide}</script>`,
  'one after the other': `<script>
    document.write(\`<script src="https://\${bench.domain}/external_api.js"><\\/script>\`);
  </script>
  <script>bench.fetchToken().then((token) => ${open('token')});</script>`,
};

/** As docs/guides/fast-start.md has it, but by a script: the deployment has another address in each run. */
const preloadOfScript =
  '<script>document.write(`<link rel="preload" as="script" href="https://${bench.domain}/external_api.js">`)</script>';

/** All subjects by name; `hand` is what the others are held against. */
export async function makeSubjects(): Promise<Record<string, Subject>> {
  fetchSdks();
  const none = new Map<string, string>();
  const [core, react, reactSdk, vueSdk] = await Promise.all([
    bundle('core.js', '.'),
    bundle('react.jsx', '.'),
    bundle('react-sdk.jsx', sdks.folder),
    bundle('vue-sdk.js', sdks.folder),
  ]);
  return {
    hand: { label: 'By hand, side by side', isOurs: false, body: byHand['side by side'], files: none },
    'hand-in-turn': {
      label: 'By hand, one after the other',
      isOurs: false,
      body: byHand['one after the other'],
      files: none,
    },
    'hand-file': {
      label: 'By hand, side by side, in a file',
      isOurs: false,
      body: '<script type="module" src="main.js"></script>',
      files: new Map([['main.js', sideBySide]]),
    },
    module: {
      label: '`dist/jitsi-meeting.js`',
      isOurs: true,
      body: `<script type="module" src="jitsi-meeting.js"></script>${tag}`,
      files: builtFiles(),
    },
    'module-preloaded': {
      label: '`dist/jitsi-meeting.js`, script preloaded',
      isOurs: true,
      body: `${preloadOfScript}<script type="module" src="jitsi-meeting.js"></script>${tag}`,
      files: builtFiles(),
    },
    classic: {
      label: '`dist/jitsi-meeting.classic.js`',
      isOurs: true,
      body: `<script async src="jitsi-meeting.classic.js"></script>${tag}`,
      files: builtFiles(),
    },
    core: { label: '`MeetingSession`, bundled', isOurs: true, ...core },
    react: { label: '`JitsiMeeting` of `./react`, bundled', isOurs: true, ...react },
    'react-sdk': { label: '`@jitsi/react-sdk`, bundled', isOurs: false, ...reactSdk },
    'vue-sdk': { label: '`@jitsi/vue-sdk`, bundled', isOurs: false, ...vueSdk },
  };
}

function fetchSdks(): void {
  const { folder, packages } = sdks;
  const wanted = JSON.stringify({ private: true, dependencies: packages });
  const file = `${folder}/package.json`;
  if (existsSync(`${folder}/node_modules`) && readFileSync(file, 'utf8') === wanted) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, wanted);
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-save'];
  execFileSync('npm', [...args, '--loglevel=error'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The files of dist/ that need nothing else, with the parts that they fetch. */
function builtFiles(): Map<string, string> {
  const names = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^jitsi-meeting[./].*js$/.test(name),
  );
  return new Map(names.map((name) => [name, readFileSync(`dist/${name}`, 'utf8')]));
}

/** A page's own script with all that it imports, in chunks, and what it needs at once preloaded, as bundlers do it. */
async function bundle(page: string, folder: string): Promise<Pick<Subject, 'body' | 'files'>> {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: `bench/load/pages/${page}` },
    outdir: '/',
    alias: folder === '.' ? {} : packagesIn(folder),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    write: false,
    metafile: true,
    target: 'es2022',
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    logLevel: 'error',
  });
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  const atOnce = new Set<string>();
  const follow = (name: string): void => {
    for (const { path, kind } of outputs.get(name)!.imports) {
      const chunk = basename(path);
      if (kind !== 'import-statement' || atOnce.has(chunk)) continue;
      atOnce.add(chunk);
      follow(chunk);
    }
  };
  follow('main.js');
  const preloads = [...atOnce].map((name) => `<link rel="modulepreload" href="${name}">`);
  return {
    body: `${preloads.join('')}<script type="module" src="main.js"></script>`,
    files: new Map(outputFiles.map(({ path, text }) => [basename(path), text])),
  };
}

/** So that a page of an SDK gets the packages beside it and not ours. */
const packagesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(Object.keys(sdks.packages).map((name) => [name, resolve(folder, 'node_modules', name)]));
