// The properties of <jitsi-meeting> as the compiler reads them from src/elements/properties.ts, for the manifest and
// the docs.
import ts from 'typescript';

const file = 'src/elements/properties.ts';

export interface Property {
  name: string;
  attribute?: string;
  type: string;
  default?: string;
  description: string;
}

export function propertyTable(): Property[] {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!;
  const exported = (name: string): ts.Symbol =>
    checker.getExportsOfModule(module).find((symbol) => symbol.name === name)!;
  const values = checker.getDeclaredTypeOfSymbol(exported('MeetingProperties'));

  function describe(entry: ts.Symbol): Property {
    const { name } = entry;
    const call = (entry.valueDeclaration as ts.PropertyAssignment).initializer as ts.CallExpression;
    const builder = call.expression.getText().replace(/[<(.].*/s, '');
    const value = values.getProperty(name)!;
    return {
      name,
      ...(builder !== 'value' && { attribute: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) }),
      type: typeText(checker, value),
      ...defaultOf(builder, checker, call),
      description: ts.displayPartsToString(entry.getDocumentationComment(checker)).replace(/\s*\n\s*/g, ' '),
    };
  }
  return checker.getTypeOfSymbol(exported('properties')).getProperties().map(describe);
}

function typeText(checker: ts.TypeChecker, value: ts.Symbol): string {
  const type = checker.getNonNullableType(checker.getTypeOfSymbol(value));
  if (type.isUnion() && type.types.every((one) => one.isStringLiteral()))
    return type.types.map((one) => `'${(one as ts.StringLiteralType).value}'`).join(' | ');
  return checker.typeToString(type) + (value.flags & ts.SymbolFlags.Optional ? ' | undefined' : '');
}

/** The default as the table says it: a flag is off, and the first of several words is the default. */
function defaultOf(builder: string, checker: ts.TypeChecker, call: ts.CallExpression): { default?: string } {
  if (builder === 'flag' || builder === 'configFlag') return { default: 'false' };
  if (builder === 'required') return { default: "''" };
  if (builder !== 'word') return {};
  const list = checker.getTypeAtLocation(call.arguments[1]!) as ts.TypeReference;
  const [first] = checker.getTypeArguments(list);
  return { default: `'${(first as ts.StringLiteralType).value}'` };
}
