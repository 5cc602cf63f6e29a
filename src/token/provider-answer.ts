import { JitsiMeetingError } from '../errors.js';
import { isObject, isResponse, kindOf } from '../plain.js';
import type { TokenResponse } from './types.js';

/** What sign-in libraries and endpoints call a token. */
const otherNames = ['jwt', 'access_token', 'accessToken', 'id_token', 'idToken', 'jitsiToken', 'value'];

/**
 * The token in what the page's provider gave. Says of anything else what it is and how its members are called, never what
 * is in them: there may be a token.
 * @throws JitsiMeetingError token-response-invalid
 */
export function responseOfProvider(answer: unknown): TokenResponse {
  if (typeof answer === 'string' && answer !== '') return { token: answer };
  if (!isObject(answer)) throw invalid(kindOf(answer));
  if (isResponse(answer)) {
    throw invalid(kindOf(answer), 'Read its body and return the token in it: (await response.json()).token.');
  }
  const { token, expiresIn } = answer;
  if (token === undefined) throw withoutToken(answer);
  if (typeof token !== 'string' || token === '') {
    throw invalid(`an object whose token is ${kindOf(token)}`, isPromise(token) ? 'Await it first.' : undefined);
  }
  if (expiresIn === undefined) return { token };
  if (typeof expiresIn === 'number' && Number.isFinite(expiresIn) && expiresIn > 0) return { token, expiresIn };
  throw invalid(
    `a token whose expiresIn is ${kindOfLife(expiresIn)}; expected seconds, a finite number above 0`,
    'Leave it out where the token has exp, as every token of createTokenSigner has.',
  );
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
