// What the demo's page shows from the repository's own tables and docs, as the module `demo-tables`: properties,
// codes of errors, custom properties of CSS, recipes. Its types are in demo/tables.d.ts.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { Plugin } from 'vite';
import { attributeOf, properties, type PropertyName } from '../src/elements/properties.js';
import { errorExplanations, warningExplanations } from '../src/error-codes.js';
import { errorCodes, errorDetails } from '../src/errors.js';
import { localeTags } from './locale-tags.js';

const moduleName = 'demo-tables';
const resolved = `\0${moduleName}`;

/** Documents that the page links to, as they stand in the clone. */
const documents = [
  'README.md',
  'CHANGELOG.md',
  'docs/README.md',
  'docs/guides/recipes.md',
  'docs/guides/make-it-yours.md',
  'docs/guides/demo.md',
  'docs/reference/element.md',
  'docs/reference/errors.md',
  'docs/reference/troubleshooting.md',
  'docs/reference/token-endpoint.md',
];

/**
 * The module, and the documents beside the page. With `pages` there are none: the links lead to that folder, where each
 * document is a page of a site.
 */
export function demoTables({ pages }: { pages?: string } = {}): Plugin {
  const withLinks = (text: string): string =>
    text.replaceAll(
      /(?<=href=")read\/([^"]+)\.md(?=")/g,
      (_, name: string) => `${pages}${name.replace(/\bREADME$/, 'index')}.html`,
    );
  return {
    name: 'demo-tables',
    resolveId: (id) => (id === moduleName ? resolved : null),
    load: (id) =>
      id === resolved
        ? Object.entries(tables())
            .map(([key, value]) => `export const ${key} = ${JSON.stringify(value)};`)
            .join('\n')
        : null,
    transform: (code, id) =>
      pages !== undefined && /\/demo\/.*\.ts$/.test(id) ? { code: withLinks(code), map: null } : null,
    transformIndexHtml: { order: 'pre', handler: (html) => (pages === undefined ? html : withLinks(html)) },
    generateBundle() {
      if (pages !== undefined) return;
      for (const file of documents)
        this.emitFile({ type: 'asset', fileName: `read/${file}`, source: readFileSync(file, 'utf8') });
    },
  };
}

function tables() {
  return {
    propertyRows: propertyRows(),
    explanations: { ...errorExplanations, ...warningExplanations },
    cssRows: cssRows(readFileSync('src/elements/styles.ts', 'utf8')),
    recipes: {
      node: fenced(readFileSync('README.md', 'utf8'), /### The backend[^]*?```js\n([^]*?)```/),
      php: recipe('token.php'),
      python: recipe('token.py'),
    },
    brands: brandsIn(readFileSync('docs/guides/make-it-yours.md', 'utf8')),
    screenNames: screenNames(),
    localeTags: ['en', ...localeTags.filter((tag) => tag !== 'en')],
  };
}

/** The table with its doc comments, and the types that are written in it. Without a type checker, which takes seconds. */
function propertyRows() {
  const file = 'src/elements/properties.ts';
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const table = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .find(({ name }) => name.getText() === 'properties')!.initializer as ts.ObjectLiteralExpression;
  return table.properties.filter(ts.isPropertyAssignment).map((entry) => {
    const name = entry.name.getText() as PropertyName;
    const {
      when,
      isFlag = false,
      words = [],
    }: { when: string; isFlag?: boolean; words?: readonly string[] } = properties[name];
    const [doc] = ts.getJSDocCommentsAndTags(entry).filter(ts.isJSDoc);
    const attribute = attributeOf(name);
    return {
      name,
      ...(attribute !== undefined && { attribute }),
      type: /^value<(.*)>\(\)/.exec(entry.initializer.getText())?.[1] ?? 'string',
      description: `${ts.getTextOfJSDocComment(doc?.comment)?.replaceAll(/\s*\n\s*/g, ' ') ?? ''} ${counts[when]}`,
      when,
      isFlag,
      words,
    };
  });
}

const counts: Readonly<Record<string, string>> = {
  target: 'A change ends this meeting and starts the next.',
  live: 'A change counts at once.',
  screen: 'A change counts at once.',
  request: 'A change counts from the next token on.',
  join: 'A change counts from the next join on.',
  start: 'A change counts while no meeting has begun.',
};

/** Custom properties with what they are for, and the default where it is a value of its own. */
function cssRows(styles: string) {
  return [...styles.matchAll(/@cssproperty (--[\w-]+) - (.+)/g)].map(([, property, description]) => {
    const [, value = ''] = new RegExp(`var\\(${property}, (light-dark\\([^)]*\\)|[^()]+)\\)`).exec(styles) ?? [];
    return { property: property!, description: description!, value };
  });
}

/** `A bank` -> its CSS. */
const brandsIn = (guide: string) =>
  Object.fromEntries(
    [...guide.matchAll(/^(An? \w+)[^\n]*:\n+```css\n([^]*?)```/gm)].map(([, name, css]) => [name!.toLowerCase(), css]),
  );

const named = (part: string) => [...part.matchAll(/^ {2}(?:screen|ended|notice)\('([\w-]+)'/gm)].map(([, one]) => one!);

/** As the gallery (test/support/gallery.ts) names them; it runs in browsers only, so its text is read. */
function screenNames(): string[] {
  const text = readFileSync('test/support/gallery.ts', 'utf8');
  const [before = '', after = ''] = text
    .slice(text.indexOf('export const gallery'))
    .split('...errorCodes.map(failure)');
  return [...named(before), ...errorCodes, ...errorDetails, ...named(after)];
}

const recipe = (file: string): string =>
  fenced(
    readFileSync('docs/guides/recipes.md', 'utf8'),
    new RegExp(`<!-- snippet: ${file.replace('.', '\\.')} -->\\n+\`\`\`\\w+\\n([^]*?)\`\`\``),
  );

function fenced(text: string, pattern: RegExp): string {
  const code = pattern.exec(text)?.[1];
  if (code === undefined) throw new Error(`No code in the docs fits ${String(pattern)}.`);
  return code.trimEnd();
}
