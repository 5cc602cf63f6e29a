import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';
import { sdk } from '../../scripts/archives.js';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const externalApi = `${sdk.folder}/modules/API/external/external_api.js`;

/** How Jitsi's sources are bundled: they name modules without extensions, and variants for the web by `.web`. */
const jitsi: BuildOptions = {
  bundle: true,
  write: false,
  minify: true,
  target: 'es2022',
  logLevel: 'error',
  resolveExtensions: ['.web.ts', '.web.js', '.ts', '.tsx', '.js', '.json'],
  alias: { 'jitsi-sdk': fromRoot(sdk.folder) },
  nodePaths: [fromRoot('node_modules')],
};

/** Bundles a script of ours together with Jitsi's sources, which it imports as `jitsi-sdk/...`. */
export async function bundle(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({ ...jitsi, ...options, write: false });
  return outputFiles[0]!.text;
}

/**
 * Jitsi's own `external_api.js`, bundled from its sources as a deployment serves it: a script that sets the global
 * `JitsiMeetExternalAPI`. Made once, then kept in `.cache`.
 */
export async function externalApiScript(): Promise<string> {
  const { mtimeMs } = await stat(fromRoot(externalApi));
  const file = fromRoot(`.cache/standin/external_api-${sdk.version}-${Math.floor(mtimeMs)}.js`);
  const cached = await readFile(file, 'utf8').catch(() => undefined);
  if (cached !== undefined) return cached;
  const script = await bundle({
    stdin: {
      contents: "import Api from 'jitsi-sdk/modules/API/external/external_api.js'; window.JitsiMeetExternalAPI = Api;",
      resolveDir: fromRoot('.'),
    },
    format: 'iife',
  });
  await mkdir(fromRoot('.cache/standin'), { recursive: true });
  await writeFile(file, script);
  return script;
}

/**
 * One of the two tables at the top of Jitsi's script, as it is in the source. They aren't exported, and copying them
 * would be a second truth.
 */
export async function externalApiTable(name: 'events' | 'commands'): Promise<Record<string, string>> {
  const source = await readFile(fromRoot(externalApi), 'utf8');
  const literal = new RegExp(`^const ${name} = (\\{[^}]*\\});$`, 'm').exec(source)?.[1];
  if (literal === undefined) throw new Error(`${externalApi} has no table "${name}" any more.`);
  return new Function(`return ${literal}`)() as Record<string, string>;
}

const inverted = (table: Record<string, string>) =>
  JSON.stringify(Object.fromEntries(Object.entries(table).map(([key, value]) => [value, key])));

/** The conference page's script. It speaks in documented names; the transport in Jitsi's inner ones. */
export async function conferencePageScript(): Promise<string> {
  const innerEvents = await externalApiTable('events');
  const innerCommands = await externalApiTable('commands');
  return bundle({
    entryPoints: [fromRoot('demo/standin/page/main.ts')],
    format: 'iife',
    define: {
      INNER_EVENT_NAMES: inverted(innerEvents),
      COMMAND_NAMES: inverted(innerCommands),
    },
  });
}

export const conferencePageStyle = (): Promise<string> => readFile(fromRoot('demo/standin/page/style.css'), 'utf8');
