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
  'rotated',
  'wrong-room',
  'short-life',
  'down',
  'slow',
  'late',
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

/**
 * What a broken token endpoint answers. The query may say how long: `late?ms=4000` answers properly after that time,
 * `short-life?life=8` gives tokens of 8 seconds.
 *
 * @param endpoint the token endpoint, which is fine, with another signer
 */
export async function answerBroken(
  fault: Fault,
  request: Request,
  signing: TokenSignerOptions,
  endpoint: (signer: TokenSigner) => Promise<Response>,
): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const wrong = brokenSigner(fault, signing, numberIn(query, 'life', 30, 3600));
  if (wrong) return endpoint(wrong);
  if (fault !== 'late') return brokenAnswer(fault, request);
  await sleep(numberIn(query, 'ms', 0, 30_000), request.signal);
  return endpoint(createTokenSigner(signing));
}

function numberIn(query: URLSearchParams, name: string, byDefault: number, most: number): number {
  const value = Number(query.get(name) ?? byDefault);
  return value >= 0 && value <= most ? value : byDefault;
}

/** A signer with one thing wrong, for the faults that are in the token itself. */
function brokenSigner(fault: Fault, options: TokenSignerOptions, life: number): TokenSigner | null {
  const now = options.now ?? Date.now;
  switch (fault) {
    case 'expired':
      return createTokenSigner({ ...options, now: () => now() - 2 * 3_600_000 });
    case 'wrong-secret':
      return createTokenSigner({ ...withoutKey(options), secret: 'not the secret of this deployment, but as long' });
    case 'rotated':
      return createTokenSigner({ ...withoutKey(options), secret: 'the secret before the last change, and as long' });
    case 'wrong-room':
      return withGrant(options, { room: 'some-other-room' });
    case 'short-life':
      return withGrant(options, { expiresIn: life });
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
async function brokenAnswer(fault: Fault, request: Request): Promise<Response> {
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
      await sleep(30_000, request.signal);
      return new TokenRefusal(503, 'This answer is late on purpose.').toResponse();
    default:
      return new TokenRefusal(503, 'The token backend is down.', { retryAfter: 1 }).toResponse();
  }
}

/** Until the time is over, or nobody waits any more. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()));
  });
}
