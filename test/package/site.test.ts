import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { describe, expect, it } from 'vitest';
import { deadLinks, linksOf } from '../../scripts/site/markdown.js';
import { contents, llmsTxt, placeOf, sitePages } from '../../scripts/site/pages.js';

const pages = sitePages();

/** The text of a file of the repository; a folder has none, but is there. */
const inRepository = (file: string): string | undefined =>
  existsSync(file) ? (file.endsWith('.md') ? readFileSync(file, 'utf8') : '') : undefined;

describe('the links of the pages', () => {
  it.each(pages)('lead to files and headings that are there: %s', (page) => {
    expect(deadLinks(page, inRepository)).toEqual([]);
  });

  it.each(pages)('lead to what the site has, so that its build finds it: %s', (page) => {
    const places = [...pages, 'docs/picture.png', ''];
    const targets = linksOf(readFileSync(page, 'utf8')).map((link) => link.split('#')[0]!);
    const files = targets.map((file) => file && path.posix.join(path.posix.dirname(page), decodeURI(file)));
    expect(files.filter((file) => !places.includes(file))).toEqual([]);
  });

  const files: Record<string, string> = {
    'docs/page.md': '# One\n\n## Two `words`, and more!\n\n## Again\n\n## Again\n\n```md\n## In code\n```\n',
    'README.md': '# Top\n',
  };
  it.each([
    ['a file', '[x](no.md)', 'no.md'],
    ['a file beside the folder', '[x](page.md)\n[x](../README.md)\n[x](README.md)', 'README.md'],
    ['a heading of the page', '# Here\n\n[x](#here) [x](#there)', '#there'],
    ['a heading of another page', '[x](page.md#two-words-and-more) [x](page.md#three)', 'page.md#three'],
    ['a heading that comes again', '[x](page.md#again-1) [x](page.md#again-2)', 'page.md#again-2'],
    ['what is a heading in code only', '[x](page.md#in-code)', 'page.md#in-code'],
    ['a picture', '![x](no.png)', 'no.png'],
    ['a reference', '[x][y]\n\n[y]: no.md', 'no.md'],
    ['a link in HTML', '<a href="no.md">x</a>', 'no.md'],
    ['an address of the machine', 'See `http://localhost:1` or http://localhost:2/x.', 'http://localhost:2/x.'],
    ['a link over two lines', '[x\ny](no.md)', 'no.md'],
  ])('are found to be dead where there is no such thing: %s', (_name, text, dead) => {
    const read = (file: string): string | undefined => (file === 'docs/this.md' ? text : files[file]);
    expect(deadLinks('docs/this.md', read)).toEqual([dead]);
  });

  it('are no links in code, and not followed to other sites', () => {
    const text = '`[x](no.md)`\n\n```html\n<a href="no.md">\n```\n\n[x](https://example.org/no.md) [x](mailto:a@b.c)';
    expect(deadLinks('docs/this.md', () => text)).toEqual([]);
  });
});

describe('the site', () => {
  const listed = contents().flatMap(({ entries }) => entries.map(({ page }) => page));

  it('has every page of docs in its table of contents, docs/README.md', () => {
    const docs = pages.filter((page) => page.startsWith('docs/') && page !== 'docs/README.md');
    expect(listed.toSorted()).toEqual(docs.toSorted());
  });

  it('names in llms.txt every page that it has', () => {
    const places = [...llmsTxt().matchAll(/\]\(([^)]+)\)/g)].map(([, place]) => place!);
    const expected = pages.filter((page) => page !== 'docs/README.md').map(placeOf);
    expect(places.toSorted()).toEqual(expected.toSorted());
  });

  it('says in llms.txt what each page is about', () => {
    const sections = llmsTxt().split('\n## Optional')[0]!;
    const lines = sections.split('\n').filter((line) => line.startsWith('- '));
    expect(lines.filter((line) => !/^- \[[^\]]+\]\([^)]+\.md\): .{10}/.test(line))).toEqual([]);
  });

  it('has a demo page that asks no server of its own', { timeout: 60_000 }, async () => {
    const { output } = (await build({ mode: 'site-page', build: { write: false } })) as Rolldown.RolldownOutput;
    const html = output.find(({ fileName }) => fileName === 'index.html') as Rolldown.OutputAsset;
    const addresses = [...String(html.source).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address!);
    expect(addresses.filter((address) => path.posix.isAbsolute(address))).toEqual([]);
    const code = output.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
    expect(code).toContain('Jitsi and the backend are made up in the page');
    expect(/\/api\/(?:config|people|me)\b/.exec(code)?.[0]).toBeUndefined();
    // Its documents are the site's pages, and not Markdown beside it.
    const links = [...`${String(html.source)}${code}`.matchAll(/<a href="([^"#$]+)"/g)].map(([, target]) => target!);
    const places = pages.map((page) => `../${placeOf(page).replace(/\.md$/, '.html')}`);
    expect(links).toEqual(expect.arrayContaining(['../index.html', '../docs/reference/errors.html']));
    expect(links.filter((target) => !places.includes(target))).toEqual([]);
    expect(output.filter(({ fileName }) => fileName.startsWith('read/'))).toEqual([]);
  });
});
