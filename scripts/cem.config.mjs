// Settings of the custom-elements manifest (scripts/build.mjs): the members that a page may use, and the events from the
// same tables as their types.
import { readTable } from './api-names.mjs';
import { propertyTable } from './property-table.mjs';

const entry = 'dist/index.js';

const oneLine = (type) =>
  type
    .replace(/\/\*\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .trim();

function eventsOf(file, table) {
  return readTable(file, table)
    .filter(({ internal }) => !internal)
    .map(({ name, summary, deprecated, node }) => ({
      name,
      type: { text: `CustomEvent<${oneLine(node.type.getText())}>` },
      description: summary,
      ...(deprecated === undefined ? {} : { deprecated: deprecated || true }),
    }));
}

/** Members that only the package itself uses, or that every element has. */
const isForPages = ({ name, privacy }) =>
  !privacy && !['addEventListener', 'removeEventListener', 'connectedMoveCallback', 'adoptedCallback'].includes(name);

/** The properties, from their table: what stands there is in no class that the analyzer could read. */
function addProperties(element) {
  const table = propertyTable();
  element.members.unshift(
    ...table.map(({ name, attribute, type, default: byDefault, description }) => ({
      kind: 'field',
      name,
      type: { text: type },
      ...(byDefault && { default: byDefault }),
      description,
      ...(attribute && { attribute }),
    })),
  );
  element.attributes = [
    ...table
      .filter(({ attribute }) => attribute)
      .map(({ name, attribute, type, default: byDefault, description }) => ({
        name: attribute,
        type: { text: type },
        ...(byDefault && { default: byDefault }),
        description,
        fieldName: name,
      })),
    ...(element.attributes ?? []),
  ];
}

const contract = {
  name: 'contract',
  packageLinkPhase({ customElementsManifest: manifest }) {
    const elements = manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
    for (const element of elements) {
      element.members = element.members.filter(isForPages);
      delete element.events;
    }
    const meeting = elements.find(({ tagName }) => tagName === 'jitsi-meeting');
    addProperties(meeting);
    meeting.events = [
      ...eventsOf('src/session/events.ts', 'MeetingEvents'),
      ...eventsOf('src/jitsi/events.ts', 'JitsiEvents'),
    ];
    // As the package has it: one entry that defines both.
    const declared = ({ name }) => ({ name, module: entry });
    manifest.modules = [
      {
        kind: 'javascript-module',
        path: entry,
        declarations: elements,
        exports: elements.flatMap((element) => [
          { kind: 'js', name: element.name, declaration: declared(element) },
          { kind: 'custom-element-definition', name: element.tagName, declaration: declared(element) },
        ]),
      },
    ];
  },
};

export default { globs: ['src/elements/*.ts'], litelement: true, quiet: true, packagejson: false, plugins: [contract] };
