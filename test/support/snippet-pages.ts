// Pages with the code that the demo's playground writes, in a browser, with the package as it is built.
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { Hono } from 'hono';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { serveHttps } from '../../demo/https.js';
import type { Setting } from '../../demo/code/snippets.js';
import { openBrowser } from './open-browser.js';
import { hard, settingsFor } from './snippet-settings.js';
import { mintToken, startStandin } from './standin.js';

const types: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css' };

export interface SnippetWorld {
  /** Each kind of page has a room of its own. */
  settings(kind: string): readonly Setting[];
  /** The files of `dist/` are beside every page. Each name of a file stands for its text. */
  open(kind: string, files: Readonly<Record<string, string>>): Promise<Page>;
  /** The page of this kind joins, with everything that its settings say. */
  expectAsSet(kind: string, page: Page): Promise<void>;
  close(): Promise<void>;
}

/** A stand-in, a host for the pages, and a browser. */
export async function startSnippetWorld(): Promise<SnippetWorld> {
  const standin = await startStandin();
  const browser = await openBrowser();
  const shown = new Map<string, string>();
  const asked: (string | undefined)[] = [];
  const app = new Hono();
  app.post('/provider', async (c) => {
    asked.push(c.req.query('room'));
    return c.text(await mintToken({ context: { user: { moderator: true } } }));
  });
  app.get('/favicon.ico', (c) => c.body(null, 204));
  app.get('/:kind/*', (c) => {
    const { path } = c.req;
    const own = shown.get(path);
    if (own !== undefined && path.endsWith('/')) return c.html(own);
    const file = path.replace(/^\/[^/]+\//, '');
    return c.body(own ?? readFileSync(`dist/${file}`, 'utf8'), 200, { 'content-type': types[extname(path)] ?? '' });
  });
  const host = await serveHttps(app);
  return {
    settings: (kind) => settingsFor(standin.host, kind),
    async open(kind, files) {
      for (const [name, content] of Object.entries(files)) shown.set(`/${kind}/${name}`, content);
      const page = await browser.newPage({ ignoreHTTPSErrors: true });
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      await page.goto(`${host.origin}/${kind}/`);
      expect(errors).toEqual([]);
      return page;
    },
    async expectAsSet(kind, page) {
      await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
      const found = await page.locator('jitsi-meeting').evaluate((element) => {
        const { room, tokenUrl, displayName, startAudioMuted, api } = element as HTMLElementTagNameMap['jitsi-meeting'];
        // As the app gets it: a page of HTML has it in a child, not in the property.
        const [, buttons] = /config\.toolbarButtons=([^&]+)/.exec(api!.getIFrame()!.src)!;
        return { room, tokenUrl, displayName, startAudioMuted, buttons: decodeURIComponent(buttons!) };
      });
      expect(found).toEqual({
        room: kind,
        tokenUrl: '/token',
        displayName: hard,
        startAudioMuted: true,
        buttons: '["hangup"]',
      });
      const rooms = await standin.rooms();
      const { occupants } = rooms.find(({ room }) => room === kind)!;
      expect(occupants.map(({ name }) => name)).toEqual([hard]);
      expect(asked.filter((room) => room === kind)).toHaveLength(1);
      await page.close();
    },
    async close() {
      await browser.close();
      await host.close();
      await standin.close();
    },
  };
}

/**
 * One script out of an entry that imports `./snippet`, the code of the playground.
 *
 * @param folder where their packages are found
 */
export async function bundleSnippet(
  entry: string,
  snippet: string,
  { folder = '.', loader = 'js' }: { folder?: string; loader?: 'js' | 'jsx' } = {},
): Promise<string> {
  const resolveDir = `${process.cwd()}/${folder}`;
  const given: Plugin = {
    name: 'snippet',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/snippet$/ }, () => ({ path: 'snippet', namespace: 'snippet' }));
      onLoad({ filter: /./, namespace: 'snippet' }, () => ({ contents: snippet, loader, resolveDir }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [given],
  });
  return outputFiles[0]!.text;
}

/** The page for a bundle. */
export const pageOf = (script: string): Record<string, string> => ({
  '': '<!doctype html><title>Snippet</title><body><div id="root"></div><script type="module" src="page.js"></script>',
  'page.js': script,
});
