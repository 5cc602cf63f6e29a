import { html, nothing, type TemplateResult } from 'lit';
import {
  describeFeatures,
  describeRole,
  describeUser,
  type DecodedToken,
  type TokenTimes,
} from '../../../src/claims/index.js';
import type { Finding, Preflight, Verdict } from '../../../src/preflight/index.js';
import { annotated, prose } from './annotated.js';
import { ago, dateOf, timeZone } from './show.js';

export interface Inspection {
  preflight: Preflight;
  /** `null`: no token, a guest. */
  decoded: DecodedToken | null;
  room: string;
  /** By this device's clock. */
  at: Date;
}

const isError = ({ severity }: Finding): boolean => severity === 'error';

/** The first error of the first stage that refuses: the server's first reason. */
const firstReason = ({ findings }: Preflight): Finding | undefined =>
  findings.find((one) => isError(one) && one.stage === 'connect') ?? findings.find(isError);

/** The result in one sentence, as told to a colleague. */
export function headline({ preflight, decoded, room }: Inspection): string {
  const { connect, join, findings } = preflight;
  const it = decoded ? 'This token' : 'A guest, without a token,';
  const unchecked = findings.some(({ code }) => code === 'signature-unchecked');
  if (connect === 'rejected') return `${it} does not get in: the server refuses it when it logs in.`;
  if (join === 'rejected') {
    const login = connect === 'accepted' ? 'logs in' : unchecked ? 'logs in if its signature is right' : 'may log in';
    return `${it} ${login}, and is then refused at the room “${room}”.`;
  }
  if (connect === 'accepted' && join === 'accepted') return `${it} works: it opens the room “${room}”.`;
  if (unchecked && join === 'accepted')
    return `${it} opens the room “${room}” if its signature is right; no key was given to check that.`;
  return `Nothing speaks against ${decoded ? 'this token' : 'it'}, but not everything could be looked at.`;
}

export function report(inspection: Inspection): TemplateResult {
  const { preflight, decoded, room, at } = inspection;
  const first = firstReason(preflight);
  return html`
    <ol class="verdicts">
      ${verdict('Log in', preflight.connect)} ${verdict(`Enter “${room}”`, preflight.join)}
    </ol>
    ${group('Refused', preflight.findings.filter(isError), first)}
    ${group('To look at', ofSeverity(preflight, 'warning'), first)}
    ${group('Advice', ofSeverity(preflight, 'advice'), first)}
    ${decoded ? contents(decoded, at, preflight.findings) : nothing}
  `;
}

const ofSeverity = ({ findings }: Preflight, severity: Finding['severity']): Finding[] =>
  findings.filter((one) => one.severity === severity);

const verdictWords: Record<Verdict, string> = { accepted: 'accepted', rejected: 'refused', unknown: 'can’t be said' };

const verdict = (stage: string, value: Verdict | null): TemplateResult =>
  html`<li class=${value ?? 'none'}>
    ${stage}: <strong>${value ? verdictWords[value] : 'it doesn’t get that far'}</strong>
  </li>`;

function group(title: string, findings: Finding[], first: Finding | undefined): TemplateResult | typeof nothing {
  if (findings.length === 0) return nothing;
  return html`
    <h3>${title} (${findings.length})</h3>
    <ul class="findings">
      ${findings.map(
        (finding) =>
          html`<li class=${finding.severity}>
            <p>
              <strong>${titleOf(finding)}</strong> <code>${finding.code}</code>
              ${finding === first ? html`<span class="mark">the server’s first reason</span>` : nothing}
            </p>
            <p>${prose(finding.fix)}</p>
            ${finding === first ? html`<p class="note">${answer(finding)}</p>` : nothing}
          </li>`,
      )}
    </ul>
  `;
}

const answer = ({ serverText }: Finding): TemplateResult | string =>
  serverText
    ? html`The server would write <q>${serverText}</q>.`
    : 'The server would not answer at all: the app waits in vain.';

function titleOf({ code, claim, found, expected }: Finding): string {
  const words = code.replaceAll('-', ' ');
  if (!claim) return found ? `${words}: ${found}` : words;
  const is = found === undefined ? words : found === 'nothing' ? 'is missing' : `is ${found}`;
  return `${claim} ${is}${expected ? `, should be ${expected}` : ''}`;
}

function contents({ header, claims, times }: DecodedToken, at: Date, findings: readonly Finding[]): TemplateResult {
  return html`
    ${claims ? person(claims, times, at) : nothing}
    ${header ? annotated('Header', header, findings, 'header.') : nothing}
    ${claims ? annotated('Claims', claims, findings) : nothing}
  `;
}

function person(claims: NonNullable<DecodedToken['claims']>, times: TokenTimes, at: Date): TemplateResult {
  const { name, email, id } = describeUser(claims);
  const { asked } = describeRole(claims);
  const features = Object.entries(describeFeatures(claims));
  const named = (state: boolean): string =>
    features
      .filter(([, value]) => value === state)
      .map(([feature]) => feature)
      .join(', ');
  return html`
    <h3>What it gives</h3>
    <p class="note small">Times are in your zone, ${timeZone()}.</p>
    <dl>
      <dt>person</dt>
      <dd>${[name, email, id && `id ${id}`].filter(Boolean).join(', ') || '–'}</dd>
      <dt>role</dt>
      <dd>${asked ? `asks for ${asked}; the server decides` : 'asks for none; the server decides'}</dd>
      ${time('issued', 'iat', times.issuedAt, times, at)} ${time('valid from', 'nbf', times.notBefore, times, at)}
      ${time('expires', 'exp', times.expiresAt, times, at)}
      <dt>features</dt>
      <dd>
        ${
          features.some(([, value]) => value !== 'default')
            ? html`on: ${named(true) || 'none'}<br />off: ${named(false) || 'none'}`
            : 'the server’s defaults for the role'
        }
      </dd>
    </dl>
  `;
}

const problems: Record<TokenTimes['problems'][number]['kind'], string> = {
  missing: 'missing',
  string: 'written as text',
  milliseconds: 'in milliseconds instead of seconds',
  'not-a-number': 'not a number',
  'out-of-range': 'out of range',
};

function time(label: string, claim: 'iat' | 'nbf' | 'exp', date: Date | undefined, times: TokenTimes, at: Date) {
  const problem = times.problems.find((one) => one.claim === claim);
  return html`
    <dt>${label}</dt>
    <dd>
      ${date ? html`${dateOf(date)} <span class="note">(${ago(date, at)})</span>` : problem ? nothing : '–'}
      ${problem ? html`<strong>${problems[problem.kind]}</strong>` : nothing}
    </dd>
  `;
}
