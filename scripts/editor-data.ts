// What editors read, made of the custom-elements manifest: vscode.html-custom-data.json (VS Code and others with its
// HTML service) and web-types.json (JetBrains).
interface Named {
  name: string;
  description?: string;
  default?: string;
  type?: { text: string };
  fieldName?: string;
}
interface Element {
  name: string;
  tagName: string;
  description: string;
  members: (Named & { kind: string; readonly?: boolean })[];
  attributes: Named[];
  events?: Named[];
  slots?: Named[];
  cssParts?: Named[];
  cssProperties?: Named[];
  cssStates?: Named[];
}
export interface Manifest {
  modules: { declarations: Element[] }[];
}

const markdown = (value: string): object => ({ kind: 'markdown', value });

/** The words of an attribute with their texts, which its description lists: "- `eager`: at once." */
const wordsOf = ({ description = '' }: Named): Named[] =>
  [...description.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, name, about]) => ({ name: name!, description: about! }));

const isFlag = ({ type }: Named): boolean => type?.text === 'boolean';

const listOf = (title: string, all: Named[] = []): string =>
  all.length
    ? `\n\n**${title}**\n${all.map(({ name, description: about }) => `\n- \`${name}\`: ${about}`).join('')}`
    : '';

/** For an editor that shows one text for a tag: the parts of its contract that have no place of their own there. */
function aboutTag({ description, slots, events }: Element): string {
  // Jitsi's events have a page of their own.
  return (
    description +
    listOf('Slots', slots) +
    listOf(
      'Events',
      events?.filter(({ name }) => name.includes('-')),
    )
  );
}

const vscodeAttribute = (one: Named): object => ({
  name: one.name,
  description: markdown(one.description!),
  // 'v': an attribute without a value.
  ...(isFlag(one) && { valueSet: 'v' }),
  ...(wordsOf(one).length && {
    values: wordsOf(one).map(({ name, description }) => ({ name, description: markdown(description!) })),
  }),
});

/** https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md */
export function vscodeData(elements: readonly Element[]): object {
  return {
    version: 1.1,
    tags: elements.map((element) => ({
      name: element.tagName,
      description: markdown(aboutTag(element)),
      attributes: element.attributes.map(vscodeAttribute),
    })),
  };
}

const named = ({ name: one, description, default: initial }: Named): object => ({
  name: one,
  description,
  ...(initial !== undefined && { default: initial }),
});
const typed = (one: Named): object => ({ ...named(one), ...(one.type && { type: one.type.text }) });
const webTypesAttribute = (one: Named): object => ({
  name: one.name,
  description: one.description,
  value: {
    ...(isFlag(one) && { kind: 'no-value' }),
    ...(one.type && { type: one.type.text.split(' | ') }),
    ...(one.default !== undefined && { default: one.default }),
  },
});

/** https://github.com/JetBrains/web-types */
export function webTypes(elements: readonly Element[], { name, version }: { name: string; version: string }): object {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tagName,
          description: element.description,
          attributes: element.attributes.map(webTypesAttribute),
          ...(element.slots && { slots: element.slots.map(named) }),
          js: {
            properties: element.members
              .filter(({ kind }) => kind === 'field')
              .map((field) => ({ ...typed(field), ...(field.readonly && { 'read-only': true }) })),
            ...(element.events && { events: element.events.map(typed) }),
          },
          css: {
            properties: (element.cssProperties ?? []).map(named),
            'pseudo-elements': (element.cssParts ?? []).map((part) => named({ ...part, name: `part(${part.name})` })),
            ...(element.cssStates && {
              'pseudo-classes': element.cssStates.map((state) => named({ ...state, name: `state(${state.name})` })),
            }),
          },
        })),
      },
    },
  };
}
