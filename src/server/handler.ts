import { answerProblem, type GrantOptions, signedFor } from './authorize.js';
import type { BodyLimits } from './body.js';
import { checkHandlerOptions } from './handler-options.js';
import { checkOrigin, corsHeaders, corsPreflight, type OriginPolicy } from './origin.js';
import { refusalIn, TokenRefusal } from './problem.js';
import { checkedSigner, type TokenSigner } from './signer.js';
import { readTokenRequest, type TokenRequest } from './token-request.js';

type MaybeSigner = TokenSigner | undefined;

/** Options of `createTokenHandler`. */
export interface TokenHandlerOptions extends GrantOptions, OriginPolicy, BodyLimits {
  /** What signs, or a function that finds it; `undefined` where tokens are signed for no such domain. */
  signer: TokenSigner | ((asked: TokenRequest) => MaybeSigner | Promise<MaybeSigner>);
  /** The deployments served, as in the element's attribute `domain`; default: whichever the page names. */
  domains?: readonly string[];
}

/**
 * The token endpoint: `POST` with JSON or `GET` with a query `{domain, room, tenant}` -> `200 {token, expiresIn}`.
 * Every refusal is `application/problem+json`; no answer is ever cached. Throws `config-invalid` for unusable options.
 */
export function createTokenHandler(options: TokenHandlerOptions): (request: Request) => Promise<Response> {
  checkHandlerOptions(options);
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
  checkOrigin(request, options, options.onError);
  const asked = await readTokenRequest(request, options);
  if (options.domains && (asked.domain === null || !options.domains.includes(asked.domain))) throw otherDomain();
  const { signed } = await signedFor(asked, await signerFor(asked, options.signer), options);
  const { token, expiresIn } = signed;
  return new Response(JSON.stringify({ token, expiresIn }), {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

async function signerFor(asked: TokenRequest, given: TokenHandlerOptions['signer']): Promise<TokenSigner> {
  if (typeof given !== 'function') return given;
  const signer: unknown = await given(asked);
  const refusal = refusalIn(signer);
  if (refusal) throw refusal;
  if (!signer) throw otherDomain();
  return checkedSigner(signer);
}

const otherDomain = (): TokenRefusal => new TokenRefusal(400, 'This endpoint signs no tokens for that domain.');
