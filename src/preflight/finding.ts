import type { FindingCode } from './codes/index.js';
import type { Finding, Stage } from './types.js';

type Details = Partial<Pick<Finding, 'claim' | 'found' | 'expected' | 'serverText'>>;

/** Makes findings of the codes in a table, with the fix that stands there. */
export const findingsOf =
  <Code extends FindingCode>(fixes: Record<Code, string>) =>
  (code: Code, severity: Finding['severity'], stage: Stage, details: Details = {}): Finding => ({
    code,
    severity,
    stage,
    ...details,
    fix: fixes[code],
  });

/** A claim's value as people read it, cut off where it is long. */
export function show(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing');
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
