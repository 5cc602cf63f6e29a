import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import type { Claims, Features, MeetingRole } from '../claims/index.js';
import type { MessageKey } from '../locale/en.js';
import { clockTime, fromNow, list } from '../locale/format.js';
import { hasWords } from '../locale/words.js';
import type { TokenView } from './jitsi-token-status.js';

/** What the bar is drawn with. */
export interface Voice {
  say(key: MessageKey, values?: Record<string, string>): string;
  /** Language of times and lists. */
  tag: string;
  /** ms since 1970 by the device. */
  now: number;
}

/** Draws the bar into its place; without a view it is empty. */
export function drawFacts(place: HTMLElement, view: TokenView | undefined, voice: Voice): void {
  render(view ? facts(view, voice) : nothing, place);
}

function facts(view: TokenView, voice: Voice): TemplateResult {
  return html`<div class="facts" role="group" aria-label=${voice.say('status')}>
    <p class="role" part="role">${roleOf(view.meetingRole, voice)}</p>
    ${view.claims ? rights(view.features, voice) : nothing} ${view.claims ? expiry(view, voice) : nothing}
  </div>`;
}

function roleOf(role: MeetingRole, { say }: Voice): string {
  if (role.source === 'claims' && role.name !== 'unknown') return say(`role-asked-${role.name}`);
  return say(`role-${role.name}`);
}

function rights(features: Features | undefined, voice: Voice): TemplateResult {
  return html`<details class="rights" part="rights">
    <summary>${voice.say('rights')}</summary>
    <p>${whatOneCanDo(features, voice)}</p>
  </details>`;
}

function whatOneCanDo(features: Features | undefined, { say, tag }: Voice): string {
  const entries = Object.entries(features ?? {});
  if (entries.every(([, value]) => value === 'default')) return say('features-default');
  const on = entries.filter(([, value]) => value === true).map(([name]) => feature(name, say));
  return on.length > 0 ? say('features', { features: list(on, tag) }) : say('features-none');
}

function feature(name: string, say: Voice['say']): string {
  const key = `feature-${name}`;
  return hasWords(key) ? say(key) : name.replaceAll('-', ' ');
}

function expiry(view: TokenView, voice: Voice): TemplateResult | typeof nothing {
  const { tokenExpiresAt, clockSkew } = view;
  if (!tokenExpiresAt) {
    // No server takes a text for a time.
    if (typeof (view.claims as Claims).exp === 'string') return nothing;
    return html`<p class="expiry" part="expiry">${voice.say('access-unlimited')}</p>`;
  }
  // By the device's clock, as the person reads it.
  const end = tokenExpiresAt.getTime() - clockSkew;
  const left = (end - voice.now) / 1000;
  // Of a token that is being replaced the end doesn't count any more.
  if (isRenewed(view, left)) return html`<p class="expiry" part="expiry">${voice.say('access-renewing')}</p>`;
  const isOver = view.tokenRenewal === 'failed' || (left <= 0 && !renews(view));
  return html`<p class="expiry ${isOver ? 'over' : ''}" part="expiry">
    <time datetime=${tokenExpiresAt.toISOString()}>${howLong(view, end, left, voice)}</time>
  </p>`;
}

/** Past its end a person in the meeting reads what that means, also while a newer token is still asked for. */
const isRenewed = ({ tokenRenewal, state }: TokenView, left: number): boolean =>
  tokenRenewal === 'under-way' && (left > 0 || state !== 'joined');

function howLong(view: TokenView, end: number, left: number, { say, tag, now }: Voice): string | TemplateResult {
  const isIn = view.state === 'joined' || view.state === 'reconnecting';
  if (left <= 0) return say(isIn ? 'expired-joined' : 'expired');
  if (view.tokenRenewal === 'failed')
    return `${say('access-not-renewed')} ${say('access-ends-in', { time: fromNow(left, tag) })}`;
  const until = say('access-until', { time: clockTime(new Date(end), tag, new Date(now)) });
  // What renews by itself needs no countdown.
  if (isIn && renews(view)) return html`${until}<span class="renews"> · ${say('access-renews')}</span>`;
  return left <= soon ? say('access-ends-in', { time: fromNow(left, tag) }) : until;
}

/** ms until other words are to be shown: at the end, each second of the last minute, each minute of the last five. */
export function untilNextWords({ claims, tokenExpiresAt, clockSkew }: TokenView, now: number): number | undefined {
  if (!claims || !tokenExpiresAt) return undefined;
  const left = tokenExpiresAt.getTime() - clockSkew - now;
  if (left <= 0) return undefined;
  if (left > soon * 1000) return left - soon * 1000;
  return left > 60_000 ? left % 60_000 || 60_000 : left % 1000 || 1000;
}

/** s before the end from which on the time left is told. */
const soon = 300;

/** Whether the next token is fetched by itself. */
const renews = ({ tokenProvider, tokenUrl }: TokenView): boolean => Boolean(tokenProvider ?? tokenUrl);
