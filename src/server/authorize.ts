import type { JitsiMeetingError } from '../errors.js';
import { unknownName } from '../names.js';
import { isAbsent } from '../plain.js';
import { kindOf, plainMembers } from '../kinds.js';
import { normaliseTenant } from '../room/index.js';
import { grantVocabulary } from './grant-names.js';
import type { MeetingGrant, RoomChoice, TokenUser } from './grant.js';
import { forbidden, refusalIn, TokenRefusal } from './problem.js';
import type { SignedToken, TokenSigner } from './signer.js';
import type { TokenRequest } from './token-request.js';
import { invalidEndpoint } from './options-check.js';

/** At least one of the members. */
type Something<Type> = { [Name in keyof Type]-?: Required<Pick<Type, Name>> & Partial<Type> }[keyof Type];

/**
 * What is granted, in so many words: at least one member, and none that `MeetingGrant` doesn't have. The room is the
 * one asked for, unless the grant names another.
 */
export type Authorization = Something<MeetingGrant> & Never<'allowed' | 'error' | 'moderator' | 'ok' | 'status'>;

/** The compiler lets a function return more than its type has, so that the likeliest mistakes are named. */
type Never<Names extends string> = { [Name in Names]?: never };

/**
 * Decides who asks (by cookie, session or header) and what they may do. Return a grant, or return or throw a
 * `TokenRefusal` (`unauthorized`, `forbidden`). Nothing else signs anything: a falsy answer is a 403, a `Response` with
 * an error status keeps that status, and all the rest is a 500 without details, told to `onError`.
 */
export type Authorize = (asked: TokenRequest) => Authorization | TokenRefusal | Promise<Authorization | TokenRefusal>;

/** What a rate limit answers. */
export type RateLimitResult = { allowed: true } | { allowed: false; /** Seconds. */ retryAfter: number };

/** Called once the person is known, before signing. Only `allowed: true` allows. */
export type RateLimit = (who: {
  user: TokenUser | undefined;
  request: Request;
}) => RateLimitResult | Promise<RateLimitResult>;

/** Which tenants a page may ask for: a list, or a function of which only `true` is a yes. */
export type Tenants = readonly string[] | ((tenant: string, asked: TokenRequest) => boolean | Promise<boolean>);

/**
 * The user's code that decides, and what it needs. Shared by the token endpoint and the way back from `tokenAuthUrl`.
 */
export interface GrantOptions {
  authorize: Authorize;
  rateLimit?: RateLimit;
  /**
   * Tenants that are signed for as pages ask for them: a list, or a function. Without it, a tenant is signed for only
   * where the grant names it, or the signer has no other.
   */
  tenants?: Tenants;
  /** Told of every unexpected error, and of what the operator should look at. */
  onError?: (error: unknown) => void;
}

/** A token, and the meeting that it was granted for: `authorize` may name another one than was asked for. */
export interface Granted {
  signed: SignedToken;
  room: RoomChoice;
  tenant: string | null;
}

/** What was granted, signed. Throws a `TokenRefusal`; anything else is a fault of this server. */
export async function signedFor(asked: TokenRequest, signer: TokenSigner, options: GrantOptions): Promise<Granted> {
  const listed = await isListed(asked, signer, options.tenants);
  if (listed === false) throw tenantRefusal();
  const grant = await grantFor(asked, options);
  if (asked.tenant !== null && isAbsent(grant.tenant) && !listed) {
    tell(
      options.onError,
      invalidEndpoint(
        'a token was asked for a tenant, and nothing says that this endpoint signs for tenants',
        "Say tenants: ['acme'] to the handler, or let the grant of authorize name the tenant, once it has looked who asks. " +
          'The only tenant of a signer (JaaS) is known where that signer is given itself, not an object around its sign.',
      ),
    );
    throw tenantRefusal();
  }
  const tenant = isAbsent(grant.tenant) ? asked.tenant : grant.tenant;
  const signed = checkedSigned(await signer.sign({ ...grant, tenant }), options.onError);
  return { signed, room: grant.room, tenant: isAbsent(tenant) ? (signer.tenant ?? null) : normaliseTenant(tenant) };
}

const tenantRefusal = (): TokenRefusal => new TokenRefusal(400, 'This endpoint signs no tokens for that tenant.');

/** Whether the handler or the signer says that the tenant is served; `undefined` where none of them says anything. */
async function isListed(asked: TokenRequest, signer: TokenSigner, tenants?: Tenants): Promise<boolean | undefined> {
  const { tenant } = asked;
  if (tenant === null || tenant === signer.tenant) return true;
  if (tenants === undefined) return undefined;
  if (typeof tenants !== 'function') return tenants.map(normaliseTenant).includes(tenant);
  // Letters that look like others are a matter for a list.
  if (!/^[\w-]+$/.test(tenant)) return false;
  const answer: unknown = await tenants(tenant, asked);
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  if (typeof answer !== 'boolean') throw invalidEndpoint(`tenants returned ${kindOf(answer)}`, 'Return true or false.');
  return answer;
}

async function grantFor(asked: TokenRequest, { authorize, rateLimit, onError }: GrantOptions): Promise<MeetingGrant> {
  const answer: unknown = await authorize(asked);
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  const grant = answer ? grantIn(answer) : refusedBy(answer, onError);
  if (rateLimit) await hold(rateLimit, { user: grant.user ?? undefined, request: asked.request });
  return { ...grant, room: grant.room ?? asked.room };
}

/** Falsy is a no. Only a forgotten `return` is worth a word. */
function refusedBy(answer: unknown, onError: GrantOptions['onError']): never {
  if (answer === undefined) tell(onError, wrongAnswer('undefined, which is taken for a no'));
  throw forbidden();
}

function grantIn(answer: unknown): Partial<MeetingGrant> {
  const members = plainMembers(answer);
  if (!members) throw wrongAnswer(kindOf(answer));
  const unknown = unknownName(Object.keys(members), grantVocabulary);
  if (unknown) throw wrongAnswer(`${kindOf(answer)}; ${unknown}`);
  if (!grantsSomething(members)) throw wrongAnswer(`${kindOf(answer)}, which grants nothing`);
  if (members['room'] === null) throw wrongAnswer('a grant whose room is null');
  return members;
}

/** A person of whom every field is missing is one that a database didn't find. */
function grantsSomething({ user, ...others }: Record<string, unknown>): boolean {
  const person = plainMembers(user);
  const isSomebody = person ? !Object.values(person).every(isAbsent) : !isAbsent(user);
  return isSomebody || !Object.values(others).every(isAbsent);
}

function wrongAnswer(what: string): JitsiMeetingError {
  return invalidEndpoint(
    `authorize returned ${what}`,
    "Return a grant such as { user: { id, name }, role: 'participant' }, or a refusal: forbidden(), unauthorized('/sign-in').",
  );
}

/** Throws a `TokenRefusal` (429) unless the limit plainly allows. */
async function hold(rateLimit: RateLimit, who: Parameters<RateLimit>[0]): Promise<void> {
  const answer: unknown = await rateLimit(who);
  const refusal = refusalIn(answer);
  if (refusal) throw refusal;
  const isObject = typeof answer === 'object' && answer !== null && Object.hasOwn(answer, 'allowed');
  const { allowed, retryAfter } = (isObject ? answer : {}) as { allowed?: unknown; retryAfter?: unknown };
  if (allowed === true) return;
  if (allowed !== false) {
    throw invalidEndpoint(
      `rateLimit returned ${kindOf(answer)}`,
      'Return { allowed: true }, or { allowed: false, retryAfter } with seconds.',
    );
  }
  throw new TokenRefusal(429, 'Too many tokens were asked for.', typeof retryAfter === 'number' ? { retryAfter } : {});
}

/** What a signer made, which may be the user's own: nothing but a signed token goes out. */
function checkedSigned(signed: unknown, onError: GrantOptions['onError']): SignedToken {
  const members = plainMembers(signed) ?? {};
  const { token, expiresIn, warnings } = members;
  if (typeof token !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) {
    const what =
      typeof token === 'string' ? 'a token that is not a compact JWS (three parts, base64url)' : kindOf(signed);
    throw invalidEndpoint(`the signer gave ${what}`, 'Its sign(grant) resolves to { token, expiresIn }.');
  }
  if (expiresIn !== undefined && !(Number.isFinite(expiresIn) && Number(expiresIn) > 0)) {
    throw invalidEndpoint(
      `the signer gave an expiresIn that is ${kindOf(expiresIn)}`,
      'It is the life of the token in seconds, above 0.',
    );
  }
  if (Array.isArray(warnings)) for (const warning of warnings as unknown[]) tell(onError, warning);
  return members as unknown as SignedToken;
}

/** The answer to what was thrown: a refusal as it is, anything else as a 500 that says nothing about it. */
export function answerProblem(error: unknown, onError?: (error: unknown) => void): Response {
  try {
    const refusal = refusalIn(error);
    if (refusal) return refusal.toResponse();
  } catch {
    // Something was thrown that can't even be looked at.
  }
  tell(onError, error);
  return new TokenRefusal(500, 'The token could not be made.').toResponse();
}

/** Tells the operator. What goes wrong there, now or later, changes no answer. */
export function tell(onError: GrantOptions['onError'], error: unknown): void {
  try {
    void Promise.resolve(onError?.(error) as unknown).catch(() => undefined);
  } catch {
    // The site passed no function to tell it to.
  }
}
