// Writes the type of Jitsi's configuration from Jitsi's own source into a file that is not committed: `IConfig` of
// configType.ts with every type it needs, self-contained. The comment of a key says if an overwrite can't set it.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { lifetime, readHistory } from './api-history.js';
import { sdk } from './archives.js';

const output = 'src/jitsi/generated/config.ts';
const configFolder = 'react/features/base/config';
const f = ts.factory;
const builtIn = new Set(['Array', 'Partial', 'Readonly', 'Record']);
const unknown = (): ts.TypeNode => f.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration;

const isTypeDeclaration = (node: ts.Node): node is TypeDeclaration =>
  ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isEnumDeclaration(node);

/** Where `name`, used in `file`, is declared: in the file itself or in one that it imports by a relative path. */
function findDeclaration(name: string, file: ts.SourceFile): TypeDeclaration | undefined {
  const here = file.statements.filter(isTypeDeclaration).find((statement) => statement.name.text === name);
  if (here) return here;
  for (const { importClause, moduleSpecifier } of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = importClause?.namedBindings;
    const specifier = (moduleSpecifier as ts.StringLiteral).text;
    if (!bindings || !ts.isNamedImports(bindings) || !specifier.startsWith('.')) continue;
    const imported = bindings.elements.find((element) => element.name.text === name);
    const path = join(dirname(file.fileName), `${specifier}.ts`);
    if (imported && existsSync(path))
      return findDeclaration((imported.propertyName ?? imported.name).text, parse(path));
  }
  return undefined;
}

/** `IConfig` and the names of its members. */
function readConfig(sdkFolder: string): { config: ts.InterfaceDeclaration; names: string[] } {
  const config = findDeclaration('IConfig', parse(join(sdkFolder, configFolder, 'configType.ts')));
  if (!config || !ts.isInterfaceDeclaration(config)) throw new Error(`${sdkFolder} has no interface IConfig.`);
  return { config, names: config.members.map(nameOf) };
}

const nameOf = ({ name }: ts.TypeElement): string => (name as ts.Identifier | ts.StringLiteral).text;

/**
 * The first parts of the names that the app takes from an embedding page; `deeplinking.disabled` counts as
 * `deeplinking`.
 */
export function overwritableKeys(sdkFolder: string, ...files: string[]): Set<string> {
  const keys = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && ts.isArrayLiteralExpression(node.parent)) keys.add(node.text.split('.')[0]!);
    ts.forEachChild(node, collect);
  };
  for (const file of files) collect(parse(join(sdkFolder, configFolder, file)));
  return keys;
}

const whitelists = ['configWhitelist.ts', 'isEmbeddedConfigWhitelist.ts'];

/** The names of `IConfig`, and those that the app takes from an embedding page without `IConfig` naming them. */
export function configKeys(sdkFolder: string): string[] {
  const present = whitelists.filter((file) => existsSync(join(sdkFolder, configFolder, file)));
  return [...new Set([...readConfig(sdkFolder).names, ...overwritableKeys(sdkFolder, ...present)])];
}

/** Keys that only older releases know, which a page may still have to talk to. */
function formerKeys(): string[] {
  const history = readHistory();
  const everKnown = new Set(history.flatMap(({ added }) => added['config keys'] ?? []));
  return [...everKnown]
    .map((key) => ({ key, until: lifetime(history, 'config keys', key).until }))
    .filter(({ until }) => until)
    .map(({ key, until }) => `    /** @deprecated Until ${until}. */\n    ${key}?: unknown;`);
}

/** TypeScript source that exports the interface `JitsiConfig`. */
export function configTypes(sdkFolder: string): string {
  const { config, names } = readConfig(sdkFolder);
  const overwritable = overwritableKeys(sdkFolder, ...whitelists);
  const declared = new Map<string, TypeDeclaration>([['IConfig', config]]);
  const printer = ts.createPrinter();
  const visitEach = <Node extends ts.Node>(node: Node): Node => ts.visitEachChild(node, visit, undefined);

  function reference(node: ts.TypeReferenceNode | ts.ExpressionWithTypeArguments): ts.Node {
    const name = (ts.isTypeReferenceNode(node) ? node.typeName : node.expression).getText();
    if (builtIn.has(name)) return visitEach(node);
    // An overwrite travels as JSON, in which an address is text.
    if (name === 'URL') return f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
    const declaration = findDeclaration(name, node.getSourceFile());
    if (!declaration) return isTypeParameter(node, name) ? node : unknown();
    const known = declared.get(name);
    if (known && known.getSourceFile().fileName !== declaration.getSourceFile().fileName) {
      throw new Error(`Two types are called ${name}: the generated file has room for one.`);
    }
    declared.set(name, known ?? declaration);
    return visitEach(node);
  }

  function visit(node: ts.Node): ts.Node {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return unknown();
    if (node.kind === ts.SyntaxKind.ObjectKeyword) {
      return f.createTypeReferenceNode('Record', [f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword), unknown()]);
    }
    if (ts.isTypeOperatorNode(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
      return f.createTypeReferenceNode('PropertyKey');
    }
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) return reference(node);
    if (ts.isPropertySignature(node) && node.parent === config && isSilentlyIgnored(node)) {
      const note = '* The app ignores this in an overwrite: it counts in config.js only. ';
      return ts.addSyntheticLeadingComment(visitEach(node), ts.SyntaxKind.MultiLineCommentTrivia, note, true);
    }
    return visitEach(node);
  }

  /** Keys that can't be overwritten, and have no comment of Jitsi's. */
  const isSilentlyIgnored = (node: ts.PropertySignature): boolean =>
    !ts.getJSDocCommentsAndTags(node).some(ts.isJSDoc) && !overwritable.has(nameOf(node));

  function print(declaration: TypeDeclaration): string {
    const source = declaration.getSourceFile();
    if (ts.isEnumDeclaration(declaration)) {
      const values = declaration.members.map((member) => member.initializer!.getText()).join(' | ');
      return `type ${declaration.name.text} = ${values};`;
    }
    const { transformed } = ts.transform<ts.Node>(declaration, [() => visit]);
    return printer.printNode(ts.EmitHint.Unspecified, transformed[0]!, source).replace(/^export /, '');
  }

  const main = print(config).replace('interface IConfig', 'interface JitsiConfig');
  declared.delete('IConfig');
  // Printing a declaration finds further ones, which this loop then reaches: a Map takes entries while it is walked.
  const needed: string[] = [];
  for (const declaration of declared.values()) needed.push(print(declaration));
  const unnamed = [...overwritable].filter((key) => !names.includes(key)).map((key) => `    ${key}?: unknown;`);
  return [
    `// Generated by scripts/generate-config.ts from ${sdk.name} (Apache-2.0, ${configFolder}/configType.ts).`,
    ...needed,
    `export ${main.replace(/\}$/, `${[...unnamed, ...formerKeys()].join('\n')}\n}`)}`,
    '',
  ].join('\n');
}

function isTypeParameter(node: ts.Node, name: string): boolean {
  for (let scope = node.parent; scope; scope = scope.parent) {
    const { typeParameters } = scope as { typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> };
    if (typeParameters?.some((parameter) => parameter.name.text === name)) return true;
    if (ts.isMappedTypeNode(scope) && scope.typeParameter.name.text === name) return true;
  }
  return false;
}

/** Does nothing when the file is newer than what it is made of. */
export function generateConfig(): void {
  const sources = ['scripts/generate-config.ts', 'scripts/api-history.json', 'scripts/archives.ts'];
  if (existsSync(output) && sources.every((source) => statSync(source).mtimeMs < statSync(output).mtimeMs)) return;
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, configTypes(sdk.folder));
}
