import { buildMeetingUrl, type MeetingAddress, normaliseRoom, unservedName } from '../room/index.js';
import { type AppSchemes, schemesOf } from './auth-apps.js';
import { createSignInCodes, type SignInCodes, type SignInCodeOptions } from './auth-code.js';
import { checkRedirectOptions } from './auth-options.js';
import { refusalAsPage } from './auth-problem.js';
import type { PassedSettings } from './auth-settings.js';
import { type AuthState, fragmentOf, readAuthState, stateForPage } from './auth-state.js';
import { type Granted, type GrantOptions, signedFor } from './authorize.js';
import { refusalIn, TokenRefusal } from './problem.js';
import type { TokenSigner } from './signer.js';
import { checkedRequest, type TokenRequest, unservedRefusal } from './token-request.js';

type MeetingPlace = Pick<MeetingAddress, 'room' | 'tenant'>;

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
  /** Given, a request with a `code_challenge` and a `nonce` is answered with a code for Jitsi's `static/sso.html`. */
  codes?: SignInCodeOptions;
  /** Settings that come along from `state` besides those of the list in docs/guides/recipes.md. */
  config?: PassedSettings;
  /** `'path'`: where nothing else names the room, it is the last part of the path, as in `https://APP/room/{room}`. */
  room?: 'path';
  /**
   * Leads people who signed in from one of Jitsi's apps back into it, by an address with the app's own scheme, which has
   * the token in it. Whichever app on the device has claimed that scheme gets the token. Default: on to the browser.
   */
  apps?: boolean | AppSchemes;
}

/**
 * What a deployment's `tokenAuthUrl` points at: `https://APP/sign-in?state={state}&code_challenge={code_challenge}`, with
 * the placeholders that Jitsi's `getTokenAuthUrl` fills in (react/features/authentication/functions.web.ts). The state
 * names the room; `{room}` is read as well, but Jitsi puts it in unencoded: a name with `#` cuts off what follows it.
 *
 * - `GET` signs the person in and sends them back to `https://DOMAIN/[TENANT/]ROOM?jwt=TOKEN#config…`, or with `codes`, a
 *   challenge and a nonce to `https://DOMAIN/static/sso.html?code=…&state=…`.
 * - `POST …/token` is where that page changes the code for the token.
 *
 * No part of the request decides about the host.
 */
export function createTokenAuthRedirect(options: TokenAuthRedirectOptions): (request: Request) => Promise<Response> {
  checkRedirectOptions(options);
  const { domain, onError, room } = options;
  const codes = options.codes && createSignInCodes(options.codes, domain, onError);
  const schemes = schemesOf(options.apps);
  return async (request) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    try {
      const isForCodes = new URL(request.url).pathname.endsWith('/token') && !(isRead && room === 'path');
      if (codes && isForCodes) return await codes.answer(request);
      if (!isRead) throw new TokenRefusal(405, 'Open this address by GET.');
      return await signInAndReturn(request, options, codes, schemes);
    } catch (error) {
      return await refusalAsPage(error, onError);
    }
  };
}

async function signInAndReturn(
  request: Request,
  options: TokenAuthRedirectOptions,
  codes: SignInCodes | undefined,
  schemes: Required<AppSchemes> | null,
): Promise<Response> {
  const url = new URL(request.url);
  if (request.url.length > 4096) throw new TokenRefusal(400, 'The address is too long.');
  const state = readAuthState(url, options);
  const asked = checkedRequest({ domain: options.domain, room: state.room, tenant: state.tenant }, request);
  let granted;
  try {
    granted = await signedFor(asked, options.signer, options);
  } catch (error) {
    if (refusalIn(error)?.status !== 401) throw error;
    return redirect(signInAddress(options.signInUrl, url));
  }
  const { token, expiresIn } = granted.signed;
  const place = placeOf(granted, asked, state);
  const challenge = checkedChallenge(url);
  const nonce = url.searchParams.get('nonce');
  // Without a nonce there is no page of Jitsi's that waits for a code: static/sso.html would end in an error.
  if (codes && challenge && nonce) {
    const code = await codes.issue({ token, expiresIn, challenge, nonce, clientId: url.searchParams.get('client_id') });
    return redirect(codes.returnUrl(code, stateForPage(state, place)));
  }
  const isInFrame = /^i?frame$/.test(request.headers.get('sec-fetch-dest') ?? '');
  const address = meetingAddress(place, token, options.domain, fragmentOf(state, isInFrame));
  return redirect(state.app && schemes ? address.replace(/^https(?=:)/, schemes[state.app]) : address);
}

/** Where the person is led: to the meeting that the token is for. */
function placeOf({ room: granted, tenant }: Granted, asked: TokenRequest, { room: spelled }: AuthState): MeetingPlace {
  const room = typeof granted === 'string' ? normaliseRoom(granted) : asked.room;
  if (!unservedName({ room, tenant })) return { room, tenant };
  // NFKC makes letters of others (a full width colon, say) that Jitsi's web server doesn't serve: the person came by these.
  const place = { room: room === asked.room ? String(spelled) : room, tenant };
  const unserved = unservedName(place);
  if (unserved) throw unservedRefusal(unserved);
  return place;
}

function meetingAddress({ tenant, room }: MeetingPlace, token: string, domain: string, fragment: string): string {
  const address = new URL(buildMeetingUrl({ domain, tenant, room }));
  address.searchParams.set('jwt', token);
  address.hash = fragment;
  return address.href;
}

/** Jitsi's phone app leaves the placeholder as it is. */
function checkedChallenge(url: URL): string | null {
  const challenge = url.searchParams.get('code_challenge');
  if (!challenge || challenge === '{code_challenge}') return null;
  if (/^[\w-]{43}$/.test(challenge)) return challenge;
  throw new TokenRefusal(400, 'The code_challenge is not a SHA-256 in base64url; expected 43 characters.');
}

function signInAddress(signInUrl: string, own: URL): string {
  const [, path, query = '', hash = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(signInUrl)!;
  const parameters = new URLSearchParams(query);
  // A path that starts with // would lead to another host.
  parameters.set('returnTo', own.pathname.replace(/^\/{2,}/, '/') + own.search);
  return `${path}?${parameters}${hash}`;
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
