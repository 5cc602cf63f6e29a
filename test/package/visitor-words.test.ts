import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** What a person reads or hears of an attribute or a property. */
const read = new Set(
  `aria-label aria-description aria-placeholder aria-roledescription aria-valuetext
  ariaLabel ariaDescription ariaPlaceholder ariaRoleDescription ariaValueText
  alt label placeholder summary title text note innerHTML innerText outerHTML textContent`.split(/\s+/),
);
const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
const hole = '\0';

/** The words that a file shows and that don't come from `src/locale`. */
function wordsIn(file: string, code: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const note = (text: string): void => {
    if (hasLetter(text)) found.push(`${file}: ${text.replaceAll(hole, '').trim()}`);
  };

  /** What an expression may come to, as far as it is written there; what is handed to a function is a key. */
  const literals = (node: ts.Node): string[] => {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isTemplateExpression(node)) return partsOf(node);
    if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)];
    if (ts.isParenthesizedExpression(node)) return literals(node.expression);
    if (!ts.isBinaryExpression(node)) return [];
    const joins = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken];
    if (joins.includes(node.operatorToken.kind)) return [...literals(node.left), ...literals(node.right)];
    return node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken ? literals(node.right) : [];
  };

  const markup = (template: ts.TemplateLiteral): void => {
    const html = partsOf(template)
      .join(hole)
      .replaceAll(/<!--[^]*?-->/g, '');
    const holes = ts.isTemplateExpression(template) ? template.templateSpans.map(({ expression }) => expression) : [];
    let at = 0;
    for (const [piece] of html.matchAll(/<\/?[a-z](?:"[^"]*"|'[^']*'|[^>"'])*>|[^<]+/gi)) {
      if (!piece.startsWith('<')) note(piece);
      const attributes = [...piece.matchAll(/([\w-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/g)];
      if (piece.startsWith('<'))
        for (const [, name = '', value = ''] of attributes) if (read.has(name)) note(value.replaceAll(/["']/g, ''));
      for (let rest = piece; rest.includes(hole); rest = rest.slice(rest.indexOf(hole) + 1)) {
        const before = rest.slice(0, rest.indexOf(hole));
        const name = /([\w-]+)\s*=\s*["']?[^"'=]*$/.exec(before)?.[1];
        if (!piece.startsWith('<') || (name && read.has(name))) literals(holes[at]!).forEach(note);
        at++;
      }
    }
  };

  const look = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText())) markup(node.template);
    if (ts.isPropertyAssignment(node) && read.has(nameOf(node.name))) literals(node.initializer).forEach(note);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      const { left, right } = node;
      if (ts.isPropertyAccessExpression(left) && read.has(left.name.text)) literals(right).forEach(note);
    }
    if (ts.isCallExpression(node) && /\bsetAttribute$/.test(node.expression.getText())) {
      const [name, value] = node.arguments;
      if (name && value && ts.isStringLiteralLike(name) && read.has(name.text)) literals(value).forEach(note);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

const partsOf = (template: ts.TemplateLiteral): string[] =>
  ts.isTemplateExpression(template)
    ? [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)]
    : [template.text];

const nameOf = (name: ts.PropertyName): string => (ts.isComputedPropertyName(name) ? '' : name.text);

describe('the words that a visitor reads', () => {
  it('come from src/locale, in every file of the elements', () => {
    const files = readdirSync('src/elements', { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files).toContain('screens/over.ts');
    expect(files.flatMap((file) => wordsIn(file, readFileSync(`src/elements/${file}`, 'utf8')))).toEqual([]);
  });

  it.each([
    ['html`<p>Please wait</p>`', 'Please wait'],
    ['html`<p>${time} left</p>`', 'left'],
    ["html`<p class=${look}>${busy ? 'Wait' : say('go')}</p>`", 'Wait'],
    ["html`<p>${name ?? 'Guest'}</p>`", 'Guest'],
    ['html`<button aria-label="Close">${icon}</button>`', 'Close'],
    ["html`<button aria-label=${open ? 'Close' : say('open')}></button>`", 'Close'],
    ["html`<ul>${list.map((one) => html`<li title='Item'>${one}</li>`)}</ul>`", 'Item'],
    ["drawScreen(view, { tone: 'wait', title: 'Waiting', actions: [] })", 'Waiting'],
    ["note.textContent = 'Copied'", 'Copied'],
    ["button.setAttribute('aria-label', `Copy`)", 'Copy'],
  ])('are found elsewhere: %s', (code, word) => {
    expect(wordsIn('planted.ts', code)).toEqual([`planted.ts: ${word}`]);
  });

  it('are not keys, names of classes and parts, or drawings', () => {
    const code = "html`<p class='a b' part=\"note\" lang=${tag}>${say('wait')} · ${n} <svg d='M1 2'></svg></p>`";
    expect(wordsIn('good.ts', code)).toEqual([]);
  });
});
