import type { MeetingGrant, TokenUser } from './grant.js';
import { TokenRefusal } from './problem.js';
import type { TokenRequest } from './token-request.js';

/** What is granted. The room and tenant are the ones asked for, unless it names others. */
export type Authorization = Partial<MeetingGrant>;

/**
 * Decides who asks (by cookie, session or header) and what they may do. Return a grant; return or throw a
 * `TokenRefusal` (`unauthorized`, `forbidden`). Anything else that is thrown becomes a 500 without details.
 */
export type Authorize = (asked: TokenRequest) => Authorization | TokenRefusal | Promise<Authorization | TokenRefusal>;

export type RateLimitResult = { allowed: true } | { allowed: false; /** Seconds. */ retryAfter: number };

/** Called once the person is known, before signing. */
export type RateLimit = (who: { user: TokenUser | undefined; request: Request }) => Promise<RateLimitResult>;

/** The grant for what was asked. Throws a `TokenRefusal`. */
export async function grantFor(
  asked: TokenRequest,
  { authorize, rateLimit }: { authorize: Authorize; rateLimit?: RateLimit },
): Promise<MeetingGrant> {
  const authorization = await authorize(asked);
  if (authorization instanceof TokenRefusal) throw authorization;
  const limit = await rateLimit?.({ user: authorization.user, request: asked.request });
  if (limit && !limit.allowed) {
    throw new TokenRefusal(429, 'Too many tokens were asked for.', { retryAfter: limit.retryAfter });
  }
  const { room = asked.room, tenant = asked.tenant } = authorization;
  return { ...authorization, room, tenant };
}

/** The answer to what was thrown: a refusal as it is, anything else as a 500 that says nothing about it. */
export function answerProblem(error: unknown, onError?: (error: unknown) => void): Response {
  if (error instanceof TokenRefusal) return error.toResponse();
  onError?.(error);
  return new TokenRefusal(500, 'The token could not be made.').toResponse();
}
