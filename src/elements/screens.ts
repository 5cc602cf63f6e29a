import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { JitsiMeetingError } from '../errors.js';
import type { WaitingFor } from '../jitsi/app-events.js';
import { inOneLine, wordsFor, type MessageKey, type ScreenKey } from '../locale/index.js';
import type { EndReason, MeetingStateName, Recovery } from '../session/machine.js';
import type { Notice, NoticeKind } from './notices.js';

/** Everything that decides what is shown over the frame. */
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
      return panel('placeholder', view, view.mayJoin ? button(view, 'join') : nothing);
    case 'connecting':
      return panel('loading', view, goOn(view), html`<div class="spinner"></div>`);
    case 'loading':
    case 'leaving':
      return panel('loading', view, nothing, html`<div class="spinner"></div>`);
    case 'reconnecting':
      // The old frame may come back, so it stays visible.
      if (recovery === 'in-doubt' || recovery === 'by-app')
        return banner(bannerRow(inOneLine(view.say, stateKey(view)), button(view, 'rejoin')));
      return panel(
        'loading',
        view,
        recovery === 'paused' ? button(view, 'rejoin') : goOn(view),
        html`<div class="spinner"></div>`,
      );
    case 'ended':
      return panel('ended', view, [
        signIn(view),
        view.error?.detail === 'only-page' ? nothing : button(view, 'rejoin'),
      ]);
    case 'failed':
      return panel('error', view, failActions(view));
    default: {
      const untold = tellsNothing(view);
      if (notices.length === 0 && !untold) return nothing;
      // Keyed by kind, so that a notice never takes another one's element and is spoken twice.
      return banner([
        untold ? bannerRow(inOneLine(view.say, stateKey(view)), nothing) : nothing,
        repeat(
          notices,
          ({ kind }) => kind,
          (notice) => noticeRow(view, notice),
        ),
      ]);
    }
  }
}

/** Whether the app in the frame doesn't show by itself what is going on. */
const tellsNothing = ({ offline, state, waitingFor }: ScreenView): boolean =>
  offline || (state === 'ready' && waitingFor === 'start');

/** The sentence for the state. While the meeting itself is visible, only screen readers get it. */
export function stateKey({
  state,
  reason,
  error,
  waitingFor,
  recovery,
  offline,
}: Pick<ScreenView, 'state' | 'reason' | 'error' | 'waitingFor' | 'recovery' | 'offline'>): ScreenKey {
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

/** Heading and sentence of what is going on; one of them may be missing. */
const wordsOf = (view: ScreenView): TemplateResult => {
  const { title, text } = wordsFor(stateKey(view));
  return html`${title ? html`<h2 part="title">${view.say(title)}</h2>` : nothing}
  ${text ? html`<p part="message">${view.say(text)}</p>` : nothing}`;
};

function panel(name: Panel, view: ScreenView, actions: unknown, before: unknown = nothing): TemplateResult {
  return html`
    <div class="panel ${name}" part="panel">
      <slot name=${name}> ${before} ${wordsOf(view)} </slot>
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

/** Offers a try while the browser says that it is offline, because it may be wrong. */
function goOn(view: ScreenView): unknown {
  return view.offline ? button(view, 'retry') : nothing;
}

/** Whether trying again may help: the error may pass, or the person may have signed in meanwhile. */
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
