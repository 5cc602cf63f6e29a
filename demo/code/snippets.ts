/** What is set on the tag, as it is written into a page. */
export interface Setting {
  /** Of the property: `tokenUrl`. */
  name: string;
  /** `token-url`; without it, it is a property only. */
  attribute?: string;
  /** Of the attribute; `true` for one that is there or not. */
  value?: string | true;
  /** Of the property, as JavaScript. */
  source: string;
}

const indent = (text: string, spaces: number): string => text.replaceAll('\n', `\n${' '.repeat(spaces)}`);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** In one line where it is short. */
function tag(name: string, attributes: readonly string[], end: string): string {
  const line = `<${[name, ...attributes].join(' ')}`;
  if (line.length + end.length < 90 && !line.includes('\n')) return `${line}${end}`;
  return `<${name}\n  ${attributes.map((one) => indent(one, 2)).join('\n  ')}\n${end.replace(/^ /, '')}`;
}

const markup = ({ attribute, value }: Setting): string =>
  value === true ? attribute! : `${attribute}="${escaped(value!)}"`;

const isAttribute = ({ value }: Setting): boolean => value !== undefined;
const properties = (settings: readonly Setting[]): Setting[] => settings.filter((one) => !isAttribute(one));

const constants = (settings: readonly Setting[], spaces: number): string[] =>
  properties(settings).map(({ name, source }) => `${' '.repeat(spaces)}const ${name} = ${indent(source, spaces)};`);

/** What can stand in the tag as JSON: the element reads it before it begins. */
const inChild = new Set(['configOverwrite', 'interfaceConfigOverwrite']);

function html(settings: readonly Setting[]): string {
  const written = properties(settings);
  const child = written.filter(({ name }) => inChild.has(name));
  const byScript = written.filter(({ name }) => !inChild.has(name));
  const json = `{ ${child.map(({ name, source }) => `"${name}": ${indent(source, 4)}`).join(', ')} }`;
  const inside = child.length > 0 ? `\n  <script type="application/json">\n    ${json}\n  </script>\n` : '';
  const attributes = settings.filter(isAttribute).map(markup);
  // A tag whose properties come by a script begins when they are there.
  if (byScript.length > 0) attributes.push('defer-hydration');
  return [
    '<link rel="stylesheet" href="jitsi-meeting.css">',
    '<script src="jitsi-meeting.classic.js"></script>',
    `${tag('jitsi-meeting', attributes, '>')}${inside}</jitsi-meeting>`,
    ...(byScript.length > 0
      ? [
          '<script>',
          "  const meeting = document.querySelector('jitsi-meeting');",
          ...byScript.map(({ name, source }) => `  meeting.${name} = ${indent(source, 2)};`),
          "  meeting.removeAttribute('defer-hydration');",
          '</script>',
        ]
      : []),
  ].join('\n');
}

const javascript = (settings: readonly Setting[]): string =>
  [
    "import './jitsi-meeting.js';",
    '',
    "const meeting = document.createElement('jitsi-meeting');",
    'Object.assign(meeting, {',
    ...settings.map(({ name, source }) => `  ${name}: ${indent(source, 2)},`),
    '});',
    'document.body.append(meeting);',
  ].join('\n');

const react = (settings: readonly Setting[]): string => {
  const prop = ({ name, value, source }: Setting): string =>
    value === true
      ? name
      : value !== undefined && !/["\\{}&<>\n]/.test(value)
        ? `${name}="${value}"`
        : `${name}={${source}}`;
  return [
    "import { JitsiMeeting } from 'jitsi-meeting-element/react';",
    '',
    'export function Meeting() {',
    '  return (',
    `    ${indent(tag('JitsiMeeting', settings.map(prop), ' />'), 4)}`,
    '  );',
    '}',
  ].join('\n');
};

const vue = (settings: readonly Setting[]): string =>
  [
    '<script setup>',
    "import 'jitsi-meeting-element';",
    ...constants(settings, 0),
    '</script>',
    '',
    '<template>',
    `  ${indent(tag('jitsi-meeting', settings.map(vueAttribute), '></jitsi-meeting>'), 2)}`,
    '</template>',
  ].join('\n');

const vueAttribute = (one: Setting): string => (isAttribute(one) ? markup(one) : `.${one.name}="${one.name}"`);

const svelte = (settings: readonly Setting[]): string =>
  [
    '<script>',
    "  import 'jitsi-meeting-element';",
    ...constants(settings, 2),
    '</script>',
    '',
    tag(
      'jitsi-meeting',
      settings.map((one) =>
        !isAttribute(one)
          ? `{${one.name}}`
          : /[{}]/.test(String(one.value))
            ? `${one.attribute}={${one.source}}`
            : markup(one),
      ),
      '></jitsi-meeting>',
    ),
  ].join('\n');

function angular(settings: readonly Setting[]): string {
  // Angular calculates what stands between two braces, also if they are written as entities.
  const isText = (one: Setting): boolean => isAttribute(one) && !String(one.value).includes('{{');
  const fields = settings.filter((one) => !isText(one));
  const attribute = (one: Setting): string => (isText(one) ? markup(one) : `[${one.name}]="${one.name}"`);
  const template = tag('jitsi-meeting', settings.map(attribute), '></jitsi-meeting>').replaceAll(/[`\\$]/g, '\\$&');
  return [
    "import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';",
    "import 'jitsi-meeting-element';",
    // Angular's projects are strict: what a function is given has to have a type.
    ...(fields.length > 0 ? ["import type { JitsiMeetingElement } from 'jitsi-meeting-element';"] : []),
    '',
    '@Component({',
    "  selector: 'app-meeting',",
    '  schemas: [CUSTOM_ELEMENTS_SCHEMA],',
    `  template: \`\n    ${indent(template, 4)}\n  \`,`,
    '})',
    'export class MeetingComponent {',
    ...fields.map(({ name, source }) => `  readonly ${name}: JitsiMeetingElement['${name}'] = ${indent(source, 2)};`),
    '}',
  ].join('\n');
}

/** The code for a page, by what the page is made with. */
export const frontends = {
  HTML: html,
  React: react,
  Vue: vue,
  Svelte: svelte,
  Angular: angular,
  'Plain JS': javascript,
} as const;

const setting = (name: string, attribute: string, value: string): Setting => ({
  name,
  attribute,
  value,
  source: JSON.stringify(value),
});

export const placeholders = { domain: 'meet.example.org', room: 'Team', tokenUrl: '/api/token' };

/** What a website needs, with the files of `dist/` beside its page. */
export const threeLines = html([
  setting('domain', 'domain', placeholders.domain),
  setting('room', 'room', placeholders.room),
  setting('tokenUrl', 'token-url', placeholders.tokenUrl),
]);
