import { answerProblem, type Authorize, grantFor, type RateLimit } from './authorize.js';
import type { BodyLimits } from './body.js';
import { checkOrigin, corsHeaders, corsPreflight, type OriginPolicy } from './origin.js';
import { TokenRefusal } from './problem.js';
import type { TokenSigner } from './signer.js';
import { readTokenRequest, type TokenRequest } from './token-request.js';

export interface TokenHandlerOptions extends OriginPolicy, BodyLimits {
  authorize: Authorize;
  signer: TokenSigner | ((asked: TokenRequest) => TokenSigner | undefined);
  rateLimit?: RateLimit;
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
    const response = await grantToken(request, options).catch((error: unknown) =>
      answerProblem(error, options.onError),
    );
    for (const [name, value] of Object.entries(corsHeaders(request, options))) response.headers.set(name, value);
    return response;
  };
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
  const grant = await grantFor(asked, options);
  const signer = typeof options.signer === 'function' ? options.signer(asked) : options.signer;
  if (!signer) throw new TokenRefusal(400, 'This endpoint signs no tokens for that domain.');
  const { token, expiresIn } = await signer.sign(grant);
  return new Response(JSON.stringify({ token, expiresIn }), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}
