import { describe, expect, it } from 'vitest';
import { clockTime, fill, fromNow, inOneLine, list, loadLanguage, messagesFor } from '../../src/locale/index.js';

/** What `Intl` writes with narrow or unbreakable spaces, with plain ones. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('a time', () => {
  const now = new Date(2026, 10, 26, 9, 30);
  const time = (date: Date, tag: string): string => plain(clockTime(date, tag, now));

  it.each([
    ['de', '15:42'],
    ['en', '3:42 PM'],
    ['en-GB', '15:42'],
    ['fa', '۱۵:۴۲'],
    ['x-mine', '3:42 PM'],
    ['de-DE.UTF-8', '15:42'],
    ['de-', '15:42'],
    ['not a tag', '3:42 PM'],
  ])('of today is that of a clock: %s', (tag, shown) => {
    expect(time(new Date(2026, 10, 26, 15, 42), tag)).toBe(shown);
  });

  it('of another day names the day', () => {
    expect(time(new Date(2026, 10, 27, 0, 5), 'de')).toBe('Fr., 00:05');
    expect(time(new Date(2026, 11, 7, 15, 42), 'de')).toBe('7. Dez., 15:42');
    expect(time(new Date(2026, 10, 25, 15, 42), 'de')).toBe('25. Nov., 15:42');
    expect(time(new Date(2028, 0, 3, 15, 42), 'de')).toBe('3. Jan. 2028, 15:42');
  });
});

describe('how long it is until then', () => {
  it.each([
    [-3, 'in 0 seconds'],
    [0.4, 'in 0 seconds'],
    [1, 'in 1 second'],
    [59.4, 'in 59 seconds'],
    [59.6, 'in 1 minute'],
    [300, 'in 5 minutes'],
    [5_399, 'in 90 minutes'],
    [5_400, 'in 2 hours'],
    [172_799, 'in 48 hours'],
    [172_800, 'in 2 days'],
  ])('%d seconds are told in the largest unit that says enough', (seconds, told) => {
    expect(fromNow(seconds, 'en')).toBe(told);
  });

  it('is inflected as the language has it', () => {
    expect(fromNow(172_800, 'de')).toBe('in 2 Tagen');
    expect([60, 120, 300].map((seconds) => fromNow(seconds, 'ru'))).toEqual([
      'через 1 минуту',
      'через 2 минуты',
      'через 5 минут',
    ]);
    expect(fromNow(300, 'fa')).toBe('۵ دقیقه بعد');
  });
});

it('words are listed as the language has it', () => {
  expect(list(['a', 'b', 'c'], 'de')).toBe('a, b und c');
  expect(list(['a', 'b', 'c'], 'ja')).toBe('a、b、c');
  expect(list([], 'de')).toBe('');
});

it('a sentence is filled in once, with text', () => {
  expect(fill('{a} and {b} and {c}', { a: '{b}', b: '<b>' })).toBe('{b} and <b> and {c}');
});

it.each([
  ['en', 'You’re offline. The meeting continues as soon as you’re back.'],
  ['hi', /[^।]। [^।]+।$/],
  ['zh-Hans', /[^。 ]。[^。 ]+。$/],
])('heading and sentence in one line have the full stop of the language: %s', async (tag, line) => {
  await loadLanguage(tag);
  expect(inOneLine((key) => messagesFor(tag)[key], 'offline')).toMatch(line);
});
