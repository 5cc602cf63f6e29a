import type { MeetingWarning } from '../errors.js';
import { jitsiEventNames } from '../jitsi/events.js';
import { meetingEventNames } from '../session/events.js';
import type { MeetingStateName } from '../session/machine.js';
import type { MeetingSession } from '../session/session.js';
import type { Notices } from './notices.js';

export interface Forwarding {
  session: MeetingSession;
  notices: Notices;
  /** The state changed. */
  entered(state: MeetingStateName): void;
  /** Something that is on the screen may have changed. */
  changed(): void;
}

/** Dispatches the events of the session on the element: the meeting's own bubble, Jitsi's do not. */
export function forwardEvents(element: HTMLElement, { session, notices, entered, changed }: Forwarding): void {
  const forward = (name: string, init: EventInit, first: (detail: unknown) => void): void => {
    session.addEventListener(name, (event) => {
      const { detail } = event as CustomEvent<unknown>;
      first(detail);
      changed();
      element.dispatchEvent(new CustomEvent(name, { ...init, detail }));
    });
  };
  for (const name of meetingEventNames)
    forward(name, { bubbles: true, composed: true }, (detail) => {
      if (name === 'meeting-warning') notices.warned(detail as MeetingWarning, session.meetingRole);
      if (name !== 'meeting-state-change') return;
      entered(session.state);
      if (session.state === 'connecting') notices.clear();
    });
  for (const name of jitsiEventNames) forward(name, {}, (detail) => notices.heard(name, detail, session.meetingRole));
  session.addEventListener('change', changed);
}

/** Marks the state for CSS (`:state(joined)`). */
export function markState(internals: ElementInternals | undefined, state: MeetingStateName): void {
  try {
    internals?.states.clear();
    internals?.states.add(state);
  } catch {
    // Browsers before 2024 take only names that start with --.
  }
}
