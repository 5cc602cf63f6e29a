import { JitsiMeetingError } from '../errors.js';

export const notOnThePage = (): JitsiMeetingError =>
  new JitsiMeetingError('aborted', '<jitsi-meeting> is not on the page, so it cannot join.', {
    hint: 'Append it to the document first; a frame outside of it loads nothing.',
  });

export const wrongDocument = ({ ownerDocument }: Node): JitsiMeetingError | undefined =>
  ownerDocument === document
    ? undefined
    : new JitsiMeetingError('config-invalid', '<jitsi-meeting> was put into the document of another window.', {
        hint: 'Load this package in that document, and make the element there.',
      });
