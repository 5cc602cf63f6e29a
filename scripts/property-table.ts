// The properties of <jitsi-meeting>: what the table in src/elements/properties.ts says of them, with their types and doc
// comments as the compiler reads them. For the manifest.
import ts from 'typescript';
import { attributeOf, properties, type PropertyName, type When } from '../src/elements/properties.js';

const file = 'src/elements/properties.ts';

export interface Property {
  name: string;
  attribute?: string;
  type: string;
  default?: string;
  /** Markdown: what it is, its words where it takes words, and when a change counts. */
  description: string;
}

const counts: Record<When, string> = {
  target: 'A change ends this meeting and starts the next.',
  live: 'A change counts at once, in the running meeting.',
  screen: 'A change counts at once, on the screen.',
  request: 'A change counts from the next request for a token on.',
  join: 'A change counts from the next join on.',
  start: 'A change counts at once, while no meeting has begun.',
};

export function propertyTable(): Property[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const exported = (name: string): ts.Symbol =>
    checker.getExportsOfModule(module).find((symbol) => symbol.name === name)!;
  const values = checker.getDeclaredTypeOfSymbol(exported('MeetingProperties'));

  return checker
    .getTypeOfSymbol(exported('properties'))
    .getProperties()
    .map((entry) => {
      const name = entry.name as PropertyName;
      const attribute = attributeOf(name);
      const { initial, when } = properties[name];
      const about = ts.displayPartsToString(entry.getDocumentationComment(checker));
      return {
        name,
        ...(attribute !== undefined && { attribute }),
        type: typeText(checker, values.getProperty(name)!),
        ...(initial !== undefined && { default: typeof initial === 'string' ? `'${initial}'` : String(initial) }),
        description: `${inParagraphs(about)}${about.includes('\n- ') ? '\n\n' : ' '}${counts[when]}`,
      };
    });
}

/** Lines of a list stay, others are joined. */
const inParagraphs = (text: string): string =>
  text
    .replace(/\s*\n(?!- )\s*/g, ' ')
    .replace(/\n- /, '\n\n- ')
    .trim();

function typeText(checker: ts.TypeChecker, value: ts.Symbol): string {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(value));
  if (type.isUnion() && type.types.every((one) => one.isStringLiteral()))
    return type.types.map((one) => `'${(one as ts.StringLiteralType).value}'`).join(' | ');
  return checker.typeToString(type) + (value.flags & ts.SymbolFlags.Optional ? ' | undefined' : '');
}
