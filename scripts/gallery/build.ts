// Makes the gallery's page, one file that a browser opens without a server.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Returns the address of the page. */
export async function buildGallery(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['scripts/gallery/page.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    tsconfig: 'tsconfig.json',
    define: { 'import.meta.url': '"https://gallery.invalid/"' },
  });
  const script = outputFiles[0]!.text.replaceAll('</script', '<\\/script');
  mkdirSync('.cache/gallery', { recursive: true });
  const file = path.resolve('.cache/gallery/index.html');
  writeFileSync(
    file,
    `<!doctype html><meta charset="utf-8"><title>Screens</title><body><script type="module">${script}</script>`,
  );
  return pathToFileURL(file).href;
}
