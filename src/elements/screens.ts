import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { JitsiMeetingError } from '../errors.js';
import type { WaitingFor } from '../jitsi/app-events.js';
import type { MessageKey } from '../locale/index.js';
import type { EndReason, MeetingStateName, Recovery } from '../session/machine.js';
import type { Notice, NoticeKind } from './notices.js';

/** What is shown over the frame depends on this alone. */
export interface ScreenView {
  state: MeetingStateName;
  reason: EndReason | undefined;
  error: JitsiMeetingError | undefined;
  waitingFor: WaitingFor | undefined;
  recovery: Recovery | undefined;
  /** Whether it waits for the device's network. */
  offline: boolean;
  /** Whether the placeholder has a button to join with. */
  mayJoin: boolean;
  /** Shown over a running meeting. */
  notices: readonly Notice[];
  signInUrl: string | undefined;
  meetingUrl: string | undefined;
  say(key: MessageKey): string;
  join(): void;
  close(kind: NoticeKind): void;
}

type Panel = 'placeholder' | 'loading' | 'ended' | 'error';

/** Placeholder, loading, end and error screens, and what lies over the upper edge of a running meeting. */
export function renderScreen(view: ScreenView): TemplateResult | typeof nothing {
  const { state, recovery, notices } = view;
  switch (state) {
    case 'idle':
      return panel('placeholder', sentenceOf(view), view.mayJoin ? button(view, 'join') : nothing);
    case 'connecting':
      return panel('loading', sentenceOf(view), goOn(view), html`<div class="spinner"></div>`);
    case 'loading':
    case 'leaving':
      return panel('loading', sentenceOf(view), nothing, html`<div class="spinner"></div>`);
    case 'reconnecting':
      // While the old frame may come back it stays in sight.
      if (recovery === 'in-doubt' || recovery === 'by-app')
        return banner(bannerRow(sentenceOf(view), button(view, 'rejoin')));
      return panel(
        'loading',
        sentenceOf(view),
        recovery === 'paused' ? button(view, 'rejoin') : goOn(view),
        html`<div class="spinner"></div>`,
      );
    case 'ended':
      return panel('ended', sentenceOf(view), [
        signIn(view),
        view.error?.detail === 'only-page' ? nothing : button(view, 'rejoin'),
      ]);
    case 'failed':
      return panel('error', sentenceOf(view), failActions(view));
    default: {
      const untold = tellsNothing(view);
      if (notices.length === 0 && !untold) return nothing;
      // By kind, as what is spoken once must not come again in another's place.
      return banner([
        untold ? bannerRow(sentenceOf(view), nothing) : nothing,
        repeat(
          notices,
          ({ kind }) => kind,
          (notice) => noticeRow(view, notice),
        ),
      ]);
    }
  }
}

/** Of these the app shows nothing by itself. */
const tellsNothing = ({ offline, state, waitingFor }: ScreenView): boolean =>
  offline || (state === 'ready' && waitingFor === 'start');

/** The sentence for what is going on: on the screen, and, as the meeting shows itself, for screen readers alone. */
export function stateKey({
  state,
  reason,
  error,
  waitingFor,
  recovery,
  offline,
}: Pick<ScreenView, 'state' | 'reason' | 'error' | 'waitingFor' | 'recovery' | 'offline'>): MessageKey {
  if (offline) return 'offline';
  switch (state) {
    case 'idle':
      return 'placeholder';
    case 'ready':
      return waitingFor ? `ready-${waitingFor}` : 'ready';
    case 'reconnecting':
      return recovery === 'in-doubt' || recovery === 'by-app' ? `reconnecting-${recovery}` : state;
    case 'ended':
      return error?.detail ?? `ended-${reason ?? 'left'}`;
    case 'failed':
      return error?.detail ?? error?.code ?? 'conference-failed';
    default:
      return state;
  }
}

const sentenceOf = (view: ScreenView): string => view.say(stateKey(view));

function panel(name: Panel, sentence: string, actions: unknown, before: unknown = nothing): TemplateResult {
  return html`
    <div class="panel ${name}" part="panel">
      <slot name=${name}>
        ${before}
        <p part="message">${sentence}</p>
      </slot>
      <div class="actions">${actions}</div>
    </div>
  `;
}

function banner(rows: unknown): TemplateResult {
  return html`<div class="banner" part="banner">${rows}</div>`;
}

function bannerRow(sentence: string, action: unknown): TemplateResult {
  return html`<div class="row">
    <p part="message">${sentence}</p>
    ${action}
  </div>`;
}

function noticeRow({ say, close }: ScreenView, { kind, key }: Notice): TemplateResult {
  const id = `notice-${kind}`;
  return html`<div class="row">
    <p part="message" role="alert" id=${id}>${say(key)}</p>
    <button type="button" class="plain" part="button" aria-describedby=${id} @click=${() => close(kind)}>
      ${say('close')}
    </button>
  </div>`;
}

/** A browser may be wrong about the network. */
function goOn(view: ScreenView): unknown {
  return view.offline ? button(view, 'retry') : nothing;
}

/** Whether trying the same again may help: where it may pass, or where the person may have signed in meanwhile. */
const mayHelp = ({ error }: ScreenView): boolean => !error || error.retryable || error.status === 401;

function failActions(view: ScreenView): unknown[] {
  const code = view.error?.code;
  return [
    signIn(view),
    mayHelp(view) ? button(view, 'retry') : nothing,
    code === 'iframe-timeout' ? link(view, 'open-tab', view.meetingUrl, '_blank') : nothing,
  ];
}

function signIn(view: ScreenView): unknown {
  if (view.error?.code !== 'token-auth-required') return nothing;
  return link(view, 'sign-in', view.error.signInUrl ?? view.signInUrl, '_top');
}

function button(view: ScreenView, key: MessageKey): TemplateResult {
  return html`<button type="button" part="button" @click=${view.join}>${view.say(key)}</button>`;
}

function link(view: ScreenView, key: MessageKey, address: string | undefined, target: string): unknown {
  if (!address) return nothing;
  return html`<a class="button" part="button" href=${address} target=${target} rel="noreferrer">${view.say(key)}</a>`;
}
