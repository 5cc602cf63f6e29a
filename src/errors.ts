/** Everything that can go wrong, as a closed set: programs decide by it, and `locale` has a sentence for each. */
export const errorCodes = [
  'config-invalid',
  'insecure-context',
  'page-policy',
  'token-network',
  'token-timeout',
  'token-auth-required',
  'token-forbidden',
  'token-rate-limited',
  'token-server',
  'token-endpoint-invalid',
  'token-response-invalid',
  'token-malformed',
  'token-expired',
  'token-not-yet-valid',
  'token-rejected',
  'script-load',
  'script-timeout',
  'script-invalid',
  'iframe-timeout',
  'join-timeout',
  'conference-failed',
  'aborted',
] as const;

/** Code of an error; the set is closed. */
export type ErrorCode = (typeof errorCodes)[number];

/** Which of several causes a code has, where a visitor should read the difference. */
export const errorDetails = ['room-full', 'turned-away', 'not-begun', 'no-media', 'other-room', 'only-page'] as const;

/** Which of several causes an error has, where a visitor should read the difference. */
export type ErrorDetail = (typeof errorDetails)[number];

/** Codes of warnings: what a page should know although the meeting goes on. */
export const warningCodes = ['media-blocked', 'token-doubtful', 'role-differs', 'embed-limited'] as const;

/** Code of a warning; the set is closed. */
export type WarningCode = (typeof warningCodes)[number];

/**
 * Why a device can't be used: the visitor's browser or system forbids it, this page doesn't pass it on to the frame,
 * there is none, or it is there and does not start (another program has it, mostly).
 */
export const deviceProblems = ['permission', 'policy', 'not-found', 'not-starting'] as const;

/** Why a camera or a microphone does not work. */
export type DeviceProblem = (typeof deviceProblems)[number];

/** Why a token was or would be refused. It is a `Finding` of the entry `./preflight`, which has the list of codes. */
export interface TokenFinding {
  code: string;
  severity: 'error' | 'warning' | 'advice';
  /** Where the server looks: at the XMPP login, or on entering the room. `null`: nowhere. */
  stage: 'connect' | 'join' | null;
  /** Path of the claim or header field that it is about. */
  claim?: string;
  /** The value that was found, as text; never the token or a secret. */
  found?: string;
  expected?: string;
  /** What to change. */
  fix: string;
  /** What the server writes into its refusal. */
  serverText?: string;
}

/** `detail` of the event `meeting-warning`. `message` and `hint` are for developers. */
export interface MeetingWarning {
  code: WarningCode;
  message: string;
  hint: string;
  findings?: readonly TokenFinding[];
  /** With `media-blocked`: which device, and why. */
  device?: 'camera' | 'microphone' | 'screen';
  why?: DeviceProblem;
}

/** What a `JitsiMeetingError` holds besides code and message. */
export interface JitsiMeetingErrorOptions {
  /** What to do about it, for developers. */
  hint: string;
  /** Whether trying the same again may work. */
  retryable?: boolean;
  detail?: ErrorDetail | undefined;
  /** HTTP status of the token endpoint's answer. */
  status?: number;
  /** How long the token endpoint asks to wait (`Retry-After`), ms. */
  retryAfter?: number;
  /** The address that a 401 gives for signing in; checked to be https or same origin. */
  signInUrl?: string;
  /** Why a token was or would be refused. */
  findings?: readonly TokenFinding[];
  cause?: unknown;
}

/** Marks an error for every copy of this package: a page may hold several, and their classes are not the same. */
const brand = Symbol.for('jitsi-meeting-element.JitsiMeetingError');

/**
 * Every error this package raises. `message` says what was given and what was expected, `hint` what to do; both are
 * English, for developers. A token or a secret is never part of either.
 */
export class JitsiMeetingError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly retryable: boolean;
  readonly detail?: ErrorDetail;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly signInUrl?: string;
  readonly findings?: readonly TokenFinding[];

  static {
    this.prototype.name = 'JitsiMeetingError';
    Object.defineProperty(this.prototype, brand, { value: true });
  }

  /** Whether it is such an error with a known code, made by this copy of the package or by another one. */
  static is(value: unknown): value is JitsiMeetingError {
    if (typeof value !== 'object' || value === null || !(brand in value)) return false;
    return 'code' in value && (errorCodes as readonly unknown[]).includes(value.code);
  }

  constructor(code: ErrorCode, message: string, options: JitsiMeetingErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const { hint, retryable = false, cause: _cause, ...more } = options;
    this.code = code;
    this.hint = hint;
    this.retryable = retryable;
    // What isn't known is not there at all.
    Object.assign(this, Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)));
  }
}
