import { describe, expect, it } from 'vitest';
import { decodeToken } from '../src/claims/index.js';
import { errorDetails, type ErrorDetail } from '../src/errors.js';
import { readSignal } from '../src/jitsi/app-events.js';
import { readFailure } from '../src/jitsi/failure-signals.js';
import { en } from '../src/locale/en.js';
import { fixes, type FindingCode } from '../src/preflight/codes/index.js';
import { serverTexts, type ServerText } from '../src/server-texts.js';
import { sureNo } from '../src/session/check-token.js';
import { explainRefusal } from '../src/session/explain-refusal.js';
import { unsignedToken } from './support/jwt.js';
import { readRecording } from './support/prosody-verdicts.js';

const rows: readonly ServerText[] = serverTexts;
/** The row that is there for texts of other releases has no finding, so that it doesn't count as one that knows a text. */
const specific = rows.filter(({ finding, also }) => finding ?? also);
const words = rows.flatMap((row) => row.says.map((text) => ({ text, row })));
/** All that is said of a token. */
const coded = words.filter(({ row }) => row.code !== undefined);

const recorded = new Set(
  (['2026-03', '2026-07'] as const)
    .flatMap((release) => readRecording(release).cases)
    .flatMap(({ verdict: { connect, join } }) => [connect.text, join?.text])
    .filter((text): text is string => typeof text === 'string'),
);

const plainToken = decodeToken(unsignedToken({ room: 'other' }));
const patternToken = decodeToken(unsignedToken({ room: 'other%-.*', context: { room: { regex: true } } }));

/** Key of the sentence that a visitor reads when Jitsi's app passes a refusal on. */
function readAfter(text: string, token: typeof plainToken) {
  const error = { name: 'conference.connectionError.notAllowed', params: ['general', text] };
  const signal = readSignal('errorOccurred', { error }, undefined, readFailure);
  if (signal?.type !== 'refused') throw new Error(`“${text}” is not told as a refusal`);
  const { code, detail } = explainRefusal(signal.error, signal.stage, undefined, token, signal.serverText ?? null);
  return detail ?? code;
}

describe('the table of what servers say', () => {
  it('has exactly one row of a finding for every recorded text', () => {
    expect(recorded.size).toBeGreaterThan(25);
    const wrong = [...recorded].filter((text) => specific.filter(({ pattern }) => pattern.test(text)).length !== 1);
    expect(wrong).toEqual([]);
  });

  it.each(words)('finds the row of its own words first: $text', ({ text, row }) => {
    expect(rows.find(({ pattern }) => pattern.test(text))).toBe(row);
  });

  it('names findings that preflight knows', () => {
    const names = rows
      .flatMap(({ finding, ofPattern, also }) => [finding, ofPattern?.finding, ...(also ?? [])])
      .filter((name) => name !== undefined);
    expect(names.filter((name) => !Object.hasOwn(fixes, name))).toEqual([]);
  });

  it.each(coded)('says which sentence a visitor reads: $text', ({ text, row }) => {
    const { code = '', visitor = code, ofPattern } = row;
    expect(readAfter(text, plainToken)).toBe(visitor);
    if (ofPattern) expect(readAfter(text, patternToken)).toBe(ofPattern.visitor ?? code);
    expect([visitor, `${visitor}-title`].some((key) => Object.hasOwn(en, key))).toBe(true);
  });

  it.each(rows.filter(({ finding }) => finding !== undefined))(
    'has the code and the sentence of a token that is refused before it is sent: $finding',
    ({ finding, code, visitor }) => {
      const detail = (errorDetails as readonly unknown[]).includes(visitor) ? (visitor as ErrorDetail) : undefined;
      const found = { code: finding as FindingCode, severity: 'error', stage: 'join', fix: '' } as const;
      const error = sureNo({ connect: 'accepted', join: 'rejected', findings: [found] });
      expect({ code: error?.code, detail: error?.detail }).toEqual({ code, detail });
    },
  );
});
