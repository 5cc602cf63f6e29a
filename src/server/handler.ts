import { checkOrigin, corsHeaders, corsPreflight, type OriginPolicy } from './origin.js';
import type { MeetingGrant, TokenUser } from './grant.js';
import { TokenRefusal } from './problem.js';
import type { TokenSigner } from './signer.js';
import { readTokenRequest, type BodyLimits, type TokenRequest } from './token-request.js';

/** What `authorize` grants. The room and tenant are the ones asked for, unless it names others. */
export type Authorization = Partial<MeetingGrant>;

export type RateLimitResult = { allowed: true } | { allowed: false; /** Seconds. */ retryAfter: number };

export interface TokenHandlerOptions extends OriginPolicy, BodyLimits {
  /**
   * Decides who asks (by cookie, session or header) and what they may do. Return a grant; return or throw a
   * `TokenRefusal` (`unauthorized`, `forbidden`). Anything else that is thrown becomes a 500 without details.
   */
  authorize: (asked: TokenRequest) => Authorization | TokenRefusal | Promise<Authorization | TokenRefusal>;
  signer: TokenSigner | ((asked: TokenRequest) => TokenSigner | undefined);
  /** Called once the person is known, before signing. */
  rateLimit?: (who: { user: TokenUser | undefined; request: Request }) => Promise<RateLimitResult>;
  /** The deployments served, as in the element's attribute `domain`; default: whichever the page names. */
  domains?: readonly string[];
  /** Told of every unexpected error. */
  onError?: (error: unknown) => void;
}

/**
 * The token endpoint: `POST` with JSON or `GET` with a query `{domain, room, tenant}` -> `200 {token, expiresIn}`.
 * Every refusal is `application/problem+json`; no answer is ever cached.
 */
export function createTokenHandler(options: TokenHandlerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method === 'OPTIONS') return corsPreflight(request, options);
    const response = await answer(request, options);
    for (const [name, value] of Object.entries(corsHeaders(request, options))) response.headers.set(name, value);
    return response;
  };
}

async function answer(request: Request, options: TokenHandlerOptions): Promise<Response> {
  try {
    return await grantToken(request, options);
  } catch (error) {
    if (error instanceof TokenRefusal) return error.toResponse();
    options.onError?.(error);
    return new TokenRefusal(500, 'The token could not be made.').toResponse();
  }
}

async function grantToken(request: Request, options: TokenHandlerOptions): Promise<Response> {
  if (request.method !== 'POST' && request.method !== 'GET') {
    const response = new TokenRefusal(405, 'Ask by POST or GET.').toResponse();
    response.headers.set('allow', 'GET, POST, OPTIONS');
    return response;
  }
  checkOrigin(request, options);
  const asked = await readTokenRequest(request, options);
  if (options.domains && (asked.domain === null || !options.domains.includes(asked.domain))) {
    throw new TokenRefusal(400, 'This endpoint signs no tokens for that domain.');
  }
  const authorization = await options.authorize(asked);
  if (authorization instanceof TokenRefusal) throw authorization;
  const limit = await options.rateLimit?.({ user: authorization.user, request });
  if (limit && !limit.allowed) {
    throw new TokenRefusal(429, 'Too many tokens were asked for.', { retryAfter: limit.retryAfter });
  }
  const signer = typeof options.signer === 'function' ? options.signer(asked) : options.signer;
  if (!signer) throw new TokenRefusal(400, 'This endpoint signs no tokens for that domain.');
  const { room = asked.room, tenant = asked.tenant } = authorization;
  const { token, expiresIn } = await signer.sign({ ...authorization, room, tenant });
  return new Response(JSON.stringify({ token, expiresIn }), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
