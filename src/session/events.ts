import type { Claims } from '../claims/index.js';
import type { JitsiMeetingError, MeetingWarning } from '../errors.js';
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

export const meetingEventNames = Object.keys(names) as (keyof MeetingEvents)[];
