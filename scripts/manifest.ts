// Settings of the custom-elements manifest (scripts/build.ts): the members that a page may use, and the events from the
// same tables as their types.
import type ts from 'typescript';
import { readTable } from './api-names.js';
import { propertyTable } from './property-table.js';

/** The parts of a manifest that are changed here. */
interface Named {
  name: string;
}
interface Declaration extends Named {
  tagName?: string;
  members: (Named & { kind?: string; privacy?: string })[];
  attributes?: Named[];
  events?: Named[];
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

const eventsOf = (file: string, table: string): Named[] =>
  readTable(file, table)
    .filter(({ internal }) => !internal)
    .map(({ name, summary, deprecated, node }) => ({
      name,
      type: { text: `CustomEvent<${oneLine(node.type)}>` },
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

const contract = {
  name: 'contract',
  packageLinkPhase({ customElementsManifest: manifest }: { customElementsManifest: Manifest }): void {
    const elements = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
    for (const element of elements) {
      element.members = element.members.filter(({ name, privacy }) => !privacy && !notForPages.includes(name));
      delete element.events;
    }
    const meeting = elements.find(({ tagName }) => tagName === 'jitsi-meeting')!;
    addProperties(meeting);
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
