import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sdk } from '../../scripts/archives.js';
import { appLanguage, appLanguages } from '../../src/jitsi/app-language.js';

it('the languages of the app are those of its own list', () => {
  const list = JSON.parse(readFileSync(`${sdk.folder}/lang/languages.json`, 'utf8')) as object;
  expect(appLanguages.toSorted()).toEqual(Object.keys(list).toSorted());
});

it.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['zh-Hans', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-HK', 'zh-TW'],
  ['zh-Hant', 'zh-TW'],
  ['pt-BR', 'pt-BR'],
  ['pt', 'pt-BR'],
  ['pt-PT', 'pt'],
  ['es', 'es'],
  ['es-MX', 'es-US'],
  ['es-419', 'es-US'],
  ['fr-CA', 'fr-CA'],
  ['fr-BE', 'fr'],
  ['nn-NO', 'nb'],
  ['iw', 'he'],
  ['tlh', 'tlh'],
  ['zhCN', 'zhCN'],
  ['', ''],
])('the app is told %s as %s', (tag, name) => {
  expect(appLanguage(tag)).toBe(name);
});
