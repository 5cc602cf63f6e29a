import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/preflight/lua/json.js';
import { luaMatch } from '../../src/preflight/lua/pattern.js';
import { asNumber, type LuaValue, numberText } from '../../src/preflight/lua/values.js';

interface Recorded {
  patterns: [subject: string, pattern: string, result: { match?: string; error?: string } | null][];
  json: [text: string, value: string | null][];
  number_texts: [number: number, text: string][];
  text_numbers: [text: string, number: string | null][];
}

const recorded = JSON.parse(readFileSync('test/data/lua/recorded.json', 'utf8')) as Recorded;

/** A value as the recording writes it (test/data/lua/README.md). */
function written(value: LuaValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `${Buffer.from(value, 'latin1').toString('hex')}'`;
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value);
  const entries = Array.isArray(value)
    ? value.map((item, index) => `#${String(index + 1).padStart(6, '0')}=${written(item)}`)
    : [...value].map(([name, item]) => `s${name}=${written(item)}`);
  return `{${entries.sort().join(';')}}`;
}

describe('luaMatch answers as string.match', () => {
  it(`to ${recorded.patterns.length} recorded patterns`, () => {
    for (const [subject, pattern, result] of recorded.patterns) {
      const said = luaMatch(subject, pattern);
      const context = { subject, pattern };
      if (result === null) expect({ ...context, said }).toEqual({ ...context, said: { kind: 'no-match' } });
      else if (result.match !== undefined)
        expect({ ...context, said }).toEqual({ ...context, said: { kind: 'match', match: result.match } });
      else {
        expect({ ...context, kind: said.kind }).toEqual({ ...context, kind: 'error' });
        if (said.kind === 'error') expect(result.error).toContain(said.message);
      }
    }
  });

  it('gives up on a pattern that takes too long', () => {
    const slow = `${'.*'.repeat(12)}x`;
    expect(luaMatch('a'.repeat(60), slow)).toEqual({ kind: 'budget' });
    expect(luaMatch('aaaa', 'a*a*b', 10)).toEqual({ kind: 'budget' });
  });
});

describe('readJson reads what lua-cjson reads', () => {
  it(`in ${recorded.json.length} recorded texts`, () => {
    for (const [text, value] of recorded.json) {
      const read = readJson(text);
      expect([text, read ? written(read.value) : null]).toEqual([text, value]);
    }
  });

  it('refuses nesting deeper than a thousand', () => {
    expect(readJson('['.repeat(1000) + ']'.repeat(1000))).toBeDefined();
    expect(readJson('['.repeat(1001) + ']'.repeat(1001))).toBeUndefined();
  });
});

describe('numbers', () => {
  it.each(recorded.number_texts)('%d is written %s', (number, text) => expect(numberText(number)).toBe(text));

  it.each(recorded.text_numbers)('%j reckons as %s', (text, number) => {
    const value = asNumber(text);
    expect(value === undefined ? null : numberText(value)).toBe(number);
  });
});
