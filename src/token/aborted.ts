import { JitsiMeetingError } from '../errors.js';

export function aborted(): JitsiMeetingError {
  return new JitsiMeetingError('aborted', 'The meeting was left, or a later call took over.', {
    hint: 'Nothing to do; the page or the person asked for it.',
  });
}
