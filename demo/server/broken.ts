import { setTimeout as sleep } from 'node:timers/promises';
import {
  createTokenSigner,
  forbidden,
  TokenRefusal,
  unauthorized,
  type MeetingGrant,
  type TokenSigner,
  type TokenSignerOptions,
} from '../../src/server/index.js';

/** Token endpoints, and a script, that are wrong on purpose, so that the page can show what a visitor reads then. */
export const faults = [
  'expired',
  'wrong-secret',
  'wrong-room',
  'short-life',
  'down',
  'slow',
  '401',
  '403',
  '429',
  'html',
  'empty',
  'not-a-token',
  'other-script',
] as const;

export type Fault = (typeof faults)[number];

export function isFault(name: string): name is Fault {
  return (faults as readonly string[]).includes(name);
}

/** A signer with one thing wrong, for the faults that are in the token itself. */
export function brokenSigner(fault: Fault, options: TokenSignerOptions): TokenSigner | null {
  const now = options.now ?? Date.now;
  switch (fault) {
    case 'expired':
      return createTokenSigner({ ...options, now: () => now() - 2 * 3_600_000 });
    case 'wrong-secret':
      return createTokenSigner({ ...withoutKey(options), secret: 'not the secret of this deployment, but as long' });
    case 'wrong-room':
      return withGrant(options, { room: 'some-other-room' });
    case 'short-life':
      return withGrant(options, { expiresIn: 30 });
    default:
      return null;
  }
}

function withoutKey({ appId, domain, issuer, audience, now }: TokenSignerOptions) {
  return { appId, domain, ...(issuer && { issuer }), ...(audience && { audience }), ...(now && { now }) };
}

function withGrant(options: TokenSignerOptions, change: Partial<MeetingGrant>): TokenSigner {
  const signer = createTokenSigner(options);
  return { sign: (grant) => signer.sign({ ...grant, ...change }) };
}

/** The answer of the faults that never get as far as a token. `slow` outlasts the element's 10 s for a try. */
export async function brokenAnswer(fault: Fault, request: Request): Promise<Response> {
  switch (fault) {
    case '401':
      return unauthorized('/api/sign-in').toResponse();
    case '403':
      return forbidden().toResponse();
    case '429':
      return new TokenRefusal(429, 'Too many tokens were asked for.', { retryAfter: 5 }).toResponse();
    case 'html':
      return new Response('<!doctype html><title>Welcome</title>', { headers: { 'content-type': 'text/html' } });
    case 'empty':
      return new Response('', { headers: { 'content-type': 'application/json' } });
    case 'not-a-token':
      return Response.json({ token: 'hello' });
    case 'other-script':
      return new Response('"use strict"', { headers: { 'content-type': 'text/javascript' } });
    case 'slow':
      await sleep(30_000, undefined, { signal: request.signal }).catch(() => undefined);
      return new TokenRefusal(503, 'This answer is late on purpose.').toResponse();
    default:
      return new TokenRefusal(503, 'The token backend is down.', { retryAfter: 1 }).toResponse();
  }
}
