import { describe, expect, it } from 'vitest';
import { addLanguage, messagesFor } from '../../src/locale/index.js';

const add = addLanguage as (...given: unknown[]) => void;

describe('addLanguage', () => {
  it('leaves the words of a key that is given none', () => {
    add('x-gaps', { join: 'Los', retry: undefined, cancel: null });
    expect(messagesFor('x-gaps')).toMatchObject({ join: 'Los', retry: 'Try again', cancel: 'Cancel' });
  });

  it('takes a tag as backends write it', () => {
    add(' de_CH ', { cancel: 'Schliessen' });
    expect(messagesFor('de-CH').cancel).toBe('Schliessen');
  });

  it.each([
    [[undefined, {}], 'addLanguage was given a language without a tag.'],
    [['', {}], 'addLanguage was given a language without a tag.'],
    [['x-bad', null], 'addLanguage was given no object for the words of "x-bad".'],
    [['x-bad', 'Los'], 'addLanguage was given no object for the words of "x-bad".'],
    [['x-bad', ['Los']], 'addLanguage was given no object for the words of "x-bad".'],
    [['x-bad', { cancel: 'A', join: 5 }], 'addLanguage was given a number for "join" of "x-bad".'],
  ])('refuses what is not text, and says what it was: %j', (given, message) => {
    expect(() => add(...given)).toThrow(expect.objectContaining({ code: 'config-invalid', message }));
    expect(messagesFor('x-bad').cancel).toBe('Cancel');
  });
});
