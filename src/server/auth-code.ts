import { base64url, EncryptJWT, jwtDecrypt, SignJWT } from 'jose';
import { OAuthRefusal, refusalAsJson } from './auth-problem.js';
import { tell } from './authorize.js';
import { readBody } from './body.js';
import { sha256 } from './bytes.js';

/** Options of sign-in by a code that is used once. */
export interface SignInCodeOptions {
  /** At least 32 bytes, the same in all processes. Codes and `id_token` are made with it. */
  secret: string;
  /**
   * Told of each code that is being used: its id, and when it is over, in seconds since 1970. Answers `true` if this is
   * the first time, else `false`. If it throws, or answers anything else, the code stays unused and the answer is 503.
   * Default: remembers in this process; with several, share a store (Redis: `SET id 1 NX EXAT time`).
   */
  firstUse?: (id: string, expiresAt: number) => boolean | Promise<boolean>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface SignInCodes {
  issue(content: CodeContent): Promise<string>;
  returnUrl(code: string, state: string): string;
  /**
   * Changes a code and its verifier for the token (RFC 6749 4.1.3, RFC 7636 4.5). Always JSON that the page can read.
   */
  answer(request: Request): Promise<Response>;
}

interface CodeContent {
  token: string;
  expiresIn: number;
  challenge: string;
  /** The page refuses an answer without one. */
  nonce: string;
  /** Of the request for the code; then the one who brings the code has to be the same. */
  clientId: string | null;
}

/** Seconds between the redirect and the page that takes the code from it. */
const life = 60;

/** Seconds until another try makes sense while the store of used codes is down. */
const retryAfter = 5;

/**
 * PKCE as Jitsi's `static/sso.html` does it (`config.sso = { tokenService, clientId }`): the token never is in an
 * address. A code is the token, encrypted, so that any process can take back what another gave.
 */
export function createSignInCodes(
  options: SignInCodeOptions,
  domain: string,
  onError?: (error: unknown) => void,
): SignInCodes {
  const { secret, now = Date.now, firstUse = rememberedHere(now) } = options;
  const key = sha256(secret);
  const seconds = (): number => Math.floor(now() / 1000);
  const page = `https://${domain}/static/sso.html`;
  const cors = {
    'access-control-allow-origin': new URL(page).origin,
    'access-control-expose-headers': 'Date, Retry-After',
    vary: 'Origin',
  };

  async function redeem(request: Request): Promise<Response> {
    if (request.method !== 'POST') throw new OAuthRefusal('invalid_request', 'Change a code by POST.', 405);
    const form = await readForm(request);
    if (form.get('grant_type') !== 'authorization_code') {
      throw new OAuthRefusal('invalid_grant', 'The grant_type is not supported; expected authorization_code.');
    }
    const { content, id, expiresAt } = await open(form.get('code') ?? '');
    if ((form.get('redirect_uri') ?? page) !== new URL(page).href) {
      throw new OAuthRefusal('invalid_grant', 'The redirect_uri is not the page that this code was sent to.');
    }
    if (content.clientId !== null && form.get('client_id') !== content.clientId) {
      throw new OAuthRefusal('invalid_grant', 'This code was made for another client_id.');
    }
    if (base64url.encode(await sha256(form.get('code_verifier') ?? '')) !== content.challenge) {
      throw new OAuthRefusal('invalid_grant', 'The code_verifier does not belong to this code.');
    }
    // Last: a person who has seen a code, but not its verifier, must not be able to use it up.
    if (!(await isFirstUse(id, expiresAt))) throw new OAuthRefusal('invalid_grant', 'This code was used before.');
    const idToken = await new SignJWT({ nonce: content.nonce })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuedAt(seconds())
      .setExpirationTime(seconds() + life)
      .sign(await key);
    const { token: access_token, expiresIn: expires_in } = content;
    const body = { access_token, expires_in, token_type: 'Bearer', id_token: idToken };
    return Response.json(body, { headers: { 'cache-control': 'no-store' } });
  }

  async function open(code: string): Promise<{ content: CodeContent; id: string; expiresAt: number }> {
    try {
      const { payload } = await jwtDecrypt<{ content: CodeContent }>(code, await key, {
        currentDate: new Date(now()),
        audience: domain,
        requiredClaims: ['jti', 'exp', 'content'],
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      return { content: payload.content, id: payload.jti!, expiresAt: payload.exp! };
    } catch {
      throw new OAuthRefusal('invalid_grant', 'This code is not valid, or no longer.');
    }
  }

  async function isFirstUse(id: string, expiresAt: number): Promise<boolean> {
    try {
      const first: unknown = await firstUse(id, expiresAt);
      if (typeof first === 'boolean') return first;
      throw new TypeError(`codes.firstUse answered a value of type ${typeof first}; expected true or false.`);
    } catch (error) {
      tell(onError, error);
      const detail = 'Whether this code was used before can’t be found out right now. Try again.';
      throw new OAuthRefusal('temporarily_unavailable', detail, 503, retryAfter);
    }
  }

  return {
    async issue(content) {
      if (!/^[\w-]{43}$/.test(content.challenge)) throw new TypeError('The challenge of a code is no SHA-256.');
      return new EncryptJWT({ content: { ...content } })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(domain)
        .setJti(crypto.randomUUID())
        .setExpirationTime(seconds() + life)
        .encrypt(await key);
    },
    returnUrl(code, state) {
      // The page decodes the state once more after reading it from the query.
      return `${page}?${new URLSearchParams({ code, state: encodeURIComponent(state) })}`;
    },
    async answer(request) {
      const response =
        request.method === 'OPTIONS'
          ? preflight()
          : await redeem(request).catch((error) => refusalAsJson(error, onError));
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    },
  };
}

/** Parameters may be given once each (RFC 6749 3.2): else two readers could take two different ones at their word. */
async function readForm(request: Request): Promise<URLSearchParams> {
  const form = new URLSearchParams(await readBody(request, { maxBodyBytes: 20_000 }));
  if (new Set(form.keys()).size < form.size) {
    throw new OAuthRefusal('invalid_request', 'A parameter is given twice; expected each once.');
  }
  return form;
}

function preflight(): Response {
  const headers = { 'access-control-allow-methods': 'POST', 'access-control-allow-headers': 'Content-Type' };
  return new Response(null, { status: 204, headers });
}

/**
 * Ids of used codes until they are over, by when that is. One for the process, however often a handler is made; ids are
 * random, so handlers don't meet.
 */
const used = new Map<string, number>();

function rememberedHere(now: () => number): NonNullable<SignInCodeOptions['firstUse']> {
  return (id, expiresAt) => {
    // In order of use, and no code lives longer than another: what is behind one that isn't over will be soon.
    for (const [other, end] of used) {
      if (end * 1000 >= now()) break;
      used.delete(other);
    }
    if (used.has(id)) return false;
    used.set(id, expiresAt);
    return true;
  };
}
