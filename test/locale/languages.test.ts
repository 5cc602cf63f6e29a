import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { localeTags } from '../../scripts/locale-tags.js';
import { en, type Messages } from '../../src/locale/en.js';
import { shipped } from '../../src/locale/shipped.js';
import { shipped as shippedBesideModule } from '../../src/locale/shipped.module.js';
import { directionOf } from '../../src/locale/tags.js';

const tags = localeTags.filter((tag) => tag !== 'en');
const languages = await Promise.all(
  tags.map(async (tag) => {
    const file = (await import(`../../src/locale/${tag}.ts`)) as { default: Messages };
    return [tag, file.default] as const;
  }),
);

/** How each language marks a name. */
const quotes: Record<string, string> = {
  ar: '«»',
  bg: '„“',
  ca: '«»',
  cs: '„“',
  da: '“”',
  de: '„“',
  el: '«»',
  es: '«»',
  et: '„“',
  eu: '«»',
  fa: '«»',
  fi: '””',
  fr: '«»',
  he: '„”',
  hi: '“”',
  hr: '„”',
  hu: '„”',
  id: '“”',
  it: '«»',
  ja: '「」',
  ko: '“”',
  nb: '«»',
  nl: '‘’',
  pl: '„”',
  'pt-BR': '“”',
  ro: '„”',
  ru: '«»',
  sv: '””',
  tr: '“”',
  uk: '«»',
  'zh-Hans': '“”',
};

/** What ends a sentence: a full stop, a question mark, or an ellipsis of what is under way. */
const endOf = (sentence: string): string => {
  if (/[.。।]$/.test(sentence)) return 'stop';
  if (/[?؟？;]$/.test(sentence)) return 'question';
  return sentence.endsWith('…') ? 'ellipsis' : '';
};

const holes = (sentence: string): string[] => [...sentence.matchAll(/\{\w+\}/g)].map(([hole]) => hole).toSorted();
const keys = Object.keys(en) as (keyof Messages)[];

it('every language that has a file can be loaded', () => {
  expect(Object.keys(shipped)).toEqual(tags.map((tag) => tag.toLowerCase()));
  expect(Object.keys(shippedBesideModule)).toEqual(Object.keys(shipped));
  expect(tags).toEqual(Object.keys(quotes).filter((tag) => tags.includes(tag)));
});

describe.each(languages)('the words of %s', (tag, words) => {
  const wrong = (is: (key: keyof Messages) => boolean): string[] =>
    keys.filter(is).map((key) => `${key}: ${words[key]}`);

  it('are all there, in the order of English, and none is empty', () => {
    expect(Object.keys(words)).toEqual(keys);
    expect(wrong((key) => !words[key].trim() || words[key] !== words[key].trim())).toEqual([]);
  });

  it('are filled in with the same things as in English', () => {
    expect(wrong((key) => holes(words[key]).join() !== holes(en[key]).join())).toEqual([]);
  });

  it('end as in English, a sentence with its stop and a heading without', () => {
    expect(wrong((key) => endOf(words[key]) !== endOf(en[key]))).toEqual([]);
  });

  it('are headings of at most 45 letters', () => {
    expect(wrong((key) => key.endsWith('-title') && [...words[key]].length > 45)).toEqual([]);
  });

  it('mark names as the language does', () => {
    const [open, close] = [...quotes[tag]!];
    expect(words['frame-title'].replaceAll(/[\s\u00a0\u202f]/g, '')).toContain(`${open}{room}${close}`);
    expect(wrong((key) => /["']/.test(words[key]))).toEqual([]);
  });

  it('are translated, but for words that are the same in many languages', () => {
    const sentences = keys.filter((key) => endOf(en[key]) === 'stop');
    expect(sentences.filter((key) => words[key] === en[key])).toEqual([]);
  });

  it('say in their file which way they are written and who has read them', () => {
    const file = readFileSync(`src/locale/${tag}.ts`, 'utf8');
    expect(file).toMatch(
      new RegExp(
        `\\(.+\\), dir ${directionOf(tag)}\\. (Translated by machine, not reviewed|Reviewed) by a native speaker`,
      ),
    );
  });
});
