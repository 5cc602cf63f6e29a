// The examples that need no packages but this one's own. `npm run test:examples` has them all.
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld } from '../examples/app.js';
import { runChecks } from '../examples/checks.js';
import { copyExample, serveFolder } from '../examples/example.js';

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

/** How the browser's files are made of the copy in `folder`. */
const examples: Record<string, (folder: string) => Promise<void> | void> = {
  plain: (folder) => cpSync('dist/jitsi-meeting.classic.js', `${folder}/jitsi-meeting.classic.js`),
  module(folder) {
    for (const file of ['jitsi-meeting.js', 'jitsi-meeting'])
      cpSync(`dist/${file}`, `${folder}/${file}`, { recursive: true });
  },
  async react(folder) {
    const main = `${folder}/src/main.jsx`;
    await build({
      entryPoints: [main],
      outfile: main,
      allowOverwrite: true,
      alias: { 'jitsi-meeting-element/react': resolve('dist/react/index.js') },
      bundle: true,
      format: 'esm',
      jsx: 'automatic',
      logLevel: 'error',
    });
  },
};

it.each(Object.keys(examples))(
  '%s does what its page offers',
  async (name) => {
    const folder = copyExample(name, world);
    await examples[name]!(folder);
    const host = await serveFolder(folder);
    const page = await world.newPage();
    try {
      const results = await runChecks(page, `${host.origin}/`, world);
      expect(results).toEqual(Object.fromEntries(Object.keys(results).map((check) => [check, 'ok'])));
      expect(Object.keys(results)).toHaveLength(19);
    } finally {
      await page.close();
      await host.close();
    }
  },
  120_000,
);
