import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Touches {
  touches: { how: 'read' | 'set'; name: string; by: string }[];
  added: string[];
}

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  exports: Record<string, string | { default: string }>;
};
const entries = Object.values(exports)
  .map((entry) => (typeof entry === 'string' ? entry : entry.default))
  .map((file) => file.replace('*', 'en'))
  .filter((file) => file.endsWith('.js'));
/** They hold Lit, which looks for these when it is imported; there they have stand-ins of their own. */
const single = entries.filter((file) => file.startsWith('./dist/jitsi-meeting.'));
const asked = ['HTMLElement', 'ShadowRoot', 'CSSStyleSheet', 'customElements', 'document'];

function importInNode(file: string): Touches {
  const code = `await import(${JSON.stringify(pathToFileURL(file).href)})`;
  const args = ['--import', './test/support/dom-traps.mjs', '--input-type=module', '--eval', code];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Touches;
}

describe('in a process without a browser, an import touches nothing that only browsers have', () => {
  it('and there are entries to import', () => {
    expect(entries.length).toBeGreaterThan(10);
    expect(single.length).toBeGreaterThan(1);
  });

  it.each(entries.filter((file) => !single.includes(file)))('%s', (file) => {
    const ours = importInNode(file).touches.filter(({ by }) => relative('.', by).startsWith('dist'));
    expect(ours).toEqual([]);
  });

  it.each(single)('but what Lit needs, in the file that holds it: %s', (file) => {
    const { touches, added } = importInNode(file);
    expect(touches.filter(({ name, how }) => how === 'set' || !asked.includes(name))).toEqual([]);
    // Lit's own: its versions, and the marks of its warnings.
    expect(added.filter((name) => !/^(lit|reactiveElement)/.test(name))).toEqual([]);
  });

  it('which this test would notice', () => {
    const code = 'data:text/javascript,typeof document; globalThis.window = 1;';
    const args = [
      '--import',
      './test/support/dom-traps.mjs',
      '--input-type=module',
      '--eval',
      `await import('${code}')`,
    ];
    const { touches } = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Touches;
    expect(touches.map(({ how, name }) => `${how} ${name}`)).toEqual(['read document', 'set window']);
  });
});
