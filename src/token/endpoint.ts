import { wrongKeyword } from '../keyword.js';
import { withDeadline, type Clock } from '../clock.js';
import { JitsiMeetingError, type ErrorCode } from '../errors.js';
import { jsonObject } from '../plain.js';
import { problemDetail } from './problem-detail.js';
import type { TokenResponse, TokenEndpoint, TokenRequest } from './types.js';
import { tokenCredentials, tokenMethods } from './words.js';

/** 64 KiB: a token is at most about 9.5 kB, or the meeting's own server chokes on it. */
const longestBody = 65_536;

export interface EndpointTools {
  fetch: typeof fetch;
  clock: Clock;
  /** What relative addresses are relative to. */
  baseUrl: string | undefined;
  /** For one try, ms. */
  timeout: number;
  /** Now by the server's clock, ms since 1970, as known from before; an answer may tell better. */
  serverNow?: () => number;
}

/**
 * Asks the token endpoint once.
 * @throws JitsiMeetingError; the request's signal's reason when that was aborted
 */
export async function askEndpoint(
  endpoint: TokenEndpoint,
  request: TokenRequest,
  tools: EndpointTools,
): Promise<TokenResponse> {
  const { domain, room, tenant, signal } = request;
  const url = addressOf(endpoint, tools.baseUrl);
  const method = endpoint.method || 'post';
  const credentials = endpoint.credentials || 'same-origin';
  const wrong =
    wrongKeyword('token-method', method, tokenMethods) ??
    wrongKeyword('token-credentials', credentials, tokenCredentials);
  if (wrong) throw wrong;
  const question = { domain, room, tenant };
  const init: RequestInit = {
    method: method.toUpperCase(),
    credentials: credentials.toLowerCase() as RequestCredentials,
    cache: 'no-store',
    // A page may tell its whole address to all that it asks (`Referrer-Policy: unsafe-url`), and that may hold secrets.
    referrerPolicy: 'strict-origin-when-cross-origin',
    headers: { accept: 'application/json, application/jwt, text/plain' },
  };
  if (init.method === 'GET') {
    for (const [name, value] of Object.entries(question)) if (value !== null) url.searchParams.set(name, value);
  } else {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(question);
  }

  const place = `${url.origin}${url.pathname}`;
  const ask = async (stop: AbortSignal): Promise<TokenResponse> => {
    const response = await tools.fetch(url, { ...init, signal: stop });
    // Before the body, which may take seconds.
    const ahead = serverAhead(response, tools.clock);
    const body = await readBody(response, place);
    const now = ahead === undefined ? tools.serverNow?.() : tools.clock.now() + ahead;
    if (!response.ok) throw refusal(response, body, place, now ?? tools.clock.now());
    const received = tokenResponse(response, body, place);
    return ahead === undefined ? received : { ...received, serverTime: tools.clock.now() + ahead };
  };
  const tooLate = (): JitsiMeetingError =>
    new JitsiMeetingError('token-timeout', `${place} gave no complete answer within ${tools.timeout / 1000} s.`, {
      hint: 'Find out what keeps the token endpoint busy. To sign a token takes a few milliseconds.',
      retryable: true,
    });
  try {
    return await withDeadline({ clock: tools.clock, limit: tools.timeout, signal, tooLate }, ask);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (JitsiMeetingError.is(cause)) throw cause;
    throw new JitsiMeetingError('token-network', `${place} could not be reached.`, {
      hint: 'Is the address right and the server up? From another origin the answer needs CORS headers, for OPTIONS too; see the network panel.',
      retryable: true,
      cause,
    });
  }
}

function addressOf({ url }: TokenEndpoint, baseUrl: string | undefined): URL {
  if (URL.canParse(url, baseUrl)) {
    const address = new URL(url, baseUrl);
    if (!address.username && !address.password) return address;
    throw new JitsiMeetingError('config-invalid', 'The attribute token-url has a user name or password in it.', {
      hint: 'Everybody who opens the page can read them. Let the endpoint know the person by the session of your site.',
    });
  }
  // What follows a question mark, or stands before an @, may be secret.
  const given = JSON.stringify(url.split('?')[0]!.replace(/^.*@/s, '…@'));
  throw new JitsiMeetingError('config-invalid', `The attribute token-url is ${given}; expected an address.`, {
    hint: 'Set token-url to where the page gets its tokens, such as /api/token.',
  });
}

/** By the `Date` header, ms; `undefined` where it can't be read. */
function serverAhead(response: Response, clock: Clock): number | undefined {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date - clock.now();
}

function describe(response: Response): string {
  const type = response.headers.get('content-type') ?? 'no content type';
  return `status ${response.status}, ${type}${response.redirected ? ', after a redirect' : ''}`;
}

/**
 * Reads no further than a token could be long.
 * @throws JitsiMeetingError token-response-invalid, when there is more
 */
async function readBody(response: Response, place: string): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > longestBody) {
      await reader.cancel();
      throw responseInvalid(response, place, 'more than 64 KiB');
    }
    text += decoder.decode(value, { stream: true });
  }
}

function responseInvalid(response: Response, place: string, what: string): JitsiMeetingError {
  return new JitsiMeetingError('token-response-invalid', `${place} answered ${what} (${describe(response)}).`, {
    hint: 'The endpoint answers 200 with {"token": "..."} as application/json, or the bare token as application/jwt. A redirect to a login page is answered by 401 instead.',
    status: response.status,
  });
}

function tokenResponse(response: Response, body: string, place: string): TokenResponse {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/jwt' || type === 'text/plain') {
    const token = body.trim();
    if (token) return { token };
    throw responseInvalid(response, place, 'an empty body');
  }
  if (!type.endsWith('json')) throw responseInvalid(response, place, 'something that holds no token');
  const { token, jwt, expiresIn } = parseObject(body);
  const found = token ?? jwt;
  if (typeof found !== 'string' || !found) throw responseInvalid(response, place, 'JSON without a "token"');
  return typeof expiresIn === 'number' ? { token: found, expiresIn } : { token: found };
}

function parseObject(json: string): Record<string, unknown> {
  const read = jsonObject(json);
  return typeof read === 'string' ? {} : read;
}

const refusals: Record<number, [ErrorCode, string]> = {
  401: [
    'token-auth-required',
    'The person has to sign in first; name the page for it in signInUrl of the answer or in the attribute sign-in-url.',
  ],
  403: ['token-forbidden', 'The endpoint does not let this person into this room.'],
  429: ['token-rate-limited', 'The endpoint asks to wait; the answer says how long in Retry-After.'],
};

/** @param now by the server's clock, as far as known */
function refusal(response: Response, body: string, place: string, now: number): JitsiMeetingError {
  const { status } = response;
  const [code, hint] = refusals[status] ?? [
    status >= 500 ? 'token-server' : 'token-endpoint-invalid',
    status >= 500
      ? "Look into the token endpoint's own log."
      : 'Is token-url right, and does the endpoint take this method and a JSON body with domain, room and tenant?',
  ];
  const problem = parseObject(body);
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

/** An address to sign in at: https, or the origin that answered. Anything else could be `javascript:`, or lead astray. */
export function safeSignInUrl(value: unknown, base: string | undefined): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, base || undefined)) return undefined;
  const url = new URL(value, base || undefined);
  // It would show them, and browsers ask for nothing at such an address.
  if (url.username || url.password) return undefined;
  // A blob: has the origin of the page as well.
  const sameOrigin =
    url.protocol === 'http:' && base !== undefined && URL.canParse(base) && url.origin === new URL(base).origin;
  return url.protocol === 'https:' || sameOrigin ? url.href : undefined;
}

/** `Retry-After` (RFC 9110, 10.2.3), seconds or a date, as ms from now. */
function readRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
