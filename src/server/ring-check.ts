import { JitsiMeetingError } from '../errors.js';
import { unknownName } from '../names.js';
import { isObject, jsonObject } from '../plain.js';
import type { RingKey } from './key-ring.js';
import { algorithmOf, checkKey, checkKid } from './keys.js';
import { invalidOf } from './options-check.js';

export const invalidRing = invalidOf('Key ring');

const members = ['kid', 'activeFrom', 'acceptedUntil', 'algorithm', 'secret', 'privateKey'];
/** Bytes of a file; thousands of keys fit. Reading a file of any size would hold up everything else. */
export const longestRing = 10_000_000;

const firstHint = 'A ring is made by: jitsi-meeting-element keys make --file keys.json';

/** The keys in the text of a file; `name` says which. Throws `config-invalid`. */
export function parseRing(text: string, name: string): readonly RingKey[] {
  const content = jsonObject(text.replace(/^\uFEFF/, ''));
  if (content === 'not JSON') {
    throw invalidRing(text.trim() === '' ? `the file ${name} is empty` : `the file ${name} is not JSON`, firstHint);
  }
  if (content === 'not a JSON object' || !('keys' in content)) {
    throw invalidRing(`the file ${name} is JSON, but not a key ring: {"keys": [...]}`, firstHint);
  }
  const { keys } = content;
  try {
    checkRingKeys(keys);
  } catch (error) {
    const { message, hint } = error as JitsiMeetingError;
    throw new JitsiMeetingError('config-invalid', `${message} It is in the file ${name}.`, { hint });
  }
  return keys;
}

/** Throws `config-invalid` for a ring that couldn't be used as it is. No message holds a key. */
export function checkRingKeys(keys: unknown): asserts keys is readonly RingKey[] {
  if (!Array.isArray(keys)) throw invalidRing('the keys are not a list', `Give a list of keys. ${firstHint}`);
  if (keys.length === 0) throw invalidRing('there is no key in it', `Give at least one key. ${firstHint}`);
  keys.forEach((key, index) => checkRingKey(key, `key ${index + 1}`));
  const ring = keys as readonly RingKey[];
  const kids = ring.map(({ kid }) => kid);
  const twice = kids.find((kid, index) => kids.indexOf(kid) !== index);
  if (twice !== undefined) {
    throw invalidRing(
      `two keys have the kid ${JSON.stringify(twice)}`,
      'Give each key a kid of its own: Prosody keeps a key it has seen without asking again.',
    );
  }
  const algorithms = [...new Set(ring.map(algorithmOf))];
  if (algorithms.length > 1) {
    throw invalidRing(
      `its keys are for different algorithms (${algorithms.join(', ')})`,
      'Prosody takes one signature_algorithm at a time. Make a ring for the new algorithm, and change both sides at once.',
    );
  }
}

function checkRingKey(key: unknown, name: string): void {
  if (!isObject(key)) {
    throw invalidRing(`${name} is not an object`, `Give kid, activeFrom, and secret or privateKey. ${firstHint}`);
  }
  const unknown = Object.keys(key).find((member) => !members.includes(member));
  if (unknown !== undefined) {
    throw invalidRing(`${name} has a member that is not known`, `A key of a ring has: ${members.join(', ')}.`);
  }
  const { kid, activeFrom, acceptedUntil } = key as Partial<RingKey>;
  if (kid === undefined) throw invalidRing(`${name} has no kid`, 'Give each key a kid of its own.');
  checkTime(activeFrom, `activeFrom of ${name}`);
  if (acceptedUntil !== undefined) {
    checkTime(acceptedUntil, `acceptedUntil of ${name}`);
    if (acceptedUntil < activeFrom!) {
      throw invalidRing(`${name} ends before it begins`, 'acceptedUntil has to be after activeFrom, or left out.');
    }
  }
  checkKid(kid);
  // Secrets have a kid here, too, so that they can be told apart.
  checkKey('secret' in key ? { ...key, kid: undefined } : { privateKey: undefined, ...key });
}

function checkTime(time: unknown, name: string): void {
  const hint = 'Give seconds since 1970, such as Math.floor(Date.now() / 1000).';
  if (time === undefined) throw invalidRing(`${name} is missing`, hint);
  if (typeof time !== 'number' || !Number.isFinite(time) || time < 0) throw invalidRing(`${name} is not a time`, hint);
  if (time > 1e11) throw invalidRing(`${name} is in milliseconds`, hint);
}

/** An option that is not known would do nothing, without a word. */
export function checkOptions(options: object, what: string, known: readonly string[]): void {
  const unknown = unknownName(Object.keys(options), { known });
  if (unknown) throw invalidRing(`${what}: ${unknown}`, 'Correct the name, or leave it out.');
}
