import { isResponse } from '../kinds.js';
import { invalidOf } from './options-check.js';

/** Body of an error answer, RFC 9457. `signInUrl` is this project's own member. */
interface Problem {
  status: number;
  title: string;
  detail: string;
  signInUrl?: string;
}

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Sign-in needed',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timed out',
  410: 'Gone',
  413: 'Body too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

/** What a refusal adds to its status. */
export interface RefusalOptions {
  /** With 401: where one can sign in; https or same origin. */
  signInUrl?: string;
  /** With 429 and 503: seconds until another try makes sense. */
  retryAfter?: number;
}

/** Marks a refusal for every copy of this package: a bundle may hold several, and their classes are not the same. */
const brand = Symbol.for('jitsi-meeting-element.TokenRefusal');

/**
 * An answer without a token. Throw it from (or return it in) `authorize`; `unauthorized` and `forbidden` make the
 * common ones. `message` is sent to the client.
 */
export class TokenRefusal extends Error {
  readonly status: number;
  readonly signInUrl?: string;
  readonly retryAfter?: number;

  static {
    this.prototype.name = 'TokenRefusal';
  }

  constructor(status: number, detail: string, options: RefusalOptions = {}) {
    super(detail);
    if (!isErrorStatus(status)) {
      throw invalidOf('TokenRefusal')(
        'the status is not a number from 400 to 599',
        'A refusal answers with an error: 401 where a sign-in is needed, 403 where the person may not enter.',
      );
    }
    Object.defineProperty(this, brand, { value: true });
    this.status = status;
    if (options.signInUrl !== undefined) this.signInUrl = options.signInUrl;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }

  /** The refusal as `application/problem+json`, never cached. */
  toResponse(): Response {
    const problem: Problem = {
      status: this.status,
      title: titles[this.status] ?? 'Error',
      detail: this.message,
      ...(this.signInUrl !== undefined && { signInUrl: this.signInUrl }),
    };
    return new Response(JSON.stringify(problem), {
      status: this.status,
      headers: {
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
        // A wait that is not a number, or one with an exponent, would make a header that clients can't read.
        ...(Number.isFinite(this.retryAfter) && { 'retry-after': String(secondsToWait(this.retryAfter!)) }),
      },
    });
  }
}

const aYear = 366 * 86_400;

const secondsToWait = (seconds: number): number => Math.min(Math.max(1, Math.ceil(seconds)), aYear);

/** Whether it is a `TokenRefusal`, made by this copy of the package or by another one. */
export function isRefusal(value: unknown): value is TokenRefusal {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, brand);
}

/**
 * The refusal that a callback of the user's code returned or threw, or `undefined`: a `TokenRefusal` of any copy of the
 * package, or a `Response` with an error status. Of the `Response` only the status and `Retry-After` are kept: its body
 * and headers were not made for this answer.
 */
export function refusalIn(value: unknown): TokenRefusal | undefined {
  if (isRefusal(value)) return ownRefusal(value);
  if (!isResponse(value) || !isErrorStatus(value.status)) return undefined;
  const retryAfter = Number(value.headers.get('retry-after') ?? Number.NaN);
  const detail = sentences[value.status] ?? `The token endpoint refused with status ${value.status}.`;
  return new TokenRefusal(value.status, detail, Number.isFinite(retryAfter) ? { retryAfter } : {});
}

const isErrorStatus = (status: unknown): status is number =>
  Number.isInteger(status) && Number(status) >= 400 && Number(status) <= 599;

/** Another copy may be of another release: what it holds is taken, its methods are not called. */
function ownRefusal(refusal: TokenRefusal): TokenRefusal {
  const { status, message, signInUrl, retryAfter } = refusal;
  return new TokenRefusal(isErrorStatus(status) ? status : 403, String(message), {
    ...(typeof signInUrl === 'string' && { signInUrl }),
    ...(typeof retryAfter === 'number' && { retryAfter }),
  });
}

/** Nobody is signed in (401). `signInUrl`: https or same origin. */
export function unauthorized(signInUrl?: string): TokenRefusal {
  return new TokenRefusal(401, sentences[401]!, signInUrl === undefined ? {} : { signInUrl });
}

/** Signed in, but not for this room (403). */
export function forbidden(detail = sentences[403]!): TokenRefusal {
  return new TokenRefusal(403, detail);
}

const sentences: Record<number, string> = {
  401: 'Sign in to join this meeting.',
  403: 'You are not allowed to join this meeting.',
  429: 'Too many tokens were asked for.',
};
