import type { WordsOf } from '../server-texts.js';
import type { FindingCode } from './codes/index.js';
import type { Finding, Stage } from './types.js';

type Details<Code> = Partial<Pick<Finding, 'claim' | 'found' | 'expected'>> & { serverText?: WordsOf<Code> };

/** Makes findings of the codes in a table, with the fix that stands there. */
export const findingsOf =
  <Code extends FindingCode>(fixes: Record<Code, string>) =>
  <Found extends Code>(
    code: Found,
    severity: Finding['severity'],
    stage: Stage,
    details: Details<Found> = {},
  ): Finding => ({
    code,
    severity,
    stage,
    ...details,
    fix: fixes[code],
  });

const undecided: readonly FindingCode[] = [
  'signature-unchecked',
  'iss-unchecked',
  'domain-unchecked',
  'room-pattern-undecided',
];

/** Whether a finding says that something couldn't be looked at, and nothing against the token. */
export const isUndecided = ({ code }: Finding): boolean => undecided.includes(code);

/** A claim's value as people read it, cut off where it is long or deep. */
export function show(value: unknown): string {
  const text =
    value === undefined ? 'nothing' : typeof value === 'number' ? `${value}` : JSON.stringify(outline(value, 2));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function outline(value: unknown, levels: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.slice(0, 5).map((item) => outline(item, levels - 1));
  const entries = Object.entries(value).slice(0, 5);
  return Object.fromEntries(entries.map(([name, item]) => [name, outline(item, levels - 1)]));
}
