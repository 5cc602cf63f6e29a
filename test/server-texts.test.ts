import { describe, expect, it } from 'vitest';
import { fixes } from '../src/preflight/codes/index.js';
import { serverTexts, type ServerText } from '../src/server-texts.js';
import { readRecording } from './support/prosody-verdicts.js';

const rows: readonly ServerText[] = serverTexts;
const specific = rows.filter(({ finding }) => finding !== undefined);

/** What a server says when nobody has opened the room yet: that isn't about a token. */
const notOfTokens = ['Room does not exist'];

const recorded = new Set(
  (['2026-03', '2026-07'] as const)
    .flatMap((release) => readRecording(release).cases)
    .flatMap(({ verdict: { connect, join } }) => [connect.text, join?.text])
    .filter((text): text is string => typeof text === 'string' && !notOfTokens.includes(text)),
);

describe('the table of what servers say', () => {
  it('has exactly one row of a finding for every recorded text', () => {
    expect(recorded.size).toBeGreaterThan(25);
    const wrong = [...recorded].filter((text) => specific.filter(({ pattern }) => pattern.test(text)).length !== 1);
    expect(wrong).toEqual([]);
  });

  it.each(rows.map(({ example, pattern }) => [example, pattern] as const))(
    'finds the row of its own example first: %s',
    (example, pattern) => {
      expect(rows.find((row) => row.pattern.test(example))?.pattern).toBe(pattern);
    },
  );

  it('names findings that preflight knows', () => {
    const names = rows.flatMap(({ finding, ofPattern }) => [finding, ofPattern]).filter((name) => name !== undefined);
    expect(names.filter((name) => !Object.hasOwn(fixes, name))).toEqual([]);
  });
});
