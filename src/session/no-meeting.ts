import { JitsiMeetingError } from '../errors.js';

/** What there is to say without a failure's own words. */
export function noMeeting(what: string): JitsiMeetingError {
  return new JitsiMeetingError('aborted', `There is no meeting, so it cannot ${what}.`, { hint: 'Call join() first.' });
}
