// The properties of <jitsi-meeting> as the compiler reads them from src/elements/properties.ts, for the manifest and the docs.
import ts from 'typescript';

const file = 'src/elements/properties.ts';

/** @returns {{ name: string, attribute?: string, type: string, default?: string, description: string }[]} */
export function propertyTable() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([file], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const exported = (name) => checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
  const table = checker.getTypeOfSymbol(exported('properties'));
  const values = checker.getDeclaredTypeOfSymbol(exported('MeetingProperties'));
  return table.getProperties().map((entry) => {
    const { name } = entry;
    const call = entry.valueDeclaration.initializer;
    const builder = call.expression.getText().replace(/[<(.].*/s, '');
    const value = values.getProperty(name);
    const type = checker.getNonNullableType(checker.getTypeOfSymbol(value));
    const words =
      type.isUnion() && type.types.every((one) => one.isStringLiteral()) && type.types.map((one) => one.value);
    return {
      name,
      ...(builder !== 'value' && { attribute: name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) }),
      type: words
        ? words.map((word) => `'${word}'`).join(' | ')
        : checker.typeToString(type) + (value.flags & ts.SymbolFlags.Optional ? ' | undefined' : ''),
      ...defaultOf(builder, checker, call),
      description: ts.displayPartsToString(entry.getDocumentationComment(checker)).replace(/\s*\n\s*/g, ' '),
    };
  });
}

/** As in the table: a flag is off, and of words the first counts. */
function defaultOf(builder, checker, call) {
  if (builder === 'flag' || builder === 'configFlag') return { default: 'false' };
  if (builder === 'required') return { default: "''" };
  if (builder !== 'word') return {};
  const [first] = checker.getTypeArguments(checker.getTypeAtLocation(call.arguments[1]));
  return { default: `'${first.value}'` };
}
