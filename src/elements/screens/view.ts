import type { JitsiMeetingError } from '../../errors.js';
import type { WaitingFor } from '../../jitsi/app-events.js';
import type { MessageKey, ScreenKey } from '../../locale/en.js';
import type { EndReason, MeetingStateName, Recovery } from '../../session/machine-types.js';
import type { Notice, NoticeKind } from '../notices.js';

/** What the session says of the meeting. */
export interface MeetingView {
  state: MeetingStateName;
  reason: EndReason | undefined;
  error: JitsiMeetingError | undefined;
  waitingFor: WaitingFor | undefined;
  recovery: Recovery | undefined;
  /** Whether it waits for the device's network. */
  offline: boolean;
}

/** What is shown over the frame depends on this alone. */
export interface ScreenView extends MeetingView {
  /** Name of the meeting: its subject or its room. */
  name: string;
  /** Name of the person, where a token says it. */
  person: string | undefined;
  /** Whether a token is fetched for this meeting, and whether it is there. */
  access: 'none' | 'wanted' | 'there';
  /** Whether Jitsi's script has come from the deployment. */
  isReached: boolean;
  /** Whether the placeholder has a button to join with. */
  mayJoin: boolean;
  /** How long it has been on the way, and how long the app has been loading, ms. */
  waited: number;
  loaded: number;
  /** ms since 1970 by the device: now, when it failed, and when the next try comes by itself. */
  now: number;
  failedAt: number;
  nextTry: number | undefined;
  /** Whether a try that came by itself is under way; the screen of the failure stays meanwhile. */
  isTrying: boolean;
  /** When the token becomes valid, where that is known. */
  validFrom: number | undefined;
  /** Shown over a running meeting. */
  notices: readonly Notice[];
  signInUrl: string | undefined;
  supportUrl: string | undefined;
  /** Read when it is shown: finding it out parses what the page has set. */
  readonly meetingUrl: string | undefined;
  /** For support: which meeting. */
  domain: string;
  room: string;
  isCopied: boolean;
  /** Language of the words, for times. */
  tag: string;
  say(key: MessageKey, values?: Record<string, string>): string;
  join(): void;
  leave(): void;
  close(kind: NoticeKind): void;
  /** Shows for a moment that it was copied. */
  copied(): void;
}

/** Which words tell what is going on: on the screen, and, as the meeting shows itself, for screen readers alone. */
export function stateKey({
  state,
  reason,
  error,
  waitingFor,
  recovery,
  offline,
  access,
}: MeetingView & Partial<Pick<ScreenView, 'access'>>): ScreenKey {
  if (offline) return 'offline';
  switch (state) {
    case 'idle':
      return 'placeholder';
    case 'connecting':
      return access === 'none' ? 'loading' : state;
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
