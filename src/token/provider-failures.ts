import { JitsiMeetingError } from '../errors.js';
import { isObject } from '../plain.js';
import { isResponse, kindOf } from '../kinds.js';

/** What sign-in libraries and endpoints call a token. */
const otherNames = ['jwt', 'access_token', 'accessToken', 'id_token', 'idToken', 'jitsiToken', 'value'];

/**
 * The error of an answer that holds no token. Says what it is and how its members are called, never what is in them: there
 * may be a token.
 */
export function wrongAnswer(answer: unknown): JitsiMeetingError {
  if (!isObject(answer)) return invalid(kindOf(answer));
  if (isResponse(answer)) {
    return invalid(kindOf(answer), 'Read its body and return the token in it: (await response.json()).token.');
  }
  const { token, expiresIn } = answer;
  if (token === undefined) return withoutToken(answer);
  if (typeof token !== 'string' || token === '') {
    return invalid(`an object whose token is ${kindOf(token)}`, isPromise(token) ? 'Await it first.' : undefined);
  }
  return invalid(
    `a token whose expiresIn is ${kindOfLife(expiresIn)}; expected seconds, a finite number above 0`,
    'Leave it out where the token has exp, as every token of createTokenSigner has.',
  );
}

export function providerTimeout(ms: number): JitsiMeetingError {
  return new JitsiMeetingError('token-timeout', `The tokenProvider of the page gave no token within ${ms / 1000} s.`, {
    hint: 'Let it give up by itself sooner, and stop when request.signal is aborted.',
    retryable: true,
  });
}

export function providerFailed(cause: unknown): JitsiMeetingError {
  return new JitsiMeetingError('token-network', 'The tokenProvider of the page failed.', {
    hint: 'See cause. Let it throw a JitsiMeetingError with code token-auth-required or token-forbidden where that is the reason.',
    retryable: true,
    cause,
  });
}

function withoutToken(answer: object): JitsiMeetingError {
  const promise = Object.keys(answer).find((name) => isPromise((answer as Record<string, unknown>)[name]));
  const other = otherNames.find((name) => typeof (answer as Record<string, unknown>)[name] === 'string');
  let hint: string | undefined;
  if (other !== undefined) hint = `Return the text in it: answer.${other}, or { token: answer.${other} }.`;
  else if (promise !== undefined) hint = 'A member of it is a promise: await that, and return the token.';
  return invalid(`${kindOf(answer)}, without token`, hint);
}

const isPromise = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

function kindOfLife(life: unknown): string {
  if (typeof life !== 'number' || Number.isNaN(life)) return kindOf(life);
  return Number.isFinite(life) ? 'a number that is not above 0' : 'an infinite number';
}

function invalid(what: string, hint = 'Return the token as a text, or { token, expiresIn }.'): JitsiMeetingError {
  return new JitsiMeetingError('token-response-invalid', `The tokenProvider of the page gave ${what}.`, { hint });
}
