// The names of Jitsi's IFrame API, read with TypeScript's parser from both sides: Jitsi's source and this package's
// tables.
import { join } from 'node:path';
import ts from 'typescript';
import { kinds, type Kind } from './api-history.js';
import { configKeys, overwritableKeys, parse } from './generate-config.js';

/** A member of one of our tables. */
export interface Member {
  node: ts.TypeElement & { type?: ts.TypeNode };
  name: string;
  summary: string;
  internal: boolean;
  deprecated?: string;
  /** The last release that has it. */
  until?: string;
}

export interface Difference {
  kind: Kind;
  total: number;
  missing: string[];
  extra: string[];
  kept: string[];
}

const isPrivate = (name: string): boolean => name.startsWith('_');
const externalApi = (folder: string): ts.SourceFile => parse(join(folder, 'modules/API/external/external_api.js'));

/** The properties of a constant that is an object literal. */
function objectLiteral(source: ts.SourceFile, name: string): ts.PropertyAssignment[] {
  const constant = source.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .find((declaration) => declaration.name.getText() === name);
  if (!constant?.initializer || !ts.isObjectLiteralExpression(constant.initializer))
    throw new Error(`${source.fileName} has no constant ${name}: Jitsi changed the shape of its source.`);
  return constant.initializer.properties.filter(ts.isPropertyAssignment);
}

const textOf = (node: ts.Node): string => (ts.isStringLiteral(node) || ts.isIdentifier(node) ? node.text : '');

/** Events that the script emits by itself, besides its table: `this.emit('largeVideoChanged')`. */
function emittedNames(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'this.emit') {
      const [name] = node.arguments;
      if (name && ts.isStringLiteral(name) && !isPrivate(name.text)) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** The methods of the script's class that pages may call. */
function publicMethods(source: ts.SourceFile): ts.MethodDeclaration[] {
  const { members } = source.statements.find(ts.isClassDeclaration)!;
  return members.filter(ts.isMethodDeclaration).filter(({ name }) => !isPrivate(textOf(name)));
}

/** Names by kind, from an unpacked SDK or a checkout of jitsi-meet. */
export function jitsiNames(folder: string): Record<Kind, string[]> {
  const source = externalApi(folder);
  const events = objectLiteral(source, 'events').map(({ initializer }) => textOf(initializer));
  return {
    events: [...new Set([...events, ...emittedNames(source)])],
    commands: objectLiteral(source, 'commands').map(({ name }) => textOf(name)),
    methods: publicMethods(source).map(({ name }) => textOf(name)),
    'config keys': configKeys(folder),
    'interface config keys': [...overwritableKeys(folder, 'interfaceConfigWhitelist.ts')],
  };
}

/** The script's methods that answer with a promise: they are `async`, or their comment says so. */
export function jitsiQuestions(folder: string): string[] {
  return publicMethods(externalApi(folder))
    .filter((method) => {
      const isAsync = method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
      return isAsync || ts.getJSDocReturnType(method)?.getText().startsWith('Promise');
    })
    .map(({ name }) => textOf(name));
}

/** The same by our types. */
export function ourQuestions(file = 'src/jitsi/methods.ts'): string[] {
  return readTable(file, 'JitsiMethods')
    .filter(({ node }) => node.type?.getText().startsWith('Promise<'))
    .map(({ name }) => name);
}

const plainText = (comment?: string | ts.NodeArray<ts.JSDocComment>): string => ts.getTextOfJSDocComment(comment) ?? '';

/** The members of an interface of ours, with what their comments say. */
export function readTable(file: string, name: string): Member[] {
  const table = parse(file)
    .statements.filter(ts.isInterfaceDeclaration)
    .find((statement) => statement.name.text === name);
  if (!table) throw new Error(`${file} has no interface ${name}.`);
  return table.members.map((node) => {
    const tags = ts.getJSDocTags(node);
    const deprecated = tags.find(({ tagName }) => tagName.text === 'deprecated');
    const release = deprecated && /^Until (\d+(\.\d+)*)/.exec(plainText(deprecated.comment))?.[1];
    return {
      node,
      name: node.name!.getText().replaceAll("'", ''),
      summary: plainText(ts.getJSDocCommentsAndTags(node).findLast(ts.isJSDoc)?.comment),
      internal: tags.some(({ tagName }) => tagName.text === 'internal'),
      ...(deprecated && { deprecated: plainText(deprecated.comment) }),
      ...(release && { until: release }),
    };
  });
}

/** What the folder's tables say, by kind. */
export function ourNames(folder = 'src/jitsi'): Record<Kind, Member[]> {
  return {
    events: readTable(join(folder, 'events.ts'), 'JitsiEvents'),
    commands: readTable(join(folder, 'commands.ts'), 'JitsiCommands'),
    methods: readTable(join(folder, 'methods.ts'), 'JitsiMethods'),
    'config keys': readTable(join(folder, 'generated/config.ts'), 'JitsiConfig'),
    'interface config keys': readTable(join(folder, 'options-interface.ts'), 'InterfaceConfig'),
  };
}

/**
 * Missing: names that Jitsi has and we don't. Extra: names of ours that Jitsi doesn't have, unless their comment says
 * until which release it had them.
 */
export function compareNames(ours: Record<Kind, Member[]>, theirs: Record<Kind, string[]>): Difference[] {
  return kinds.map((kind) => {
    const known = new Set(ours[kind].map(({ name }) => name));
    const real = new Set(theirs[kind]);
    const gone = ours[kind].filter(({ name }) => !real.has(name));
    return {
      kind,
      total: real.size,
      missing: [...real].filter((name) => !known.has(name)),
      extra: gone.filter(({ until }) => !until).map(({ name }) => name),
      kept: gone.filter(({ until }) => until).map(({ name }) => name),
    };
  });
}
