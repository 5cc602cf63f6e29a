import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  getLanguageService,
  newHTMLDataProvider,
  TextDocument,
  type CompletionItem,
  type HTMLDataV1,
  type MarkupContent,
} from 'vscode-html-languageservice';
import { describe, expect, it } from 'vitest';
import { vscodeData, webTypes, type Manifest } from '../../scripts/editor-data.js';
import { attributeOf, properties, propertyNames } from '../../src/elements/properties.js';

// Made anew, so that nothing is held against an old build.
const folder = '.cache/manifest-of-editors';
execFileSync('node_modules/.bin/cem', ['analyze', '--config', 'scripts/cem.config.mjs', '--outdir', folder]);
const { modules } = JSON.parse(readFileSync(`${folder}/custom-elements.json`, 'utf8')) as Manifest;
const elements = modules.flatMap(({ declarations }) => declarations);
const data = vscodeData(elements) as HTMLDataV1;

const service = getLanguageService({ customDataProviders: [newHTMLDataProvider('jitsi-meeting', data)] });

/** What the editor offers where `|` stands, by name. */
function offered(text: string): Map<string, CompletionItem> {
  const document = TextDocument.create('file:///page.html', 'html', 1, text.replace('|', ''));
  const place = document.positionAt(text.indexOf('|'));
  const { items } = service.doComplete(document, place, service.parseHTMLDocument(document));
  return new Map(items.map((item) => [item.label, item]));
}

const textOf = (item?: CompletionItem): string => (item?.documentation as MarkupContent | undefined)?.value ?? '';

describe('the manifest', () => {
  const kinds = ['members', 'attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const;

  it.each(elements.map((element) => [element.tagName, element] as const))(
    'has a text for all of %s',
    (_tag, element) => {
      const all = kinds.flatMap((kind) => (element[kind] ?? []).map((one) => ({ kind, ...one })));
      expect(element.description).not.toBe('');
      expect(all.length).toBeGreaterThan(10);
      expect(all.filter(({ description }) => !description?.trim())).toEqual([]);
    },
  );

  it.each(elements.map((element) => [element.tagName, element] as const))(
    'has a kind and a type for each member and attribute of %s',
    (_tag, { members, attributes }) => {
      expect(members.filter(({ kind, type }) => kind !== 'method' && !(kind === 'field' && type?.text))).toEqual([]);
      expect(attributes.filter(({ type }) => !type?.text)).toEqual([]);
    },
  );

  it('ends the text of a slot where it ends', () => {
    const slots = elements.flatMap(({ slots: all = [] }) => all);
    expect(slots.filter(({ description }) => /\.$|\. [A-Z]|\n/.test(description!))).toEqual([]);
  });

  it('has the default of each CSS property, and of each attribute that has one', () => {
    const css = elements.flatMap(({ cssProperties = [] }) => cssProperties);
    const without = css.filter((property) => !property.default).map(({ name }) => name.replace('--jitsi-meeting-', ''));
    // The first replaces size and family; the icon's depend on the screen.
    expect([...new Set(without)].sort()).toEqual(['font', 'icon', 'icon-background']);
    const attributes = new Map(elements[0]!.attributes.map((one) => [one.fieldName, one]));
    for (const name of propertyNames) {
      const { initial, isAttribute } = properties[name];
      if (isAttribute && initial !== undefined)
        expect(attributes.get(name)?.default, name).toBe(typeof initial === 'string' ? `'${initial}'` : `${initial}`);
    }
  });

  it('writes out the words of each property that takes words, and when a change counts', () => {
    for (const name of propertyNames) {
      const field = elements[0]!.members.find((one) => one.name === name)!;
      const definition: { words?: readonly string[] } = properties[name];
      if (definition.words) {
        expect(field.type?.text.split(' | ').sort()).toEqual(definition.words.map((word) => `'${word}'`).sort());
      }
      expect(field.description, name).toMatch(/A change (counts|ends)/);
    }
  });

  it('names no type of a list of words, because an editor does not know it', () => {
    const types = elements.flatMap(({ members, attributes, events = [] }) =>
      [...members, ...attributes, ...events].map(({ type }) => type?.text ?? ''),
    );
    expect(
      types.filter((type) => /\b(MeetingStateName|EndReason|Loading|WarmUp|Rejoin|WarningCode)\b/.test(type)),
    ).toEqual([]);
  });
});

describe('an editor with the HTML service of VS Code', () => {
  it('offers both tags with their texts', () => {
    const tags = offered('<|');
    expect(textOf(tags.get('jitsi-meeting'))).toContain('A Jitsi meeting with token authentication');
    expect(textOf(tags.get('jitsi-token-status'))).toContain('live expiry');
  });

  it('offers every attribute with its text', () => {
    const attributes = offered('<jitsi-meeting |');
    const names = propertyNames.map(attributeOf).filter((name) => name !== undefined);
    for (const name of [...names, 'jwt', 'defer-hydration']) expect(textOf(attributes.get(name)), name).not.toBe('');
    expect(textOf(offered('<jitsi-token-status |').get('for'))).toContain('Id of a');
  });

  it.each(['loading', 'rejoin', 'warm-up', 'token-method', 'token-credentials'])(
    'offers the words of %s with the text of each',
    (attribute) => {
      const name = propertyNames.find((one) => attributeOf(one) === attribute)!;
      const { words } = properties[name] as { words: readonly string[] };
      const values = offered(`<jitsi-meeting ${attribute}="|"`);
      expect([...values.keys()].sort()).toEqual([...words].sort());
      for (const word of words) expect(textOf(values.get(word)), word).not.toBe('');
    },
  );
});

it('web-types.json tells JetBrains the same of both tags', () => {
  const { contributions } = webTypes(elements, { name: 'jitsi-meeting-element', version: '1.0.0' }) as {
    contributions: { html: { elements: { name: string; attributes: { name: string; description: string }[] }[] } };
  };
  expect(contributions.html.elements.map(({ name, attributes }) => [name, attributes.map((one) => one.name)])).toEqual(
    elements.map(({ tagName, attributes }) => [tagName, attributes.map(({ name }) => name)]),
  );
});
