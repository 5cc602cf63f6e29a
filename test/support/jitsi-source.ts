import { build, type Plugin } from 'esbuild';
import { sdk } from '../../scripts/archives.js';

/**
 * Runs Jitsi's own code: `jitsiExports("export { validateJwt } from 'JITSI/react/features/base/jwt/functions'")`.
 * `keep` names the only modules that the entry may import; the rest of the app is stubbed, as tests never reach it.
 */
export async function jitsiExports<Exports>(entry: string, keep?: RegExp): Promise<Exports> {
  const { outputFiles } = await build({
    stdin: { contents: entry.replaceAll('JITSI', `./${sdk.folder}`), resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    resolveExtensions: ['.web.ts', '.web.js', '.ts', '.tsx', '.js', '.json'],
    plugins: keep ? [stubAllBut(keep)] : [],
  });
  const code = Buffer.from(outputFiles[0]!.contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)) as Exports;
}

function stubAllBut(keep: RegExp): Plugin {
  return {
    name: 'stub',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, kind }) =>
        kind === 'entry-point' || keep.test(path) ? undefined : { path, namespace: 'stub' },
      );
      onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
        // Whatever is imported from it can be called and asked for more. esbuild copies a module's own names, and keeps
        // its prototype.
        contents: 'const stub = new Proxy(() => {}, { get: () => stub }); module.exports = Object.create(stub)',
        loader: 'js',
      }));
    },
  };
}
