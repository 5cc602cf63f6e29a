import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { externalApiScript } from '../../demo/standin/bundles.js';
import { startSite, type Site } from '../support/site.js';
import { mintToken } from '../support/standin.js';

const guide = readFileSync('docs/guides/fast-start.md', 'utf8');
const [head, tag] = [...guide.matchAll(/```html\n([^]*?)```/g)].map(([, block]) => block!);

let site: Site;
beforeAll(async () => {
  const token = await mintToken();
  const integrity = `sha384-${createHash('sha384')
    .update(await externalApiScript())
    .digest('base64')}`;
  site = await startSite({
    extend(app) {
      const page = (body: string): string =>
        `<!doctype html><title>Meeting</title>${body}`
          .replaceAll('meet.example.org', site.standinHost)
          .replace('TOKEN', token);
      const script = head!.split('\n')[1]!;
      app.get('/preload', (c) => c.html(page(`${head}${tag!.replace('jwt="TOKEN"', 'token-url="/token"')}`)));
      app.get('/checked', (c) =>
        c.html(
          page(
            head!.replace(' />', ` crossorigin="anonymous" integrity="${integrity}" />`) +
              tag!.replace('jwt="TOKEN"', `token-url="/token" api-integrity="${integrity}"`),
          ),
        ),
      );
      app.get('/with-token', (c) => c.html(page(`${script}${tag}`)));
    },
  });
});
afterAll(() => site?.close());

/** What a page asked for until its meeting was joined, and what the browser finds wrong. */
async function visit(path: string): Promise<{ asked: string[]; complaints: string[] }> {
  const page = await site.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(site.origin + path);
  await page.waitForFunction(() => document.querySelector('jitsi-meeting')?.state === 'joined');
  await page.close();
  return { asked, complaints };
}

describe('the guide to a faster start', () => {
  it.each(['/preload', '/checked'])(
    'names a script that is fetched once, before the element, and used: %s',
    async (path) => {
      const { asked, complaints } = await visit(path);
      expect(asked).toContain('/token');
      expect(asked.filter((one) => one === '/external_api.js')).toHaveLength(1);
      expect(asked.indexOf('/external_api.js')).toBeLessThan(asked.findIndex((one) => one.includes('engine-')));
      expect(complaints.filter((text) => text.includes('preload'))).toEqual([]);
    },
  );

  it('puts the token where nothing is asked for it', async () => {
    const { asked } = await visit('/with-token');
    expect(asked).not.toContain('/token');
  });
});
