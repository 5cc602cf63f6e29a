import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Files that pages load, by path. No part of a request becomes a path on the disk. */
export type Files = Readonly<Record<string, { content: string; type: string }>>;

const script = 'text/javascript; charset=utf-8';

/** The element's module and the chunks beside it; empty where the package isn't built. */
export function elementFiles(): Files {
  const dist = dirname(createRequire(import.meta.url).resolve('jitsi-meeting-element/package.json')) + '/dist';
  if (!existsSync(`${dist}/jitsi-meeting.js`)) return {};
  const chunks = existsSync(`${dist}/jitsi-meeting`) ? readdirSync(`${dist}/jitsi-meeting`) : [];
  const names = ['jitsi-meeting.js', ...chunks.map((name) => `jitsi-meeting/${name}`)].filter((name) =>
    name.endsWith('.js'),
  );
  return Object.fromEntries(
    names.map((name) => [`/element/${name}`, { content: readFileSync(join(dist, name), 'utf8'), type: script }]),
  );
}

/** Scripts and styles of this server's own pages. */
export function pageFiles(): Files {
  const folder = fileURLToPath(new URL('../pages', import.meta.url));
  return Object.fromEntries(
    readdirSync(folder).map((name) => [
      `/pages/${name}`,
      {
        content: readFileSync(join(folder, name), 'utf8'),
        type: name.endsWith('.css') ? 'text/css; charset=utf-8' : script,
      },
    ]),
  );
}
