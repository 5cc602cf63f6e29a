import { describe, expect, it } from 'vitest';
import { directionOf, tagsFor, usualTag } from '../../src/locale/tags.js';

describe('the tags under which words for a language may stand', () => {
  it.each([
    ['de-AT', ['de-at', 'de-latn', 'de']],
    ['zh-CN', ['zh-cn', 'zh', 'zh-hans']],
    ['zh-Hant-HK', ['zh-hant-hk', 'zh-hant', 'zh']],
    ['zh-TW', ['zh-tw', 'zh', 'zh-hant']],
    ['pt', ['pt', 'pt-latn', 'pt-br']],
    ['pt-AO', ['pt-ao', 'pt', 'pt-latn', 'pt-br']],
    ['iw', ['iw', 'he']],
    ['no', ['no', 'nb']],
    ['nn-NO', ['nn-no', 'nn', 'nb']],
    ['x-mine', ['x-mine', 'x']],
    ['', ['']],
  ])('%s: %j', (tag, tags) => {
    const found = [...new Set(tagsFor(tag))];
    expect(found.filter((one) => tags.includes(one))).toEqual(
      [...tags].toSorted((a, b) => found.indexOf(a) - found.indexOf(b)),
    );
    expect(found).toEqual(expect.arrayContaining(tags));
  });

  it('never lead from one script to another', () => {
    expect([...tagsFor('zh-TW')]).not.toContain('zh-hans');
    expect([...tagsFor('zh-SG')]).not.toContain('zh-hant');
  });
});

it('a tag is written as is usual', () => {
  expect(['pt-br', 'ZH-hans', 'de', 'x-mine'].map(usualTag)).toEqual(['pt-BR', 'zh-Hans', 'de', 'x-mine']);
});

it('a language is written in the direction of its script', () => {
  const rtl = ['ar', 'ar-EG', 'fa', 'he', 'iw', 'ur', 'pa-PK', 'ckb', 'yi', 'az-Arab'];
  const ltr = ['en', 'de', 'pa', 'az', 'ja', 'x-mine', '', 'not a tag'];
  expect(rtl.filter((tag) => directionOf(tag) !== 'rtl')).toEqual([]);
  expect(ltr.filter((tag) => directionOf(tag) !== 'ltr')).toEqual([]);
});

it('two letters alone are known as the browser knows them', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  for (const tag of letters.flatMap((one) => letters.map((other) => one + other))) {
    // With a script or region it is the browser's table that answers.
    const byTable = directionOf(new Intl.Locale(tag).maximize().toString());
    expect([tag, directionOf(tag)]).toEqual([tag, byTable]);
  }
});
