import { buildMeetingUrl } from '../room/index.js';
import { answerProblem, type GrantOptions, signedFor } from './authorize.js';
import { createSignInCodes, type SignInCodes, type SignInCodeOptions } from './auth-code.js';
import { configHash, readAuthState, type AuthState } from './auth-state.js';
import { checkTenants } from './handler-options.js';
import { refusalIn, TokenRefusal } from './problem.js';
import type { TokenSigner } from './signer.js';
import { checkedRequest, type TokenRequest } from './token-request.js';

/** `authorize`, `rateLimit` and `tenants` as for `createTokenHandler`. A 401 sends the person to `signInUrl`. */
export interface TokenAuthRedirectOptions extends GrantOptions {
  /** Host (and port) of the one deployment that people are sent back to. */
  domain: string;
  signer: TokenSigner;
  /**
   * Where one signs in. Gets the query parameter `returnTo`: path and query of this request, to come back to. Hold it
   * against `isOwnPath` before redirecting.
   */
  signInUrl: string;
  /** Given, a request with a `code_challenge` is answered with a code for Jitsi's `static/sso.html`. */
  codes?: SignInCodeOptions;
}

/**
 * What a deployment's `tokenAuthUrl` points at: `https://APP/sign-in?state={state}&code_challenge={code_challenge}`, with
 * the placeholders that Jitsi's `getTokenAuthUrl` fills in (react/features/authentication/functions.web.ts). The state
 * names the room; `{room}` is read as well, but Jitsi puts it in unencoded: a name with `#` cuts off what follows it.
 *
 * - `GET` signs the person in and sends them back to `https://DOMAIN/[TENANT/]ROOM?jwt=TOKEN#config…`, or with `codes`
 *   and a challenge to `https://DOMAIN/static/sso.html?code=…&state=…`.
 * - `POST …/token` is where that page changes the code for the token.
 *
 * No part of the request decides about the host.
 */
export function createTokenAuthRedirect(options: TokenAuthRedirectOptions): (request: Request) => Promise<Response> {
  checkTenants(options.tenants);
  const codes = options.codes && createSignInCodes(options.codes, options.domain);
  return async (request) => {
    try {
      if (codes && new URL(request.url).pathname.endsWith('/token')) return await codes.answer(request);
      if (request.method !== 'GET') throw new TokenRefusal(405, 'Open this address by GET.');
      return await signInAndReturn(request, options, codes);
    } catch (error) {
      return asPage(answerProblem(error, options.onError));
    }
  };
}

async function signInAndReturn(
  request: Request,
  options: TokenAuthRedirectOptions,
  codes: SignInCodes | undefined,
): Promise<Response> {
  const url = new URL(request.url);
  if (request.url.length > 4096) throw new TokenRefusal(400, 'The address is too long.');
  const state = readAuthState(url.searchParams);
  const asked = checkedRequest({ domain: options.domain, room: state.room, tenant: state.tenant }, request);
  let signed;
  try {
    signed = await signedFor(asked, options.signer, options);
  } catch (error) {
    if (refusalIn(error)?.status !== 401) throw error;
    return redirect(signInAddress(options.signInUrl, url));
  }
  const challenge = url.searchParams.get('code_challenge');
  if (codes && challenge) {
    const code = await codes.issue({ ...signed, challenge, nonce: url.searchParams.get('nonce') });
    return redirect(codes.returnUrl(code, url.searchParams.get('state') ?? JSON.stringify({ room: asked.room })));
  }
  return redirect(meetingAddress(asked, state, signed.token, options.domain));
}

function meetingAddress(asked: TokenRequest, state: AuthState, token: string, domain: string): string {
  const address = new URL(buildMeetingUrl({ domain, tenant: asked.tenant, room: asked.room }));
  address.searchParams.set('jwt', token);
  address.hash = configHash(state);
  return address.href;
}

function signInAddress(signInUrl: string, own: URL): string {
  const [path, query = ''] = signInUrl.split('?', 2) as [string, string?];
  const parameters = new URLSearchParams(query);
  parameters.set('returnTo', own.pathname + own.search);
  return `${path}?${parameters}`;
}

/** The person sees this answer, so it is their sentence alone. */
async function asPage(problem: Response): Promise<Response> {
  const { detail } = (await problem.json()) as { detail: string };
  const headers = new Headers(problem.headers);
  headers.set('content-type', 'text/plain; charset=utf-8');
  headers.set('x-content-type-options', 'nosniff');
  return new Response(`${detail}\n`, { status: problem.status, headers });
}

function redirect(location: string): Response {
  // The token is in the address: it must not be kept, nor handed on as a referrer.
  const headers = { location, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' };
  return new Response(null, { status: 302, headers });
}

/**
 * Whether a `returnTo` is a path of the own origin. What browsers read as another host (`//evil`, `/\evil`, a tab in
 * between) is not.
 */
export function isOwnPath(returnTo: string): boolean {
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(returnTo)) return false;
  return (
    URL.canParse(returnTo, 'https://own.invalid') && new URL(returnTo, 'https://own.invalid').host === 'own.invalid'
  );
}
