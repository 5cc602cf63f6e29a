// Copies an example with the addresses of a test in it, and serves what was built of it.
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Hono } from 'hono';
import { serveHttps, type HttpsServer } from '../../demo/https.js';

export interface Addresses {
  domain: string;
  tokenUrl: string;
}

/** A copy of `examples/NAME` for this deployment and token endpoint. */
export function copyExample(name: string, addresses: Addresses): string {
  const folder = resolve('.cache/copies', name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(`examples/${name}`, folder, { recursive: true });
  fillIn(`examples/${name}`, folder, addresses);
  return folder;
}

/** Puts a deployment and a token endpoint in the place of those that an example names, in its copy in `folder`. */
export function fillIn(example: string, folder: string, { domain, tokenUrl }: Addresses): void {
  for (const file of readdirSync(example, { recursive: true, encoding: 'utf8' })) {
    if (!/\.(?:html|m?[jt]sx?|vue|svelte|astro)$/.test(file)) continue;
    const text = readFileSync(join(example, file), 'utf8');
    writeFileSync(join(folder, file), text.replaceAll('meet.example.org', domain).replaceAll('/api/token', tokenUrl));
  }
}

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.jsx': 'text/javascript',
  '.css': 'text/css',
};

/** Serves a folder; an address without a file is a page of the app, as servers of such apps are set up. */
export function serveFolder(folder: string): Promise<HttpsServer> {
  const app = new Hono();
  app.get('*', (c) => {
    const asked = ['', '.html', '/index.html'].map((end) => join(folder, decodeURIComponent(c.req.path) + end));
    const path = asked.find((one) => existsSync(one) && statSync(one).isFile()) ?? join(folder, 'index.html');
    if (extname(c.req.path) && !asked.includes(path)) return c.notFound();
    return c.body(readFileSync(path), 200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
  });
  return serveHttps(app);
}
