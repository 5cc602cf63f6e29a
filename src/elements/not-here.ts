import { JitsiMeetingError } from '../errors.js';

export const notOnThePage = (): JitsiMeetingError =>
  new JitsiMeetingError('aborted', '<jitsi-meeting> is not on the page, so it cannot join.', {
    hint: 'Append it to the document first; a frame outside of it loads nothing.',
  });
