// The names of Jitsi's IFrame API, read with TypeScript's parser from both sides: Jitsi's source and this package's tables.
import { join } from 'node:path';
import ts from 'typescript';
import { kinds } from './api-history.mjs';
import { configKeys, overwritableKeys, parse } from './generate-config.mjs';

const isPrivate = (name) => name.startsWith('_');

function objectLiteral(source, name) {
  for (const statement of source.statements.filter(ts.isVariableStatement)) {
    const found = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name);
    if (found) return found.initializer.properties;
  }
  throw new Error(`${source.fileName} has no constant ${name}: Jitsi changed the shape of its source.`);
}

/** What the script emits by itself, beside its table: `this.emit('largeVideoChanged')`. */
function emittedNames(source) {
  const names = [];
  const visit = (node) => {
    const emits = ts.isCallExpression(node) && node.expression.getText() === 'this.emit';
    if (emits && ts.isStringLiteral(node.arguments[0]) && !isPrivate(node.arguments[0].text)) {
      names.push(node.arguments[0].text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/** @returns {Record<string, string[]>} names by kind, from an unpacked SDK or a checkout of jitsi-meet */
export function jitsiNames(folder) {
  const source = parse(join(folder, 'modules/API/external/external_api.js'));
  const { members } = source.statements.find(ts.isClassDeclaration);
  return {
    events: [
      ...new Set([
        ...objectLiteral(source, 'events').map((property) => property.initializer.text),
        ...emittedNames(source),
      ]),
    ],
    commands: objectLiteral(source, 'commands').map((property) => property.name.text),
    methods: members
      .filter(ts.isMethodDeclaration)
      .map((member) => member.name.text)
      .filter((name) => !isPrivate(name)),
    'config keys': configKeys(folder),
    'interface config keys': [...overwritableKeys(folder, 'interfaceConfigWhitelist.ts')],
  };
}

/** The script's methods that answer with a promise: `async`, or said so by their comment. */
export function jitsiQuestions(folder) {
  const source = parse(join(folder, 'modules/API/external/external_api.js'));
  return source.statements
    .find(ts.isClassDeclaration)
    .members.filter(ts.isMethodDeclaration)
    .filter((method) => {
      const isAsync = method.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword);
      return isAsync || ts.getJSDocReturnType(method)?.getText().startsWith('Promise');
    })
    .map((method) => method.name.text)
    .filter((name) => !isPrivate(name));
}

/** The same by our types. */
export function ourQuestions(file = 'src/jitsi/methods.ts') {
  return readTable(file, 'JitsiMethods')
    .filter(({ node }) => node.type?.getText().startsWith('Promise<'))
    .map(({ name }) => name);
}

const plainText = (comment) => ts.getTextOfJSDocComment(comment) ?? '';

/** The members of an interface of ours: name, type, what its comment says, the release that was the last to have it. */
export function readTable(file, name) {
  const table = parse(file).statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  return table.members.map((node) => {
    const tags = ts.getJSDocTags(node);
    const deprecated = tags.find((tag) => tag.tagName.text === 'deprecated');
    return {
      node,
      name: node.name.getText().replaceAll("'", ''),
      summary: plainText(node.jsDoc?.at(-1)?.comment),
      internal: tags.some((tag) => tag.tagName.text === 'internal'),
      deprecated: deprecated && plainText(deprecated.comment),
      until: deprecated && /^Until (\d+(\.\d+)*)/.exec(plainText(deprecated.comment))?.[1],
    };
  });
}

/** @returns {Record<string, {name: string, until?: string}[]>} what the folder's tables say, by kind */
export function ourNames(folder = 'src/jitsi') {
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
export function compareNames(ours, theirs) {
  return kinds.map((kind) => {
    const known = new Set(ours[kind].map(({ name }) => name));
    const real = new Set(theirs[kind]);
    return {
      kind,
      total: real.size,
      missing: [...real].filter((name) => !known.has(name)),
      extra: ours[kind].filter(({ name, until }) => !until && !real.has(name)).map(({ name }) => name),
      kept: ours[kind].filter(({ name, until }) => until && !real.has(name)).map(({ name }) => name),
    };
  });
}
