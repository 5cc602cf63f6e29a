// The code that the playground writes for frameworks that have to be fetched, compiled by their own compilers. The others:
// test/e2e/snippets.test.ts.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frontends } from '../../demo/code/snippets.js';
import { consumer, packed, runIn } from '../../scripts/consumers.js';
import { bundleSnippet, pageOf, startSnippetWorld, type SnippetWorld } from '../support/snippet-pages.js';

let world: SnippetWorld;
let archive: string;
beforeAll(async () => {
  archive = packed();
  world = await startSnippetWorld();
});
afterAll(() => world?.close());

interface Compiled {
  js: { code: string };
  warnings: readonly { code: string }[];
}

describe('the code of the playground joins a meeting with all that it sets', () => {
  it('Svelte', async () => {
    const folder = consumer('svelte', archive);
    const compiler = pathToFileURL(`${folder}/node_modules/svelte/src/compiler/index.js`).href;
    const { compile } = (await import(compiler)) as { compile(source: string, options: object): Compiled };
    const { js, warnings } = compile(frontends.Svelte(world.settings('svelte')), { generate: 'client' });
    expect(warnings).toEqual([]);
    const entry = `import { mount } from 'svelte'; import Meeting from './snippet'; mount(Meeting, { target: document.body });`;
    await world.expectAsSet(
      'svelte',
      await world.open('svelte', pageOf(await bundleSnippet(entry, js.code, { folder }))),
    );
  });

  it('Angular, with strict templates', async () => {
    const folder = consumer('angular', archive);
    const file = `${folder}/meeting.component.ts`;
    const code = frontends.Angular(world.settings('angular'));
    const ngc = () => runIn(folder, '@angular/compiler-cli/bundles/src/bin/ngc.js', ['-p', '.']);
    writeFileSync(file, code.replace('[configOverwrite]="configOverwrite"', '[configOverwrite]="configOverwritten"'));
    expect(ngc()).toMatchObject({ ok: false, output: expect.stringContaining('configOverwritten') as string });
    writeFileSync(file, code);
    expect(ngc()).toEqual({ ok: true, output: '' });
    const script = await bundleSnippet(
      readFileSync(`${folder}/out/main.js`, 'utf8').replace('./meeting.component', './snippet'),
      readFileSync(`${folder}/out/meeting.component.js`, 'utf8'),
      { folder },
    );
    const page = await world.open('angular', {
      ...pageOf(script),
      '': '<!doctype html><title>Angular</title><body><app-meeting></app-meeting><script type="module" src="page.js"></script>',
    });
    await world.expectAsSet('angular', page);
  });
});
