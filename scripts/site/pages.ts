// What the site is made of: the pages, their order, and `llms.txt`. docs/README.md is the table of contents of all of it.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The pages beside README.md and docs/. */
const ofTheProject = ['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];

/** Every page of the repository, by its path. */
export function sitePages(): string[] {
  const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return ['README.md', ...docs.map((name) => `docs/${name.replaceAll(path.sep, '/')}`).sort(), ...ofTheProject];
}

/** The path of a page on the site: a folder's README is what its address shows. */
export const placeOf = (page: string): string => page.replace(/README\.md$/, 'index.md');

/** The Markdown of a page, with links to where the pages are on the site. */
export const siteMarkdown = (text: string): string => text.replaceAll(/(\]\([^)\s]*)README\.md/g, '$1index.md');

export interface Entry {
  title: string;
  /** Its path on the site. */
  page: string;
  about: string;
}

export interface Section {
  title: string;
  entries: Entry[];
}

/** The sections of docs/README.md. An item with several links gives an entry for each. */
export function contents(): Section[] {
  const [, ...sections] = readFileSync('docs/README.md', 'utf8').split(/^## /m);
  return sections.map((section) => {
    const items = section.split(/^- /m).slice(1);
    return {
      title: section.slice(0, section.indexOf('\n')).split(':')[0]!,
      entries: items.flatMap((item) => {
        const [line = ''] = item.replaceAll(/\n +/g, ' ').split('\n');
        const about = /\): (.*)$/.exec(line)?.[1] ?? '';
        return [...line.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].map(([, title, file]) => ({
          title: title!.replaceAll('`', ''),
          page: path.posix.join('docs', file!),
          about,
        }));
      }),
    };
  });
}

const line = ({ title, page, about }: Entry): string => `- [${title}](${page})${about && `: ${about}`}`;

/** A list of all pages as plain Markdown, for programs that read documentation: https://llmstxt.org */
export function llmsTxt(): string {
  const { name, description } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, string>;
  const start = { title: 'Start here', page: 'index.md', about: 'what the element is and how to put it on a page' };
  const project = ofTheProject.map((page) => `- [${page.replace('.md', '')}](${page})`);
  return [
    `# ${name}`,
    `> ${description}.`,
    line(start),
    ...contents().map(({ title, entries }) => `## ${title}\n\n${entries.map(line).join('\n')}`),
    `## Optional\n\n${project.join('\n')}\n`,
  ].join('\n\n');
}
