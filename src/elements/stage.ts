import { html, nothing, type TemplateResult } from 'lit';
import { page } from '../jitsi/page.js';
import { fill, inOneLine, messagesFor, type MessageKey } from '../locale/index.js';
import type { LateSession } from './late-session.js';
import { safeSignInUrl } from '../token/sign-in-url.js';
import { languageOf } from './language.js';
import type { Notices } from './notices.js';
import type { MeetingProperties } from './properties.js';
import { isHeld } from './when-free.js';
import { renderScreen, stateKey, type ScreenView } from './screens.js';

export interface StageActions {
  join(): void;
  /** The element has to be rendered again. */
  changed(): void;
}

/** A sentence in the visitor's language, or in the page's own words. */
export function sentenceFor(element: HTMLElement & MeetingProperties, key: MessageKey): string {
  const words = element.messages?.[key] ?? messagesFor(languageOf(element))[key];
  return fill(words, { room: element.room, domain: element.domain });
}

/** All that the element shows: the frame, the screen over it, a line for screen readers, and the status bar. */
export function renderMeeting(
  element: HTMLElement & MeetingProperties,
  container: HTMLElement,
  session: LateSession,
  notices: Notices,
  actions: StageActions,
): TemplateResult {
  const say = (key: MessageKey): string => sentenceFor(element, key);
  const view = screenView(element, session, notices, say, actions);
  // A screen reader is told of all changes from one place; notices tell of themselves.
  const spoken = view.state === 'idle' ? '' : inOneLine(say, stateKey(view));
  return html`
    <div class="stage" role="group" aria-label=${say('frame-title')} tabindex="-1">
      ${container} ${renderScreen(view)}
    </div>
    <div class="said" role="status">${spoken}</div>
    ${
      element.hideStatus
        ? nothing
        : html`<div part="status">
            ${
              hasUnnamedStatus(element)
                ? html`<slot class="unnamed" @slotchange=${actions.changed}></slot>`
                : html`<slot name="status" @slotchange=${actions.changed}
                    ><jitsi-token-status .meeting=${element}></jitsi-token-status
                  ></slot>`
            }
          </div>`
    }
  `;
}

/** A child that the page gave no slot stands in the bar, too: setting the slot for it would be undone by morphing. */
const hasUnnamedStatus = (element: HTMLElement): boolean =>
  element.querySelector(':scope > jitsi-token-status:not([slot])') !== null;

function screenView(
  element: HTMLElement & MeetingProperties,
  session: LateSession,
  notices: Notices,
  say: (key: MessageKey) => string,
  { join, changed }: StageActions,
): ScreenView {
  const { state, reason, error, waitingFor, recovery, isOffline: offline } = session;
  return {
    state,
    reason,
    error,
    waitingFor,
    recovery,
    offline,
    mayJoin: element.loading !== 'manual' && !isHeld(element),
    notices: notices.all,
    signInUrl: safeSignInUrl(element.signInUrl, page.baseURI),
    meetingUrl: state === 'failed' && error?.code === 'iframe-timeout' ? addressOf(session) : undefined,
    say,
    join,
    close(kind) {
      notices.close(kind);
      changed();
    },
  };
}

/** `undefined` when there is no meeting with the domain and room that the page has set by now. */
function addressOf(session: LateSession): string | undefined {
  try {
    return session.getMeetingUrl();
  } catch {
    return undefined;
  }
}
