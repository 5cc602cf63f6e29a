import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { ourNames } from '../../scripts/api-names.js';
import { attributeOf, propertyNames } from '../../src/elements/properties.js';
import { errorCodes } from '../../src/errors.js';
import { jitsiEventNames } from '../../src/jitsi/events.js';
import { meetingEventNames } from '../../src/session/events.js';
import { machine } from '../../src/session/machine.js';
import { version } from '../../src/version.js';
import { pages as guides } from '../support/pages.js';

interface Manifest {
  name: string;
  version: string;
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
}

interface Declaration {
  tagName?: string;
  name: string;
  members: { name: string }[];
  attributes?: { name: string }[];
  events?: { name: string; type: { text: string }; description?: string }[];
  cssStates?: { name: string }[];
}

const read = (path: string): string => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;
const built = existsSync('dist/index.js');

describe('the repository', () => {
  it('names no package registry and no other download address in its lockfile', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });

  it('tells its own version', () => {
    expect(version).toBe(manifest.version);
  });

  it('asks for no more than Lit and jose in the browser', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['jose', 'lit']);
  });

  it('brings along every page that a hint or a guide sends a reader to', () => {
    const inSource = execFileSync('git', ['grep', '-ohE', 'docs/[a-z/-]+\\.md', '--', 'src'], { encoding: 'utf8' });
    const linked = guides.flatMap((guide) =>
      [...read(guide).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, path]) => join(dirname(guide), path!)),
    );
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    const pages = new Set([...inSource.trim().split('\n'), ...linked]);
    expect(pages.size).toBeGreaterThan(8);
    expect(paths).toEqual(expect.arrayContaining([...pages]));
  });

  it('holds no path of a machine', () => {
    const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.md', '*.json', '*.html'], { encoding: 'utf8' })
      .trim()
      .split('\n');
    // Written so that the search does not find this file.
    const path = new RegExp(['/wor', 'k/|/hom', 'e/[a-z]+/|/roo', 't/'].join(''));
    for (const file of files.filter((name) => existsSync(name))) expect(read(file), file).not.toMatch(path);
  });
});

it('the page of the element names each attribute and each property of the table', () => {
  const page = read('docs/reference/element.md');
  const names = propertyNames.map((name) => attributeOf(name) ?? name);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

describe.runIf(built)('the build', () => {
  const entries = Object.entries(manifest.exports).flatMap(([name, target]) =>
    typeof target === 'string' || name.includes('*') ? [] : [[name, target] as const],
  );

  it.each(entries)('has the entry %s with its types', (_name, target) => {
    expect(existsSync(target.default)).toBe(true);
    expect(existsSync(target.types)).toBe(true);
  });

  const scripts = entries.filter(([, target]) => target.default.endsWith('.js'));

  it('has nothing but types in the entries for templates', () => {
    const empty = scripts.filter(([, target]) => read(target.default) === '').map(([name]) => name);
    expect(empty).toEqual(['./jsx', './vue', './svelte']);
  });

  it.each(scripts)('can be imported in Node, where there is no page: %s', (name, target) => {
    // What only has types is an empty file, for the bundlers that meet its import; a plain script exports nothing.
    const exportsSomething = read(target.default) !== '' && !name.endsWith('.classic.js');
    const script = `const entry = await import('${manifest.name}${name.slice(1)}'); if (!!Object.keys(entry).length !== ${exportsSomething}) process.exit(1)`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
  });

  it('has a plain script that does nothing in Node', () => {
    const script = `await import('${manifest.name}/dist/jitsi-meeting.classic.js')`;
    execFileSync(process.execPath, ['--input-type=module', '-e', script], { stdio: 'pipe' });
  });

  it.each([
    `import '${manifest.name}'`,
    `import { JitsiMeeting } from '${manifest.name}/react'; console.log(JitsiMeeting)`,
    `import { JaaSMeeting } from '${manifest.name}/compat/react-sdk'; console.log(JaaSMeeting)`,
    `import { JitsiMeeting } from '${manifest.name}/compat/vue-sdk'; console.log(JitsiMeeting)`,
  ])('still defines the elements after a bundler has removed unused code: %s', async (contents) => {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: '.' },
      bundle: true,
      write: false,
      format: 'esm',
      external: ['lit', 'jose', 'react', 'vue'],
    });
    expect(/customElements\.define\("jitsi-meeting"/.exec(outputFiles[0]!.text)).not.toBeNull();
  });

  it.each(['react', 'compat/react-sdk'])(
    'marks %s as for the browser, so that server components can import it',
    (entry) => {
      expect(read(`dist/${entry}/index.js`)).toMatch(/^["']use client["'];/);
    },
  );

  it('keeps what a server needs out of the browser, and the other way round', () => {
    const element = read('dist/jitsi-meeting.js');
    // Not toMatch: it would print the whole bundle.
    expect(/["'`]node:|SignJWT|createTokenHandler|must be SPKI/.exec(element)?.[0]).toBeUndefined();
    expect(/from ["']lit|document\./.exec(read('dist/server/index.js'))?.[0]).toBeUndefined();
  });

  it('names in third-party-licenses.txt every package whose code is in its single files', () => {
    const maps = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) =>
      /^jitsi-meeting[./].*\.map$/.test(file),
    );
    const sources = maps.flatMap((file) => (JSON.parse(read(`dist/${file}`)) as { sources: string[] }).sources);
    const packages = new Set(
      sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
    );
    expect(packages).toContain('lit-html');
    const licences = read('dist/third-party-licenses.txt');
    expect([...packages].filter((name) => !licences.split('\n')[0]!.includes(name))).toEqual([]);
    expect(licences).toContain('Redistributions');
  });

  const { modules } = JSON.parse(built ? read('custom-elements.json') : '{"modules":[]}') as {
    modules: { path: string; declarations: Declaration[] }[];
  };
  const declarations = modules.flatMap((module) => module.declarations);
  const meeting = declarations.find((one) => one.tagName === 'jitsi-meeting');

  it('describes both elements in the manifest, with every attribute of the contract', () => {
    const attributes = propertyNames.map(attributeOf).filter((name) => name !== undefined);
    expect(attributes.length).toBeGreaterThan(15);
    expect(meeting?.attributes?.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...attributes, 'jwt', 'lang']),
    );
    expect(meeting?.members.map(({ name }) => name)).toEqual(expect.arrayContaining(propertyNames));
    expect(declarations.some((one) => one.name === 'TokenStatusElement')).toBe(true);
    expect(modules.map(({ path }) => path).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('describes there every event that the element dispatches, with the type of its detail', () => {
    const internal = ourNames().events.filter((event) => event.internal);
    const dispatched = [...meetingEventNames, ...jitsiEventNames].filter(
      (name) => !internal.some((event) => event.name === name),
    );
    const events = meeting?.events ?? [];
    expect(events.map(({ name }) => name)).toEqual(dispatched);
    expect(events.filter(({ type, description }) => !/^CustomEvent<.+>$/.test(type.text) || !description)).toEqual([]);
    const typeOf = (name: string): string | undefined => events.find((event) => event.name === name)?.type.text;
    expect(typeOf('audioMuteStatusChanged')).toBe('CustomEvent<{ muted: boolean }>');
    expect(typeOf('meeting-error')).toBe('CustomEvent<{ error: JitsiMeetingError }>');
  });

  it('describes there every state and every code of an error, which is a state in CSS as well, and nothing that is private', () => {
    const states = new Set(Object.values(machine).map(({ state }) => state));
    expect(meeting?.cssStates?.map(({ name }) => name).sort()).toEqual([...states, ...errorCodes].sort());
    expect(declarations.flatMap(({ members }) => members).filter(({ name }) => name.startsWith('#'))).toEqual([]);
  });
});
