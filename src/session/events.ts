import type { Claims } from '../claims/index.js';
import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
import type { JitsiDomEvents } from '../jitsi/events.js';
import type { EndReason, MeetingStateName } from './machine.js';

/** `detail` of the events about tokens; the token itself is never part of it. */
export interface TokenDetail {
  claims: Claims | undefined;
  expiresAt: Date | undefined;
}

/** The events of the meeting itself, beside Jitsi's: name -> `detail`. */
export interface MeetingEvents {
  /** The meeting went from one state to another. The reason `host-left` of `ended` means that this page left. */
  'meeting-state-change': { state: MeetingStateName; previous: MeetingStateName; reason?: EndReason };
  /** A token was received. */
  'token-received': TokenDetail;
  /** The token expires soon, and a new one is being requested. Once for each token. */
  'token-expiring': TokenDetail;
  /** The token has expired, and there is no newer one. The meeting goes on; coming back takes a new token. */
  'token-expired': TokenDetail;
  /** A newer token was received, and is kept for the next join. */
  'token-renewed': TokenDetail;
  /** The meeting failed, or could not be joined again. */
  'meeting-error': { error: JitsiMeetingError };
  /** Something that the page should know about, although the meeting goes on. */
  'meeting-warning': MeetingWarning;
}

const names: Record<keyof MeetingEvents, 1> = {
  'meeting-state-change': 1,
  'token-received': 1,
  'token-expiring': 1,
  'token-expired': 1,
  'token-renewed': 1,
  'meeting-error': 1,
  'meeting-warning': 1,
};

/** Names of the element's own events. */
export const meetingEventNames = Object.keys(names) as (keyof MeetingEvents)[];

/** Every event of a meeting, its own and Jitsi's: name -> event. */
export type MeetingEventMap = JitsiDomEvents & { [Name in keyof MeetingEvents]: CustomEvent<MeetingEvents[Name]> };

type Listener<Target, DomEvent> =
  ((this: Target, event: DomEvent) => unknown) | { handleEvent(event: DomEvent): unknown };

/**
 * `addEventListener` or `removeEventListener` of a target that has these events and no others: the compiler refuses a
 * misspelt name. An element has to take every name, as `HTMLElement` does; the `detail` of other events has no type.
 */
export interface TypedListening<Target, Events, Options> {
  /** For a name that is known only when the program runs. */
  <Name extends string>(
    type: string extends Name ? Name : never,
    listener: Listener<Target, Event> | null,
    options?: boolean | Options,
  ): void;
  <Name extends keyof Events>(
    type: Name,
    listener: Listener<Target, Events[Name]> | null,
    options?: boolean | Options,
  ): void;
}
