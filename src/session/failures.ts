import { JitsiMeetingError } from '../errors.js';
import { embedderPolicyHint, pagePolicy } from '../jitsi/page-policy.js';

/** The iframe has loaded a page that isn't the app. */
export function noAppInFrame(domain: string, ms: number): JitsiMeetingError {
  const policy = isolated(domain);
  if (policy) return policy;
  return new JitsiMeetingError(
    'iframe-timeout',
    `The iframe loaded a page of ${domain}, and within ${ms / 1000} s no app in it said that it is ready.`,
    {
      hint: 'It is another page than the meeting. Usual causes: the web server answers with an error page (404: it does not route this room or tenant; 502 or 503: the server is down or starting), it asks to sign in first, or it forbids framing (frame-ancestors, X-Frame-Options). Open the address of the meeting in a tab of its own to see which.',
      retryable: true,
    },
  );
}

/** The app never came up in its frame, on a page whose policy blocks most frames. */
function isolated(domain: string): JitsiMeetingError | undefined {
  const hint = embedderPolicyHint(domain);
  return hint === undefined ? undefined : pagePolicy(`No app of ${domain} came into the iframe.`, hint);
}

/** An expired token that was given as the property `token` (or the attribute `jwt`): a retry would use the same one. */
export function onlyPage({ code, message, findings, cause }: JitsiMeetingError): JitsiMeetingError {
  return new JitsiMeetingError(code, message, {
    detail: 'only-page',
    hint: 'Only the page can give another token: set the property token anew, or let the element fetch one for each join, by tokenProvider or token-url.',
    ...(findings && { findings }),
    cause,
  });
}

/** The app asks a guest for a name and a password, which a server with tokens never takes. */
export function tokenWanted(): JitsiMeetingError {
  return new JitsiMeetingError('token-auth-required', 'The server lets nobody in without a token (token required).', {
    hint: 'Set tokenProvider, token-url or token. The name and password that the app asks for in the frame are of no use on a server with tokens.',
  });
}

export function iframeTimeout(domain: string, ms: number): JitsiMeetingError {
  const policy = isolated(domain);
  if (policy) return policy;
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

/** The error of an unexpected failure. It may pass, so it is retryable. */
export function unforeseen(failure: unknown): JitsiMeetingError {
  return new JitsiMeetingError('conference-failed', 'The meeting could not be opened.', {
    hint: 'See cause; this is a fault of this package or of an option that is not plain data.',
    retryable: true,
    cause: failure,
  });
}

export function wrongFrameTimeout(frameTimeout: unknown): JitsiMeetingError {
  return new JitsiMeetingError('config-invalid', `frameTimeout is ${String(frameTimeout)}; expected more than 0.`, {
    hint: 'It is how long the app in the frame may take to be ready, in milliseconds; left out, 30 000.',
  });
}
