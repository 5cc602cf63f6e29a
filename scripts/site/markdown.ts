// What the site and the tests read in Markdown: code apart from text, headings, links.
import path from 'node:path';

/** The anchor that GitHub gives a heading. The site gives the same, so that a link works in both places. */
export const anchorOf = (heading: string): string =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

export interface CodeBlock {
  language: string;
  code: string;
  /** Of the opening fence, from 1. */
  line: number;
  /** The HTML comment right before it, without its dashes. */
  comment: string;
}

/** The fenced blocks of a page. */
export function codeBlocks(text: string): CodeBlock[] {
  const fences = text.matchAll(
    /(?:<!--\s*(?<comment>[^>]*?)\s*-->\n+)?^(?<indent> *)```(?<language>\w*)[^\n]*\n(?<code>[^]*?)^\k<indent>```$/gm,
  );
  return [...fences].map(({ 0: all, index, groups }) => ({
    language: groups!['language']!,
    code: groups!['code']!.replaceAll(new RegExp(`^${groups!['indent']}`, 'gm'), ''),
    line: text.slice(0, index + all.indexOf('```')).split('\n').length,
    comment: groups!['comment'] ?? '',
  }));
}

const withoutCode = (text: string): string => text.replaceAll(/^( *)```[^]*?^\1```$/gm, '');

/** The anchors of a page's headings. GitHub and the site number those that come again. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  const anchors = [...withoutCode(text).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading]) => {
    const anchor = anchorOf(heading!.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1'));
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before ? `${anchor}-${before}` : anchor;
  });
  return new Set(anchors);
}

/** Where a page's links, pictures and references lead, except to other sites; and addresses of the reader's machine. */
export function linksOf(text: string): string[] {
  const prose = withoutCode(text).replaceAll(/`[^`\n]*`/g, '');
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)/g)];
  const references = [...prose.matchAll(/^\[[^\]]+\]:\s+(\S+)/gm)];
  const html = [...prose.matchAll(/\s(?:href|src)="([^"]+)"/g)];
  const targets = [...inline, ...references, ...html].map(([, target]) => target!);
  // Out of code an address becomes a link, and a reader has no server of ours.
  const local = [...prose.matchAll(/https?:\/\/localhost[^\s)\]>"]*/g)].map(([address]) => address);
  return [...targets.filter((target) => !/^[a-z]+:/.test(target)), ...local];
}

/** The links of a page that lead nowhere. `read` gives the text of a file, or `undefined` where there is no such file. */
export function deadLinks(page: string, read: (file: string) => string | undefined): string[] {
  return linksOf(read(page) ?? '').filter((link) => {
    const [file = '', anchor] = link.split('#');
    const text = read(file ? path.posix.join(path.posix.dirname(page), decodeURI(file)) : page);
    if (text === undefined) return true;
    return anchor !== undefined && !anchorsOf(text).has(decodeURI(anchor));
  });
}
