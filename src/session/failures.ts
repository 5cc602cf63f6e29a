import { JitsiMeetingError } from '../errors.js';

export function iframeTimeout(domain: string, ms: number): JitsiMeetingError {
  return new JitsiMeetingError(
    'iframe-timeout',
    `The app of ${domain} in the iframe did not say that it is ready within ${ms / 1000} s.`,
    {
      hint: 'Usual causes: the server forbids framing (frame-ancestors, X-Frame-Options), third-party cookies are blocked, or the server is slow or down. Opening the meeting in a tab of its own may work.',
      retryable: true,
    },
  );
}

export function joinTimeout(ms: number): JitsiMeetingError {
  return new JitsiMeetingError('join-timeout', `The server gave no answer to joining within ${ms / 1000} s.`, {
    hint: 'Some tokens are never answered: one without a room claim, or without sub where domain verification is on. Check the token with preflight.',
    retryable: true,
  });
}

export function insecureContext(): JitsiMeetingError {
  return new JitsiMeetingError(
    'insecure-context',
    'This page is not a secure context, so no camera or microphone can be used.',
    {
      hint: 'Serve the page over https (http://localhost is fine for trying).',
    },
  );
}

export function connectionLost(): JitsiMeetingError {
  return new JitsiMeetingError('conference-failed', 'The connection to the meeting was lost.', {
    hint: 'Call join() again, or let rejoin="auto" do it.',
    retryable: true,
  });
}

export function noMeeting(what: string): JitsiMeetingError {
  return new JitsiMeetingError('aborted', `There is no meeting, so it cannot ${what}.`, { hint: 'Call join() first.' });
}
