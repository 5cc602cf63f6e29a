import type { Claims } from '../claims/index.js';
import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
import type { JitsiDomEvents } from '../jitsi/events.js';
import type { EndReason, MeetingStateName } from './machine.js';

/** `detail` of what tells of tokens; the token itself is never part of it. */
export interface TokenDetail {
  claims: Claims | undefined;
  expiresAt: Date | undefined;
}

/** The events of the meeting itself, beside Jitsi's: name -> `detail`. */
export interface MeetingEvents {
  /** The meeting went from one state to another. */
  'meeting-state-change': { state: MeetingStateName; previous: MeetingStateName; reason?: EndReason };
  /** A token came. */
  'token-received': TokenDetail;
  /** The token ends soon; a new one is being asked for. Once a token. */
  'token-expiring': TokenDetail;
  /** The token's end has passed, and no newer one is there. The meeting goes on; coming back takes a new token. */
  'token-expired': TokenDetail;
  /** A newer token came, kept for the next join. */
  'token-renewed': TokenDetail;
  /** The meeting failed, or could not be taken up again. */
  'meeting-error': { error: JitsiMeetingError };
  /** Something that a page should know though the meeting goes on. */
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

/** Every event of a meeting as it is dispatched, its own and Jitsi's: name -> event. */
export type MeetingEventMap = JitsiDomEvents & { [Name in keyof MeetingEvents]: CustomEvent<MeetingEvents[Name]> };

type Listener<Target, DomEvent> =
  ((this: Target, event: DomEvent) => unknown) | { handleEvent(event: DomEvent): unknown };

/**
 * `addEventListener` or `removeEventListener` of a target with these events and no others: a misspelt name is refused.
 * An element has to take every name, as `HTMLElement` does; of one that isn't here it knows no `detail`.
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
