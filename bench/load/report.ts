// The figures as tables: for the terminal, and between two marks in docs/internals/performance.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { median } from './median.js';
import type { Setting, Visit } from './measure.js';
import type { Mounts } from './mounts.js';
import type { Subject } from './subjects.js';

/** By setting and subject. */
export type Visits = Map<Setting, Map<Subject, Visit[]>>;

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map((_, at) => (at === 0 ? '---' : '--:'))), ...rows.map(row)].join('\n');
const middle = (visits: readonly Visit[], of: keyof Visit): number => median(visits.map((visit) => visit[of]));
const kilobytes = (bytes: number): string => (bytes / 1000).toFixed(1);

/** One line for a subject: medians, and how many times as long as `hand` it takes. */
export function timeTable(visits: Visits, hand: Subject): string {
  const settings = [...visits.keys()];
  const subjects = [...visits.get(settings[0]!)!.keys()];
  const head = ['Page', ...settings.flatMap(({ label }) => [label, 'ratio']), 'blocked', 'kB', 'files'];
  const rows = subjects.map((subject) => {
    const times = settings.flatMap((setting) => {
      const time = (of: Subject): number => middle(visits.get(setting)!.get(of)!, 'time');
      return [`${Math.round(time(subject))} ms`, (time(subject) / time(hand)).toFixed(2)];
    });
    const slowest = visits.get(settings.at(-1)!)!.get(subject)!;
    const blocked = `${Math.round(middle(slowest, 'blocked'))} ms`;
    return [subject.label, ...times, blocked, kilobytes(middle(slowest, 'bytes')), middle(slowest, 'files')];
  });
  return table(head, rows);
}

export function mountsText(mounts: Mounts): string {
  const { count, iframes, objects, documents, listeners, heap } = mounts;
  const left = `${iframes} iframes, ${objects} elements and API objects, ${documents} documents, ${listeners} listeners, ${heap} bytes a mount`;
  const times = `median ${Math.round(mounts.median)} ms, slowest ${Math.round(mounts.slowest)} ms`;
  return `${count} mounts, ten at a time, half of them cut off half-way. More than before: ${left}. Joined: ${times}.`;
}

export const eventsText = ({ hand, module }: Record<'hand' | 'module', number>): string =>
  `An event with one listener: ${module.toFixed(2)} µs told on the element, ${hand.toFixed(2)} µs by Jitsi's API object alone.`;

export const machineText = (runs: number, browser: string): string =>
  `Medians of ${runs} visits each, taken in turn. Chromium ${browser}, Node ${process.version}, ${availableParallelism()} cores.`;

const page = 'docs/internals/performance.md';

/** Puts the text between the marks of `bench load`. */
export async function writePage(text: string): Promise<void> {
  const before = readFileSync(page, 'utf8');
  const parts = /^([^]*<!-- bench load[^>]*-->\n)[^]*(<!-- end of bench load -->[^]*)$/.exec(before);
  if (!parts) throw new Error(`${page} has no marks for these figures.`);
  const options = await resolveConfig(page);
  writeFileSync(page, await format(`${parts[1]}\n${text}\n\n${parts[2]}`, { ...options, filepath: page }));
}
