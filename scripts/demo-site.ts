// The demo's page as files, for any web server: the stand-in and the token endpoint are in the page.
import { mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'vite';
import { bundle, conferencePageScript, conferencePageStyle } from '../demo/standin/bundles.js';
import { goodbyePage, meetingPage } from '../demo/standin/pages.js';

const facts = { pace: 1, weight: false, scene: null, fault: 'none', server: 'worker' } as const;

/** The stand-in's pages name their files as its server has them; here these are beside them, in a folder of any name. */
const beside = (page: string): string => page.replaceAll('"/_standin/', '"');

/** With `site-page` the page's documents are those of the documentation's site, one folder up. */
export async function buildDemoSite(folder: string, mode: 'static-page' | 'site-page' = 'static-page'): Promise<void> {
  await build({ mode, build: { outDir: folder } });
  const files = {
    'meeting.html': beside(await meetingPage(facts).text()),
    'goodbye.html': beside(goodbyePage()),
    'page.js': await conferencePageScript(),
    'page.css': await conferencePageStyle(),
    'external_api.js': await bundle({ entryPoints: ['demo/site/external-api.ts'], format: 'iife' }),
    'worker.js': await bundle({ entryPoints: ['demo/site/worker.ts'], format: 'iife' }),
  };
  mkdirSync(`${folder}/standin`, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/standin/${name}`, text);
}
