import { html, nothing, type TemplateResult } from 'lit';
import type { Finding } from '../../../src/preflight/index.js';
import { outline } from './show.js';

interface Line {
  /** `context.user.name`; empty for brackets. */
  path: string;
  text: string;
}

/** JSON line by line, each with the name that it stands for. */
function linesOf(value: unknown, path = '', indent = '', comma = ''): Line[] {
  const key = path.split('\0').at(-1)!;
  const name = indent === '' ? '' : `${JSON.stringify(key)}: `;
  const at = path.replaceAll('\0', '.');
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ path: at, text: `${indent}${name}${JSON.stringify(value)}${comma}` }];
  const entries = Object.entries(value);
  return [
    { path: at, text: `${indent}${name}{` },
    ...entries.flatMap(([inner, one], index) =>
      linesOf(one, path === '' ? inner : `${path}\0${inner}`, `${indent}  `, index < entries.length - 1 ? ',' : ''),
    ),
    { path: '', text: `${indent}}${comma}` },
  ];
}

const longest = 400;

/**
 * A header or a payload with what is wrong marked in its place, and explained below it. Findings of what is missing
 * stand at the end.
 */
export function annotated(label: string, value: object, findings: readonly Finding[], prefix = ''): TemplateResult {
  const lines = linesOf(outline(value, 8)).slice(0, longest);
  const of = (path: string): Finding[] =>
    path === '' ? [] : findings.filter(({ claim }) => claim === `${prefix}${path}`);
  const placed = new Set(lines.flatMap(({ path }) => of(path)));
  const missing = findings.filter(
    (one) => one.claim !== undefined && one.claim.startsWith('header.') === (prefix !== '') && !placed.has(one),
  );
  return html`
    <h3>${label}</h3>
    <div class="json" tabindex="0" role="group" aria-label=${label}>
      ${lines.map(({ path, text }) => line(clipped(text), of(path)))}
      ${missing.map((one) => line(`${one.claim!.replace(prefix, '')} is missing`, [one]))}
    </div>
  `;
}

const clipped = (text: string): string => (text.length > 2000 ? `${text.slice(0, 2000)}…` : text);

function line(text: string, findings: readonly Finding[]): TemplateResult {
  const [first] = findings;
  return html`<div class=${first ? `marked ${first.severity}` : ''}>
    <code>${text}</code>${first ? findings.map(({ fix }) => html`<p>${prose(fix)}</p>`) : nothing}
  </div>`;
}

/** Names of claims stand between backticks. */
export const prose = (text: string): (TemplateResult | string)[] =>
  text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part));
