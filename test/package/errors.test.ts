import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { errorExplanations } from '../../src/error-codes.js';
import { errorCodes, errorDetails, warningCodes, type ErrorCode } from '../../src/errors.js';

const page = readFileSync('docs/reference/errors.md', 'utf8');

describe('docs/reference/errors.md', () => {
  it.each([...errorCodes, ...warningCodes])('has a section for the code %s', (code) => {
    expect(page).toContain(`\n### \`${code}\`\n`);
  });

  it.each(errorDetails)('has a row for the detail %s', (detail) => {
    expect(page).toContain(`\n| \`${detail}\``);
  });
});

/** `[code, retryable]` of each `new JitsiMeetingError('CODE', ...)` whose code and `retryable` are written out. */
function madeErrors(file: string): [code: ErrorCode, retryable: boolean][] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const made: [ErrorCode, boolean][] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isNewExpression(node) || node.expression.getText() !== 'JitsiMeetingError') return;
    const [code, , options] = node.arguments ?? [];
    if (!code || !ts.isStringLiteral(code) || !options || !ts.isObjectLiteralExpression(options)) return;
    const retryable = options.properties.find((property) => property.name?.getText() === 'retryable');
    const value = retryable && ts.isPropertyAssignment(retryable) ? retryable.initializer.getText() : 'false';
    if (retryable && !/^(true|false)$/.test(value)) return;
    made.push([code.text as ErrorCode, value === 'true']);
  };
  visit(source);
  return made;
}

describe('the table of codes', () => {
  const made = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => madeErrors(`src/${file}`));

  it('says of each code whether trying again may help, as the code does that makes the errors', () => {
    expect(made.length).toBeGreaterThan(35);
    const wrong = made.filter(([code, retryable]) => {
      const said = errorExplanations[code].retryable;
      return said !== 'sometimes' && (said === 'yes') !== retryable;
    });
    expect(wrong).toEqual([]);
  });

  it.each(Object.entries(errorExplanations).filter(([, { retryable }]) => retryable === 'sometimes'))(
    'says of %s in which case the element does not offer another try',
    (_code, { element }) => expect(element).toMatch(/not|no new try/),
  );
});
