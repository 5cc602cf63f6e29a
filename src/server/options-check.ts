import { JitsiMeetingError } from '../errors.js';
import { unknownName, type Vocabulary } from '../names.js';
import { isObject } from '../plain.js';
import { kindOf } from '../kinds.js';

// What all checks of options and grants have in common: the form of their errors, and the checks that several make.

/** Makes a `config-invalid` error. `message` goes on after the subject and has no full stop. */
export type Invalid = (message: string, hint?: string) => JitsiMeetingError;

/** The errors of one subject; without `usualHint` each error has to bring its own. */
export function invalidOf(subject: string, usualHint: string): Invalid;
export function invalidOf(subject: string): (message: string, hint: string) => JitsiMeetingError;
export function invalidOf(subject: string, usualHint = '') {
  return (message: string, hint = usualHint) =>
    new JitsiMeetingError('config-invalid', `${subject}: ${message}.`, { hint });
}

export const invalidEndpoint = invalidOf('Token endpoint', 'Correct the options of the handler.');
export const invalidRedirect = invalidOf('tokenAuthUrl handler', 'Correct the options of createTokenAuthRedirect.');
export const invalidSigner = invalidOf('Token signer', 'Correct the options of the signer.');
export const invalidGrant = invalidOf('Token grant', 'Correct the grant that is handed to the token signer.');

/** Options are an object, and have no name that would be without effect. */
export function checkNames(options: unknown, vocabulary: Vocabulary, invalid: Invalid, missing?: string): void {
  if (!isObject(options)) throw invalid(`the options are ${kindOf(options)}; expected an object`, missing);
  const unknown = unknownName(Object.keys(options), vocabulary);
  if (unknown) throw invalid(`in the options ${unknown}`, 'A misspelt option would be without effect.');
}

/** Each is a function, or not there. */
export function checkFunctions(options: Readonly<Record<string, unknown>>, invalid: Invalid): void {
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && typeof value !== 'function') throw wrongOption(name, value, 'a function', invalid);
  }
}

export function listOf(name: string, value: unknown, what: string, invalid: Invalid): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw invalid(
    `${name} is ${kindOf(value)}; expected a list of ${what}`,
    typeof value === 'string' ? `Where it comes from a setting, say ${name}: setting.split(',').` : 'Give an array.',
  );
}

export const wrongOption = (name: string, value: unknown, expected: string, invalid: Invalid): JitsiMeetingError =>
  invalid(`${name} is ${kindOf(value)}; expected ${expected}`);

/** Names of hosts and origins are not secrets; of anything else only its kind is told. */
export const shown = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? JSON.stringify(value.slice(0, 100)) : kindOf(value);
