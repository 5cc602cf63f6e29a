import { JitsiMeetingError } from '../errors.js';
import type { ReadFailure, Signal } from './app-events.js';
import type { JitsiEvents } from './events.js';
import { explainError, explainEvent, type FailureExplanation } from './reasons.js';

/** What a failure that the app tells of means for the life of the meeting. */
export const readFailure: ReadFailure = (name, payload) => {
  if (name === 'errorOccurred') return readError(payload as JitsiEvents['errorOccurred']);
  const explained = explainEvent(name, {});
  return explained && { type: 'fatal', error: meetingError(explained) };
};

function readError({ error }: JitsiEvents['errorOccurred']): Signal | undefined {
  const explained = explainError(error);
  switch (explained.kind) {
    case 'ignorable':
      return undefined;
    case 'waiting': {
      const { serverText } = explained;
      // A deployment with accounts of its own has other words for it.
      const challenged = error.name === 'connection.passwordRequired' && (!serverText || /token/i.test(serverText));
      return { type: 'waiting', for: explained.waitingFor, ...(challenged && { challenged }) };
    }
    case 'ended':
      return { type: 'destroyed' };
    case 'refused-connecting':
      return { type: 'refused', error: meetingError(explained), stage: 'connect', serverText: explained.serverText };
    case 'refused-joining':
      return { type: 'refused', error: meetingError(explained), stage: 'join', serverText: explained.serverText };
    case 'fatal':
      return { type: error?.isFatal ? 'fatal' : 'trouble', error: meetingError(explained) };
  }
}

function meetingError({ code, detail, message, hint, retryable }: FailureExplanation): JitsiMeetingError {
  return new JitsiMeetingError(code, message, { detail, hint, retryable });
}
