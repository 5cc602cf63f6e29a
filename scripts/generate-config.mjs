// Writes the type of Jitsi's configuration from Jitsi's own source into a file that is not committed: `IConfig` of
// configType.ts with every type it needs, self-contained. What an overwrite can't set is said in the comment of the key.
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { lifetime, readHistory } from './api-history.mjs';
import { sdk } from './sdk.mjs';

const output = 'src/jitsi/generated/config.ts';
const configFolder = 'react/features/base/config';
const f = ts.factory;
const kept = new Set(['Array', 'Partial', 'Readonly', 'Record']);
const unknown = () => f.createKeywordTypeNode(ts.SyntaxKind.UnknownKeyword);

export function parse(file) {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
}

const isTypeDeclaration = (statement) =>
  ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement);

/** Where `name`, used in `file`, is declared: in the file itself or in one that it imports by a relative path. */
function findDeclaration(name, file) {
  const here = file.statements.find((statement) => isTypeDeclaration(statement) && statement.name.text === name);
  if (here) return here;
  for (const statement of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = statement.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || !statement.moduleSpecifier.text.startsWith('.')) continue;
    const imported = bindings.elements.find((element) => element.name.text === name);
    const path = join(dirname(file.fileName), `${statement.moduleSpecifier.text}.ts`);
    if (imported && existsSync(path))
      return findDeclaration((imported.propertyName ?? imported.name).text, parse(path));
  }
  return undefined;
}

/** The first parts of the names that the app takes from an embedding page; `deeplinking.disabled` counts as `deeplinking`. */
export function overwritableKeys(sdkFolder, ...files) {
  const keys = new Set();
  const collect = (node) => {
    if (ts.isStringLiteral(node) && ts.isArrayLiteralExpression(node.parent)) keys.add(node.text.split('.')[0]);
    ts.forEachChild(node, collect);
  };
  for (const file of files) collect(parse(join(sdkFolder, configFolder, file)));
  return keys;
}

const whitelists = ['configWhitelist.ts', 'isEmbeddedConfigWhitelist.ts'];

/** The names of `IConfig`, and those that the app takes from an embedding page without `IConfig` naming them. */
export function configKeys(sdkFolder) {
  const config = findDeclaration('IConfig', parse(join(sdkFolder, configFolder, 'configType.ts')));
  const names = config.members.map((member) => member.name.text);
  const present = whitelists.filter((file) => existsSync(join(sdkFolder, configFolder, file)));
  return [...new Set([...names, ...overwritableKeys(sdkFolder, ...present)])];
}

/** Keys that only older releases know, which a page may still have to talk to. */
function formerKeys() {
  const history = readHistory();
  const everKnown = new Set(history.flatMap(({ added }) => added['config keys'] ?? []));
  return [...everKnown]
    .map((key) => ({ key, until: lifetime(history, 'config keys', key).until }))
    .filter(({ until }) => until)
    .map(({ key, until }) => `    /** @deprecated Until ${until}. */\n    ${key}?: unknown;`);
}

/** @returns TypeScript source that exports the interface `JitsiConfig`. */
export function configTypes(sdkFolder) {
  const config = findDeclaration('IConfig', parse(join(sdkFolder, configFolder, 'configType.ts')));
  const overwritable = overwritableKeys(sdkFolder, ...whitelists);
  const declared = new Map([['IConfig', config]]);
  const printer = ts.createPrinter();

  function reference(node) {
    const name = (node.typeName ?? node.expression).getText();
    if (kept.has(name)) return ts.visitEachChild(node, visit, undefined);
    // An overwrite travels as JSON, in which an address is text.
    if (name === 'URL') return f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
    const declaration = findDeclaration(name, node.getSourceFile());
    if (!declaration) return isTypeParameter(node, name) ? node : unknown();
    const known = declared.get(name);
    if (known && known.getSourceFile().fileName !== declaration.getSourceFile().fileName) {
      throw new Error(`Two types are called ${name}: the generated file has room for one.`);
    }
    declared.set(name, known ?? declaration);
    return ts.visitEachChild(node, visit, undefined);
  }

  function visit(node) {
    if (node.kind === ts.SyntaxKind.AnyKeyword) return unknown();
    if (node.kind === ts.SyntaxKind.ObjectKeyword) {
      return f.createTypeReferenceNode('Record', [f.createKeywordTypeNode(ts.SyntaxKind.StringKeyword), unknown()]);
    }
    if (ts.isTypeOperatorNode(node) && node.type.kind === ts.SyntaxKind.AnyKeyword) {
      return f.createTypeReferenceNode('PropertyKey');
    }
    if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) return reference(node);
    if (ts.isPropertySignature(node) && node.parent === config && !node.jsDoc && !overwritable.has(node.name.text)) {
      const note = '* The app ignores this in an overwrite: it counts in config.js only. ';
      const property = ts.visitEachChild(node, visit, undefined);
      return ts.addSyntheticLeadingComment(property, ts.SyntaxKind.MultiLineCommentTrivia, note, true);
    }
    return ts.visitEachChild(node, visit, undefined);
  }

  function print(declaration) {
    const source = declaration.getSourceFile();
    if (ts.isEnumDeclaration(declaration)) {
      const values = declaration.members.map((member) => member.initializer.getText()).join(' | ');
      return `type ${declaration.name.text} = ${values};`;
    }
    const { transformed } = ts.transform(declaration, [() => (node) => visit(node)]);
    return printer.printNode(ts.EmitHint.Unspecified, transformed[0], source).replace(/^export /, '');
  }

  const main = print(config).replace('interface IConfig', 'interface JitsiConfig');
  declared.delete('IConfig');
  // Printing a declaration finds further ones, which this loop then reaches: a Map takes entries while it is walked.
  const needed = [];
  for (const declaration of declared.values()) needed.push(print(declaration));
  const names = new Set(config.members.map((member) => member.name.text));
  const unnamed = [...overwritable].filter((key) => !names.has(key)).map((key) => `    ${key}?: unknown;`);
  return [
    `// Generated by scripts/generate-config.mjs from ${sdk.name} (Apache-2.0, ${configFolder}/configType.ts).`,
    ...needed,
    `export ${main.replace(/\}$/, `${[...unnamed, ...formerKeys()].join('\n')}\n}`)}`,
    '',
  ].join('\n');
}

function isTypeParameter(node, name) {
  for (let scope = node.parent; scope; scope = scope.parent) {
    if (scope.typeParameters?.some((parameter) => parameter.name.text === name)) return true;
    if (ts.isMappedTypeNode(scope) && scope.typeParameter.name.text === name) return true;
  }
  return false;
}

/** Does nothing when the file is newer than what it is made of. */
export function generateConfig() {
  const sources = ['scripts/generate-config.mjs', 'scripts/api-history.json', 'scripts/sdk.mjs'];
  if (existsSync(output) && sources.every((source) => statSync(source).mtimeMs < statSync(output).mtimeMs)) return;
  mkdirSync(dirname(output), { recursive: true });
  writeFileSync(output, configTypes(sdk.folder));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateConfig();
