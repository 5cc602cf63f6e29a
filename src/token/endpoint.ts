import type { Clock } from '../clock.js';
import { withDeadline } from '../waiting.js';
import { JitsiMeetingError } from '../errors.js';
import { wrongKeyword } from '../keyword.js';
import { jsonObject } from '../plain.js';
import { endpointRequest } from './endpoint-request.js';
import { codeOf, failed } from './failing.js';
import type { TokenResponse, TokenEndpoint, TokenRequest } from './types.js';
import { tokenCredentials, tokenMethods } from './words.js';

/** 64 KiB: a token is at most about 9.5 kB, or the meeting's own server chokes on it. */
const longestBody = 65_536;

/** Stands for the error until that has its words. */
const tooLate = Symbol('too late');

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
  const { signal } = request;
  const asking = endpointRequest(endpoint, request, tools.baseUrl);
  if (!asking)
    throw (
      wrongKeyword('token-method', endpoint.method, tokenMethods) ??
      wrongKeyword('token-credentials', endpoint.credentials, tokenCredentials) ??
      (await failed('config-invalid', ({ wrongEndpoint }) => wrongEndpoint(endpoint, tools.baseUrl)))
    );
  const { url, init } = asking;
  const place = `${url.origin}${url.pathname}`;
  const ask = async (stop: AbortSignal): Promise<TokenResponse> => {
    const response = await tools.fetch(url, { ...init, signal: stop });
    // Before the body, which may take seconds.
    const ahead = serverAhead(response, tools.clock);
    const body = await readBody(response, place);
    const now = ahead === undefined ? tools.serverNow?.() : tools.clock.now() + ahead;
    if (!response.ok) {
      const since = now ?? tools.clock.now();
      const code = codeOf(response.status);
      throw await failed(code, ({ refusal }) => refusal(code, response, body, place, since), response);
    }
    const received = tokenResponse(response, body);
    if (typeof received === 'string') throw await invalid(response, place, received);
    return ahead === undefined ? received : { ...received, serverTime: tools.clock.now() + ahead };
  };
  try {
    return await withDeadline({ clock: tools.clock, limit: tools.timeout, signal, tooLate: () => tooLate }, ask);
  } catch (cause) {
    if (signal.aborted) throw signal.reason;
    if (JitsiMeetingError.is(cause)) throw cause;
    if (cause === tooLate) throw await failed('token-timeout', (words) => words.endpointTimeout(place, tools.timeout));
    throw await failed('token-network', ({ unreachable }) => unreachable(place, cause));
  }
}

/** By the `Date` header, ms; `undefined` where it can't be read. */
function serverAhead(response: Response, clock: Clock): number | undefined {
  const date = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(date) ? undefined : date - clock.now();
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
      throw await invalid(response, place, 'more than 64 KiB');
    }
    text += decoder.decode(value, { stream: true });
  }
}

/** The token in a good answer, or what is there instead. */
function tokenResponse(response: Response, body: string): TokenResponse | string {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/jwt' || type === 'text/plain') {
    const token = body.trim();
    return token ? { token } : 'an empty body';
  }
  if (!type.endsWith('json')) return 'something that holds no token';
  const read = jsonObject(body);
  const { token, jwt, expiresIn } = typeof read === 'string' ? {} : read;
  const found = token ?? jwt;
  if (typeof found !== 'string' || !found) return 'JSON without a "token"';
  return typeof expiresIn === 'number' ? { token: found, expiresIn } : { token: found };
}

const invalid = (response: Response, place: string, what: string): Promise<JitsiMeetingError> =>
  failed('token-response-invalid', ({ responseInvalid }) => responseInvalid(response, place, what), response);
