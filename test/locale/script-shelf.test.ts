import { runInThisContext } from 'node:vm';
import { expect, it } from 'vitest';
import { localeScript, takeFromScripts } from '../../src/locale/script-shelf.js';

it('a plain script brings its words to every copy of the package, whichever comes first', () => {
  const heard: string[] = [];
  const copy = (name: string): void => takeFromScripts((tag, { join }) => heard.push(`${name} ${tag} ${join}`));
  runInThisContext(localeScript('de', { join: 'Teilnehmen „jetzt“' }));
  copy('module');
  copy('classic');
  runInThisContext(localeScript('ja', { join: '参加\u2028' }));
  expect(heard.toSorted()).toEqual([
    'classic de Teilnehmen „jetzt“',
    'classic ja 参加\u2028',
    'module de Teilnehmen „jetzt“',
    'module ja 参加\u2028',
  ]);
});

it('such a script reads the same in every encoding', () => {
  expect(localeScript('ja', { join: '参加 “😀”\u2028' })).toMatch(/^[\x20-\x7e]+\n$/);
});
