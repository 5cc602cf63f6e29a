import { JitsiMeetingError, type ErrorCode } from '../errors.js';
import { jsonObject } from '../plain.js';
import { problemDetail } from './problem-detail.js';
import { safeSignInUrl } from './sign-in-url.js';
import type { TokenEndpoint } from './types.js';

export * from './provider-failures.js';

const hints: Partial<Record<ErrorCode, string>> = {
  'token-auth-required':
    'The person has to sign in first; name the page for it in signInUrl of the answer or in the attribute sign-in-url.',
  'token-forbidden': 'The endpoint does not let this person into this room.',
  'token-rate-limited': 'The endpoint asks to wait; the answer says how long in Retry-After.',
  'token-server': "Look into the token endpoint's own log.",
};

/**
 * The error of an answer that is not a good one.
 * @param now by the server's clock, as far as known
 */
export function refusal(
  code: ErrorCode,
  response: Response,
  body: string,
  place: string,
  now: number,
): JitsiMeetingError {
  const { status } = response;
  const hint =
    hints[code] ??
    'Is token-url right, and does the endpoint take this method and a JSON body with domain, room and tenant?';
  const read = jsonObject(body);
  const problem = typeof read === 'string' ? {} : read;
  const signInUrl = code === 'token-auth-required' ? safeSignInUrl(problem['signInUrl'], response.url) : undefined;
  const detail = problemDetail(problem);
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), now);
  const said = detail === undefined ? '.' : `: ${detail}`;
  return new JitsiMeetingError(code, `${place} refused with status ${status}${said}`, {
    hint,
    status,
    retryable: status === 429 || status >= 500 || status === 408,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(signInUrl === undefined ? {} : { signInUrl }),
  });
}

/** `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as ms from now. */
function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
function describe(response: Response): string {
  const type = response.headers.get('content-type') ?? 'no content type';
  return `status ${response.status}, ${type}${response.redirected ? ', after a redirect' : ''}`;
}

/** The error of a good answer without a token. @param what there is instead */
export function responseInvalid(response: Response, place: string, what: string): JitsiMeetingError {
  return new JitsiMeetingError('token-response-invalid', `${place} answered ${what} (${describe(response)}).`, {
    hint: 'The endpoint answers 200 with {"token": "..."} as application/json, or the bare token as application/jwt. A redirect to a login page is answered by 401 instead.',
    status: response.status,
  });
}

export function endpointTimeout(place: string, ms: number): JitsiMeetingError {
  return new JitsiMeetingError('token-timeout', `${place} gave no complete answer within ${ms / 1000} s.`, {
    hint: 'Find out what keeps the token endpoint busy. To sign a token takes a few milliseconds.',
    retryable: true,
  });
}

export function unreachable(place: string, cause: unknown): JitsiMeetingError {
  return new JitsiMeetingError('token-network', `${place} could not be reached.`, {
    hint: 'Is the address right and the server up? From another origin the answer needs CORS headers, for OPTIONS too; see the network panel.',
    retryable: true,
    cause,
  });
}

/** What is wrong with an endpoint that can't be asked. */
export function wrongEndpoint({ url }: TokenEndpoint, baseUrl: string | undefined): JitsiMeetingError {
  if (!URL.canParse(url, baseUrl)) {
    // What follows a question mark, or stands before an @, may be secret.
    const given = JSON.stringify(url.split('?')[0]!.replace(/^.*@/s, '…@'));
    return new JitsiMeetingError('config-invalid', `The attribute token-url is ${given}; expected an address.`, {
      hint: 'Set token-url to where the page gets its tokens, such as /api/token.',
    });
  }
  return new JitsiMeetingError('config-invalid', 'The attribute token-url has a user name or password in it.', {
    hint: 'Everybody who opens the page can read them. Let the endpoint know the person by the session of your site.',
  });
}
