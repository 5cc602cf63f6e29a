import { describe, expect, it } from 'vitest';
import { Library, type Words } from '../../src/locale/library.js';

const english: Words = { join: 'Join', close: 'Close', retry: 'Try again' };

/** A library whose files can be made to fail, and that counts how often each was fetched. */
function library() {
  const fetched: string[] = [];
  const broken = new Set<string>();
  const file = (tag: string, words: Words) => () => {
    fetched.push(tag);
    return broken.has(tag) ? Promise.reject(new Error('offline')) : Promise.resolve({ default: words });
  };
  const words = new Library(english, {
    de: file('de', { join: 'Teilnehmen', close: 'Schließen', retry: 'Nochmal' }),
    'pt-br': file('pt-br', { join: 'Entrar' }),
    en: file('en', { 'sign-in': 'Sign in' }),
  });
  return { words, fetched, broken };
}

describe('the words of a language', () => {
  it('are English until they are there, and then come from one file that is fetched once', async () => {
    const { words, fetched } = library();
    expect(words.wordsFor('de').join).toBe('Join');
    expect(words.languageFor('de')).toBe('en');
    expect(await Promise.all([words.load('de'), words.load('de-AT'), words.load('DE')])).toEqual([true, true, true]);
    expect(fetched).toEqual(['de']);
    expect(words.wordsFor('de-AT').join).toBe('Teilnehmen');
    expect(words.languageFor('de-AT')).toBe('de');
  });

  it('are the rest of the English ones where the package has no such language', async () => {
    const { words, fetched } = library();
    expect(await words.load('tlh')).toBe(true);
    expect(fetched).toEqual(['en']);
    expect(words.wordsFor('tlh')).toEqual({ ...english, 'sign-in': 'Sign in' });
    expect(words.languageFor(undefined)).toBe('en');
  });

  it('are English, key by key, where a language lacks one', async () => {
    const { words } = library();
    await words.load('pt');
    expect(words.wordsFor('pt')).toEqual({ ...english, join: 'Entrar' });
    expect(words.languageFor('pt')).toBe('pt-BR');
  });

  it('of a page win, key by key, before and after the file has come', async () => {
    const { words } = library();
    words.add('de', { join: 'Los' });
    words.add('DE', { close: 'Zu' });
    expect(words.wordsFor('de')).toEqual({ ...english, join: 'Los', close: 'Zu' });
    await words.load('de');
    expect(words.wordsFor('de')).toEqual({ join: 'Los', close: 'Zu', retry: 'Nochmal' });
  });

  it('of a region stand over those of its language', () => {
    const { words } = library();
    words.add('de', { join: 'Teilnehmen', close: 'Schließen' });
    words.add('de-CH', { close: 'Schliessen' });
    expect(words.wordsFor('de-CH')).toEqual({ ...english, join: 'Teilnehmen', close: 'Schliessen' });
    expect(words.wordsFor('de').close).toBe('Schließen');
    expect(words.languageFor('de-CH')).toBe('de-CH');
  });

  it('that cannot be loaded are the rest of the English ones, and come at the next call', async () => {
    const { words, fetched, broken } = library();
    broken.add('de');
    expect(await words.load('de')).toBe(false);
    expect(fetched).toEqual(['de', 'en']);
    expect(words.wordsFor('de')['sign-in']).toBe('Sign in');
    broken.clear();
    expect(await words.load('de')).toBe(true);
    expect(words.wordsFor('de').join).toBe('Teilnehmen');
  });

  it('are not fetched when a script has brought them', async () => {
    const { words, fetched } = library();
    words.own('de', { join: 'Teilnehmen' });
    expect(await words.load('de')).toBe(true);
    expect(fetched).toEqual([]);
  });

  it('are told of when they come, until a listener has had enough', async () => {
    const { words } = library();
    let told = 0;
    const end = words.onChange(() => told++);
    await words.load('de');
    words.add('fr', { join: 'Participer' });
    expect(told).toBe(2);
    end();
    words.add('fr', { join: 'Entrer' });
    expect(told).toBe(2);
  });
});
