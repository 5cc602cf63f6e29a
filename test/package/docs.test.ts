import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ourNames } from '../../scripts/api-names.js';
import { deviceProblems, warningCodes } from '../../src/errors.js';
import { en } from '../../src/locale/en.js';
import { meetingEventNames } from '../../src/session/events.js';
import { machine } from '../../src/session/machine.js';
import { pages } from '../support/pages.js';

interface Named {
  name: string;
}
interface Manifest {
  modules: {
    declarations: {
      tagName: string;
      attributes: (Named & { fieldName?: string })[];
      members: (Named & { kind: string; static?: boolean })[];
      events?: Named[];
      slots?: Named[];
      cssParts?: Named[];
      cssProperties?: Named[];
    }[];
  }[];
}

const read = (path: string): string => readFileSync(path, 'utf8');
const names = (list: readonly Named[] = []): string[] => list.map(({ name }) => name);
const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
const sorted = (list: Iterable<string>): string[] => [...new Set(list)].sort();

// Made anew, so that a page is never held against an old build.
const folder = '.cache/manifest';
const settings = ['--config', 'scripts/cem.config.mjs', '--outdir', folder];
execFileSync('node_modules/.bin/cem', ['analyze', ...settings], { stdio: 'ignore' });
const { modules } = JSON.parse(read(`${folder}/custom-elements.json`)) as Manifest;
const meeting = modules[0]!.declarations.find(({ tagName }) => tagName === 'jitsi-meeting')!;
const attributes = names(meeting.attributes);
const fields = names(meeting.members.filter((member) => member.kind === 'field' && !member.static));
const methods = names(meeting.members.filter(({ kind }) => kind === 'method'));
const events = names(meeting.events);

describe('docs/reference/element.md', () => {
  const page = read('docs/reference/element.md');

  /** What the first column of a table names, under a heading. */
  function table(heading: string, which = 0): string[] {
    const [, section = ''] = page.split(`## ${heading}\n`);
    const tables = section
      .split(/\n###? /)[0]!
      .trim()
      .split('\n\n');
    const rows = tables.filter((block) => block.startsWith('|'))[which]!.split('\n');
    return rows.slice(2).flatMap((row) => codes(row.split(' | ')[0]!));
  }

  it('names every attribute, and none that there is not', () => {
    expect(sorted(table('Attributes and properties'))).toEqual(sorted(attributes));
  });

  it('names every property that is not an attribute, and no other', () => {
    const reflected = new Set(meeting.attributes.map(({ fieldName }) => fieldName));
    const others = fields.filter((name) => !reflected.has(name));
    expect(sorted(table('Attributes and properties', 1))).toEqual(sorted(others));
  });

  it('names every method', () => {
    expect(sorted(table('Methods').map((call) => call.replace(/\(.*/, '')))).toEqual(sorted(methods));
  });

  it('names every event of the element, and every code of a warning', () => {
    expect(sorted(table('Events'))).toEqual(sorted(meetingEventNames));
    const [row = ''] = page.split('\n').filter((line) => line.startsWith('| `meeting-warning`'));
    expect(sorted(codes(row).slice(2))).toEqual(sorted(warningCodes));
    const [about = ''] = page.split('\n\n').filter((paragraph) => paragraph.startsWith('A `media-blocked`'));
    expect(codes(about).slice(-deviceProblems.length)).toEqual([...deviceProblems]);
  });

  it('names every state, and every reason of an end', () => {
    expect(sorted(table('States'))).toEqual(sorted(Object.values(machine).map(({ state }) => state)));
    const reasons = Object.keys(en).filter((key) => /^ended-.*-title$/.test(key));
    expect(sorted(table('States', 1))).toEqual(
      sorted(reasons.map((key) => key.slice('ended-'.length, -'-title'.length))),
    );
  });

  it('names every part, slot and custom property', () => {
    const [, looks = ''] = page.split('## Looks\n');
    const [parts, slots, properties] = looks
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2);
    const named = (row: string | undefined): string[] => codes(row?.split(' | ')[1] ?? '');
    expect(sorted(named(parts))).toEqual(sorted(names(meeting.cssParts)));
    expect(sorted(named(slots))).toEqual(sorted(names(meeting.slots)));
    expect(sorted(named(properties))).toEqual(sorted(names(meeting.cssProperties)));
  });
});

describe('README.md', () => {
  const page = read('README.md');

  it('shows in its short table only attributes that there are', () => {
    const [, section = ''] = page.split('### The tag\n');
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    const shown = rows.flatMap((row) => codes(row.split(' | ')[0]!));
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter((name) => !attributes.includes(name))).toEqual([]);
  });

  it('tells the sizes that the build is held to', () => {
    const { 'size-limit': limits } = JSON.parse(read('package.json')) as { 'size-limit': { limit: string }[] };
    const told = [...page.matchAll(/under (\d+) kB/g)].map((match) => Number(match[1]));
    expect(told).toEqual(limits.map(({ limit }) => Math.ceil(Number.parseFloat(limit))));
  });
});

/**
 * All that a page's snippets use, as `kind name`: of the tag's attributes by their way of binding, and of the object.
 */
function* uses(text: string): Generator<[kind: string, name: string]> {
  for (const [, tag] of text.matchAll(/<jitsi-meeting\s((?:[^>"'{]|"[^"]*"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*)>/g)) {
    for (const [, name] of tag!.matchAll(/(?:^|\s)([@:.?]?[\w-]+(?:\.prop)?)(?=[=\s/]|$)(?:=("[^"]*"|\{.*\}))?/g)) {
      if (name!.startsWith('@')) yield ['event', name!.slice(1)];
      else if (/^on[a-z]/.test(name!)) yield ['event', name!.slice(2)];
      else if (/^:.*\.prop$/.test(name!)) yield ['property', name!.slice(1, -5)];
      else if (/^[.?]/.test(name!)) yield ['property', name!.slice(1)];
      else yield [/[A-Z]/.test(name!) ? 'property' : 'attribute', name!.replace(/^:/, '')];
    }
  }
  for (const [, name] of text.matchAll(/(?<![-\w])(?:meeting|element|ref\.current)\.(?!md\b)(\w+)/g))
    yield ['member', name!];
  for (const [, name] of text.matchAll(/\bapi[!?]?\.(\w+)\(/g)) yield ['method of api', name!];
  for (const [, name] of text.matchAll(/EventListener\('([^']+)'/g)) yield ['event', name!];
  for (const [, name] of text.matchAll(/\bapi\.on(?:ce)?\('([^']+)'/g)) yield ['event', name!];
  for (const [, name] of text.matchAll(/executeCommand\('([^']+)'/g)) yield ['command', name!];
}

const ofEveryElement = ['id', 'class', 'style', 'slot', 'className', 'addEventListener', 'removeEventListener'];
/** What the compilers of frameworks take for themselves. */
const ofFrameworks = ['ref', 'v-if'];
const ours = ourNames();
const known: Record<string, readonly string[]> = {
  attribute: [...attributes, ...ofEveryElement, ...ofFrameworks],
  property: fields,
  member: [...fields, ...methods, ...ofEveryElement],
  event: events,
  command: names(ours.commands),
  'method of api': [...names(ours.methods), 'on', 'once', 'off'],
};

describe('the pages', () => {
  it.each(pages)('use only what there is: %s', (file) => {
    const unknown = [...uses(read(file))].filter(([kind, name]) => !known[kind]!.includes(name));
    expect(unknown.map((use) => use.join(' '))).toEqual([]);
  });

  it('are read by this test', () => {
    const used = pages.flatMap((file) => [...uses(read(file))].map(([kind]) => kind));
    expect(sorted(used)).toEqual(sorted(Object.keys(known)));
    expect(used.length).toBeGreaterThan(60);
  });
});
