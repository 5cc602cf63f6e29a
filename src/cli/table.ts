import type { Finding, Preflight, Verdict } from '../preflight/index.js';

const words: Record<Verdict, string> = {
  accepted: 'yes',
  rejected: 'no',
  unknown: 'can’t be told from what was given',
};

/** A preflight as text: the two answers, then what was found, the worst first. */
export function preflightTable({ connect, join, findings }: Preflight): string {
  const lines = [
    `Connecting: ${words[connect]}`,
    `Joining:    ${join === null ? 'no, as connecting fails' : words[join]}`,
  ];
  const order = ['error', 'warning', 'advice'];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return `${[...lines, ...sorted.flatMap(findingLines)].join('\n')}\n`;
}

function findingLines({ severity, code, claim, found, expected, fix, serverText }: Finding): string[] {
  const rows: [string, string | undefined][] = [
    ['claim', claim],
    ['found', found],
    ['expected', expected],
    ['to do', fix],
    ['in the log', serverText],
  ];
  const shown = rows.flatMap(([name, value]) => (value ? [`  ${name.padEnd(10)} ${oneLine(value)}`] : []));
  return ['', `${severity.toUpperCase()} ${code}`, ...shown];
}

// A claim may hold anything, and a terminal obeys control characters.
function oneLine(value: string): string {
  return value.replace(/\p{Cc}/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
