// What `doctor` prints for people.
import { type Answer, capital, type Report, type TrialResult, trialWords } from '../doctor/index.js';
import type { PageReport } from './watch/index.js';

/** Of the deployment. */
export function reportText({ domain, room, tenant, trials, problems, sentence }: Report): string {
  const rows = trials.map((result) => [capital(trialWords[result.name]), expectedWords(result), answeredWords(result)]);
  const place = `${domain}, ${tenant === null ? '' : `tenant ${tenant}, `}room ${room}`;
  return text(place, table(['Sent', 'Expected', 'Answered'], rows), problems, sentence);
}

/** Of a page. */
export function pageText({ address, seen, problems, sentence }: PageReport): string {
  const rows = seen.map(({ what, found }) => [what, found]);
  return text(address, table(['Looked at', 'Found'], rows), problems, sentence);
}

type Problems = readonly { code: string; severity: string; message: string; fix: string }[];

/** Paragraphs, with an empty line between. */
function text(title: string, lines: readonly string[], problems: Problems, sentence: string): string {
  const found = problems.map(({ code, severity, message, fix }) => [
    `${severity.toUpperCase()} ${code}`,
    `  ${message}`,
    `  ${fix}`,
  ]);
  const paragraphs = [[title], lines, ...found, [sentence]].filter(({ length }) => length > 0);
  return `${paragraphs.map((one) => one.join('\n')).join('\n\n')}\n`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  return [head, ...rows].map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd(),
  );
}

function expectedWords({ expected: { connect, join } }: TrialResult): string {
  if (connect === 'rejected') return 'refused';
  if (join === 'rejected') return 'refused at the room';
  return connect === 'unknown' || join === 'unknown' ? 'can’t be told' : 'gets in';
}

function answeredWords({ connect, join }: TrialResult): string {
  return join === null ? answerWords(connect, '') : answerWords(join, ' at the room');
}

function answerWords(answer: Answer, place: string): string {
  if (answer.answer === 'accepted') return 'gets in';
  return answer.answer === 'silence' ? `no answer${place}` : `refused${place}: ${answer.text || 'without a reason'}`;
}
