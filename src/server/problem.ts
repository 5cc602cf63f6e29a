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
  405: 'Method not allowed',
  408: 'Request timed out',
  413: 'Body too large',
  415: 'Unsupported media type',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

export interface RefusalOptions {
  /** With 401: where one can sign in; https or same origin. */
  signInUrl?: string;
  /** With 429 and 503: seconds until another try makes sense. */
  retryAfter?: number;
}

/**
 * An answer that is no token. Throw it from (or return it in) `authorize`; `unauthorized` and `forbidden` make the
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
        ...(this.retryAfter !== undefined && { 'retry-after': String(Math.max(1, Math.ceil(this.retryAfter))) }),
      },
    });
  }
}

/** Nobody is signed in (401). `signInUrl`: https or same origin. */
export function unauthorized(signInUrl?: string): TokenRefusal {
  return new TokenRefusal(401, 'Sign in to join this meeting.', signInUrl === undefined ? {} : { signInUrl });
}

/** Signed in, but not for this room (403). */
export function forbidden(detail = 'You are not allowed to join this meeting.'): TokenRefusal {
  return new TokenRefusal(403, detail);
}
