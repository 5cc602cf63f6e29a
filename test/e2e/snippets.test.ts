// The code that the playground writes, as it runs in a browser. Frameworks that have to be fetched:
// test/examples/snippets.test.ts.
import { compileScript, parse } from 'vue/compiler-sfc';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { frontends } from '../../demo/code/snippets.js';
import { bundleSnippet, pageOf, startSnippetWorld, type SnippetWorld } from '../support/snippet-pages.js';

let world: SnippetWorld;
beforeAll(async () => {
  world = await startSnippetWorld();
});
afterAll(() => world?.close());

describe('the code of the playground joins a meeting with all that it sets', () => {
  it('HTML, with the files of dist/ beside the page', async () => {
    const page = await world.open('html', {
      '': `<!doctype html><title>HTML</title><body>${frontends.HTML(world.settings('html'))}`,
    });
    await world.expectAsSet('html', page);
  });

  it('plain JS, with the files of dist/ beside the page', async () => {
    const page = await world.open('plain', pageOf(frontends['Plain JS'](world.settings('plain'))));
    await world.expectAsSet('plain', page);
  });

  it('React', async () => {
    const entry = `import { createRoot } from 'react-dom/client'; import { createElement } from 'react'; import { Meeting } from './snippet';
      createRoot(document.getElementById('root')).render(createElement(Meeting));`;
    const script = await bundleSnippet(entry, frontends.React(world.settings('react')), { loader: 'jsx' });
    await world.expectAsSet('react', await world.open('react', pageOf(script)));
  });

  it('Vue', async () => {
    const { descriptor } = parse(frontends.Vue(world.settings('vue')));
    const compilerOptions = { isCustomElement: (tag: string) => tag.startsWith('jitsi-') };
    const { content } = compileScript(descriptor, {
      id: 'snippet',
      inlineTemplate: true,
      templateOptions: { compilerOptions },
    });
    const entry = `import { createApp } from 'vue'; import Meeting from './snippet'; createApp(Meeting).mount('#root');`;
    await world.expectAsSet('vue', await world.open('vue', pageOf(await bundleSnippet(entry, content))));
  });
});
