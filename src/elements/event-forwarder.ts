import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
import type { JitsiEventName } from '../jitsi/events.js';
import { meetingEventNames } from '../session/events.js';
import type { MeetingStateName } from '../session/machine-types.js';
import type { LateSession } from './late-session.js';
import type { LateNotices } from './late-notices.js';

export interface Forwarding {
  session(): LateSession;
  notices: LateNotices;
  /** The state changed. */
  entered(state: MeetingStateName): void;
  /** Something that is on the screen may have changed. */
  changed(): void;
}

const own: readonly string[] = meetingEventNames;

/** Dispatches the events of a session on its element: the meeting's own bubble, Jitsi's do not. */
export function forwardTo(element: HTMLElement, { session, notices, entered, changed }: Forwarding) {
  return (event: Event): void => {
    const { type: name } = event;
    if (name === 'change') return changed();
    const { detail } = event as CustomEvent<unknown>;
    const { state, meetingRole } = session().known;
    const isOwn = own.includes(name);
    if (!isOwn) notices.tell((all) => all.heard(name as JitsiEventName, detail, meetingRole));
    if (name === 'meeting-warning') notices.tell((all) => all.warned(detail as MeetingWarning, meetingRole));
    if (name === 'meeting-state-change') {
      entered(state);
      if (state === 'connecting') notices.tell((all) => all.clear());
    }
    changed();
    element.dispatchEvent(new CustomEvent(name, { detail, bubbles: isOwn, composed: isOwn }));
  };
}

/** Marks the state for CSS (`:state(joined)`), and what failed (`:state(token-forbidden)`). */
export function markState(
  internals: ElementInternals | undefined,
  state: MeetingStateName,
  error?: JitsiMeetingError,
): void {
  try {
    internals?.states.clear();
    for (const name of [state, error?.code, error?.detail]) if (name) internals?.states.add(name);
  } catch {
    // Browsers before 2024 take only names that start with --.
  }
}
