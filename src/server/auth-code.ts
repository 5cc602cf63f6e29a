import { EncryptJWT, jwtDecrypt, SignJWT } from 'jose';
import { readBody } from './body.js';
import { isRefusal, TokenRefusal } from './problem.js';

export interface SignInCodeOptions {
  /** At least 32 bytes, the same in all processes. Codes and `id_token` are made with it. */
  secret: string;
  /**
   * Told of each code that is being used: its id, and when it is over, in seconds since 1970. Answers whether this is
   * the first time. Default: remembers in this process; with several, share a store (Redis: `SET id 1 NX EXAT time`).
   */
  firstUse?: (id: string, expiresAt: number) => Promise<boolean>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

export interface SignInCodes {
  issue(content: { token: string; expiresIn: number; challenge: string; nonce: string | null }): Promise<string>;
  returnUrl(code: string, state: string): string;
  /** Changes a code and its verifier for the token (RFC 6749 4.1.3, RFC 7636 4.5). */
  answer(request: Request): Promise<Response>;
}

interface CodeContent {
  token: string;
  expiresIn: number;
  challenge: string;
  nonce: string | null;
}

/** Seconds between the redirect and the page that takes the code from it. */
const life = 60;

/**
 * PKCE as Jitsi's `static/sso.html` does it (`config.sso = { tokenService, clientId }`): the token never is in an address.
 * A code is the token, encrypted, so that any process can take back what another gave.
 */
export function createSignInCodes(options: SignInCodeOptions, domain: string): SignInCodes {
  const { secret, now = Date.now, firstUse = rememberUses(now) } = options;
  if (secret.length < 32) throw new TypeError('codes.secret has under 32 characters.');
  const key = crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)).then((bytes) => new Uint8Array(bytes));
  const seconds = (): number => Math.floor(now() / 1000);
  const cors = { 'access-control-allow-origin': `https://${domain}`, vary: 'Origin' };

  async function redeem(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });
    if (request.method !== 'POST') throw new TokenRefusal(405, 'Change a code by POST.');
    const form = new URLSearchParams(await readBody(request, { maxBodyBytes: 20_000 }));
    if (form.get('grant_type') !== 'authorization_code')
      throw new TokenRefusal(400, 'The grant_type is not supported.');
    const { content, id, expiresAt } = await open(form.get('code') ?? '');
    if ((await challengeOf(form.get('code_verifier') ?? '')) !== content.challenge) {
      throw new TokenRefusal(400, 'The code_verifier does not belong to this code.');
    }
    if (!(await firstUse(id, expiresAt))) throw new TokenRefusal(400, 'This code was used before.');
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
      const { payload } = await jwtDecrypt<{ content: CodeContent }>(code, await key, { currentDate: new Date(now()) });
      return { content: payload.content, id: payload.jti!, expiresAt: payload.exp! };
    } catch {
      throw new TokenRefusal(400, 'This code is not valid, or no longer.');
    }
  }

  return {
    async issue(content) {
      if (!/^[\w-]{43}$/.test(content.challenge)) {
        throw new TokenRefusal(400, 'The code_challenge is not a SHA-256 in base64url; expected 43 characters.');
      }
      const { token, expiresIn, challenge, nonce } = content;
      return new EncryptJWT({ content: { token, expiresIn, challenge, nonce } })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setJti(crypto.randomUUID())
        .setExpirationTime(seconds() + life)
        .encrypt(await key);
    },
    returnUrl(code, state) {
      // The page decodes the state once more after reading it from the query.
      return `https://${domain}/static/sso.html?${new URLSearchParams({ code, state: encodeURIComponent(state) })}`;
    },
    async answer(request) {
      const response = await redeem(request).catch((error: unknown) => {
        if (isRefusal(error)) return oauthError(error);
        throw error;
      });
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    },
  };
}

/** RFC 6749 5.2: what the page shows is `error_description`. */
function oauthError({ status, message }: TokenRefusal): Response {
  const body = { error: 'invalid_grant', error_description: message };
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(digest)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function rememberUses(now: () => number): NonNullable<SignInCodeOptions['firstUse']> {
  const used = new Map<string, number>();
  return async (id, expiresAt) => {
    for (const [other, end] of used) if (end * 1000 < now()) used.delete(other);
    if (used.has(id)) return false;
    used.set(id, expiresAt);
    return true;
  };
}
