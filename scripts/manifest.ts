// Settings of the custom-elements manifest (scripts/build.ts): the members that a page may use, and the events from the
// same tables as their types.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { errorExplanations } from '../src/error-codes.js';
import { states } from '../src/session/machine-types.js';
import { readTable } from './api-names.js';
import { propertyTable } from './property-table.js';

/** The parts of a manifest that are changed here. */
interface Named {
  name: string;
  description?: string;
  default?: string;
  type?: { text: string };
}
interface Declaration extends Named {
  tagName?: string;
  members: (Named & { kind?: string; privacy?: string; attribute?: string; return?: Typed; parameters?: Typed[] })[];
  attributes?: (Named & { fieldName?: string })[];
  events?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
  cssStates?: Named[];
}
interface Typed {
  type?: { text: string };
}
interface Manifest {
  modules: { kind: string; path: string; declarations: Declaration[]; exports: unknown[] }[];
}

const entry = 'dist/index.js';

const oneLine = (type?: ts.TypeNode): string =>
  (type?.getText() ?? 'undefined')
    .replace(/\/\*\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The words of each type that is a union of words, by the type's name. */
function readWords(): Map<string, string> {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(['src/index.ts'], options);
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(program.getSourceFile('src/index.ts')!)!;
  return new Map(
    checker.getExportsOfModule(module).flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      if (!type.isUnion() || !type.types.every((one) => one.isStringLiteral())) return [];
      const words = type.types.map((one) => `'${(one as ts.StringLiteralType).value}'`);
      return words.length > 12 ? [] : [[symbol.name, words.join(' | ')] as const];
    }),
  );
}

const words = readWords();

/** Words in place of the name of their type, because an editor knows no names of ours. */
const writtenOut = (type: string): string => type.replace(/\b[A-Z]\w+\b/g, (name) => words.get(name) ?? name);

const styles = ['styles.ts', 'screens/base-styles.ts']
  .map((file) => readFileSync(`src/elements/${file}`, 'utf8'))
  .join('\n');

/** The lines `@TAG NAME - TEXT` of the styles. */
const toldInStyles = (tag: string): Named[] =>
  [...styles.matchAll(new RegExp(`^ \\* @${tag} ([\\w-]+) - (.+)$`, 'gm'))].map(([, name, description]) => ({
    name: name!,
    description: description!,
  }));

/** The defaults of CSS properties: `var(--jitsi-meeting-radius, 12px)`. */
const cssDefaults = new Map(
  [...styles.matchAll(/var\((--jitsi-meeting-[\w-]+), (.+)\);/g)]
    // The tone of a screen has no name that a page could use.
    .filter(([, , value]) => !value!.includes('--_tone'))
    .map(([, name, value]) => [name!, value!.replaceAll('--_', '--jitsi-meeting-')]),
);

const eventsOf = (file: string, table: string): Named[] =>
  readTable(file, table)
    .filter(({ internal }) => !internal)
    .map(({ name, summary, deprecated, node }) => ({
      name,
      type: { text: `CustomEvent<${writtenOut(oneLine(node.type))}>` },
      description: summary,
      ...(deprecated === undefined ? {} : { deprecated: deprecated || true }),
    }));

/** Members that only the package itself uses, or that every element has. */
const notForPages = ['addEventListener', 'removeEventListener', 'connectedMoveCallback', 'adoptedCallback'];

/** The properties, from their table, because the analyzer reads only the fields of classes. */
function addProperties(element: Declaration): void {
  const table = propertyTable().map(({ name, attribute, type, ...others }) => ({
    name,
    attribute,
    about: { type: { text: type }, ...others },
  }));
  element.members.unshift(
    ...table.map(({ name, attribute, about }) => ({ kind: 'field', name, ...about, ...(attribute && { attribute }) })),
  );
  element.attributes = [
    ...table.flatMap(({ name, attribute, about }) =>
      attribute ? [{ name: attribute, ...about, fieldName: name }] : [],
    ),
    ...(element.attributes ?? []),
  ];
}

function complete(element: Declaration): void {
  for (const { type, return: returned, parameters = [] } of element.members) {
    for (const typed of [{ type }, returned, ...parameters])
      if (typed?.type) typed.type.text = writtenOut(typed.type.text);
  }
  for (const property of element.cssProperties ?? []) {
    const initial = cssDefaults.get(property.name);
    if (initial !== undefined) property.default = initial;
  }
}

interface Analysis {
  /** The analyzer's own compiler. */
  ts: typeof ts;
  node: ts.Node;
  moduleDoc: { declarations: Declaration[] };
}

/** Fields that are only declared, as Lit's `static properties` makes them: the analyzer passes them over. */
function addDeclaredFields({ ts: own, node, moduleDoc }: Analysis): void {
  if (!own.isClassDeclaration(node)) return;
  const element = moduleDoc.declarations.find(({ name }) => name === node.name?.text);
  for (const member of node.members) {
    if (!element || !own.isPropertyDeclaration(member)) continue;
    if (!member.modifiers?.some(({ kind }) => kind === own.SyntaxKind.DeclareKeyword)) continue;
    const [told] = own.getJSDocCommentsAndTags(member);
    const field = {
      name: member.name.getText(),
      description: own.getTextOfJSDocComment((told as ts.JSDoc | undefined)?.comment) ?? '',
    };
    element.members = element.members.filter(({ name }) => name !== field.name);
    element.members.push({ kind: 'field', ...field, type: { text: oneLine(member.type) } });
    for (const attribute of element.attributes ?? [])
      if (attribute.fieldName === field.name) attribute.description ||= field.description;
  }
}

const contract = {
  name: 'contract',
  analyzePhase: addDeclaredFields,
  packageLinkPhase({ customElementsManifest: manifest }: { customElementsManifest: Manifest }): void {
    const elements = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
    for (const element of elements) {
      element.members = element.members.filter(({ name, privacy }) => !privacy && !notForPages.includes(name));
      delete element.events;
    }
    const meeting = elements.find(({ tagName }) => tagName === 'jitsi-meeting')!;
    addProperties(meeting);
    meeting.cssParts = toldInStyles('csspart');
    meeting.cssProperties = toldInStyles('cssproperty');
    meeting.cssStates = [
      ...Object.entries(states).map(([name, description]) => ({ name, description })),
      ...Object.entries(errorExplanations).map(([name, { meaning }]) => ({ name, description: meaning })),
    ];
    elements.forEach(complete);
    meeting.events = [
      ...eventsOf('src/session/events.ts', 'MeetingEvents'),
      ...eventsOf('src/jitsi/events.ts', 'JitsiEvents'),
    ];
    // One entry of the package defines both elements.
    const declared = (name: string): object => ({ name, module: entry });
    manifest.modules = [
      {
        kind: 'javascript-module',
        path: entry,
        declarations: elements,
        exports: elements.flatMap(({ name, tagName }) => [
          { kind: 'js', name, declaration: declared(name) },
          { kind: 'custom-element-definition', name: tagName, declaration: declared(name) },
        ]),
      },
    ];
  },
};

export default { globs: ['src/elements/*.ts'], litelement: true, quiet: true, packagejson: false, plugins: [contract] };
