// Settings of VitePress, which makes the site. Its packages are in this folder's package.json, not in the main one.
import { anchorOf } from './markdown.js';
import { contents, placeOf } from './pages.js';

/** Where the site stands on its host, such as `/jitsi-meeting-element/`. */
const base = process.env['SITE_BASE'] ?? '/';

/** What is used of VitePress's page data. */
interface PageData {
  relativePath: string;
  frontmatter: { head?: unknown[] };
}

const link = (text: string, page: string): { text: string; link: string } => ({ text, link: `/${placeOf(page)}` });

export default {
  title: 'jitsi-meeting-element',
  description: 'A Jitsi meeting with token authentication, by one HTML tag',
  lang: 'en',
  base,
  srcDir: 'pages',
  outDir: 'dist',
  cacheDir: 'cache',
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { anchor: { slugify: anchorOf } },
  transformPageData({ relativePath, frontmatter }: PageData): void {
    frontmatter.head = [['link', { rel: 'alternate', type: 'text/markdown', href: base + relativePath }]];
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      link('Documentation', 'docs/README.md'),
      { text: 'Demo', link: '/demo/index.html', target: '_self' },
      link('Changes', 'CHANGELOG.md'),
    ],
    sidebar: [
      { text: 'Start', items: [link('What it is', 'README.md')] },
      ...contents().map(({ title, entries }) => ({
        text: title,
        items: entries.map((entry) => link(entry.title, entry.page)),
      })),
      {
        text: 'Project',
        items: [
          link('Changes', 'CHANGELOG.md'),
          link('Contributing', 'CONTRIBUTING.md'),
          link('Security', 'SECURITY.md'),
        ],
      },
    ],
  },
};
