import { unknownName } from '../names.js';
import { kindOf, plainMembers } from '../kinds.js';
import { normaliseRoom } from '../room/index.js';
import { roomVocabulary } from './grant-names.js';
import { invalidGrant } from './options-check.js';

/** Bytes that fit before the @ of an XMPP address (RFC 7622 3.3); Prosody refuses longer ones. */
export const longestNode = 1023;

/** Why no token can open this room, as the end of "the room ...", or `undefined`. `claim`: its name on the server. */
export function roomProblem(claim: string, tenant: string | null): string | undefined {
  if (claim === '') return 'is empty';
  if (claim === '*') return 'is the wildcard *';
  if (/^\.\.?$/.test(claim)) return `is called "${claim}", which browsers read as a folder`;
  // XMPP allows no ' in an address, and encodeURIComponent leaves it as it is.
  if (claim.includes("'")) return 'has an apostrophe, which XMPP allows in no address';
  if (/%0|%1|%7f/.test(claim)) return 'has a control character, which XMPP allows in no address';
  // Prosody writes a tenant in brackets before the room (mod_muc_domain_mapper). The claim is ASCII.
  const bytes = claim.length + (tenant ? new TextEncoder().encode(`[${tenant}]`).length : 0);
  if (bytes > longestNode) {
    return `is too long: percent-encoded it takes ${bytes} bytes of an XMPP address, at most ${longestNode} fit`;
  }
  return undefined;
}

/** The claim `room` of a grant. Throws `config-invalid` for what can't be entered or isn't plainly said. */
export function roomClaimOf(room: unknown, tenant?: unknown): { claim: string; isPattern: boolean } {
  if (typeof room === 'string') {
    return { claim: namedRoom(room, typeof tenant === 'string' ? tenant : null), isPattern: false };
  }
  const members = plainMembers(room);
  if (!members) {
    const isPattern = Object.prototype.toString.call(room) === '[object RegExp]';
    throw invalidGrant(
      `the room is ${kindOf(room)}; expected its name, { pattern } or { any: true }`,
      isPattern
        ? 'Prosody reads Lua patterns, not regular expressions: say room: { pattern: "team%-%d+" }.'
        : 'A token is for one room: sign one token for each, or say room: { pattern } where their names are alike.',
    );
  }
  const unknown = unknownName(Object.keys(members), roomVocabulary);
  if (unknown) throw invalidGrant(`in room ${unknown}`);
  const { pattern, any } = members;
  if ('any' in members && 'pattern' in members)
    throw invalidGrant('the room has pattern and any; expected one of them');
  if ('any' in members) {
    if (any !== true)
      throw invalidGrant(`room.any is ${kindOf(any)}; expected true`, 'Leave it out where one room is meant.');
    return { claim: '*', isPattern: false };
  }
  return { claim: patternOf(pattern), isPattern: true };
}

function patternOf(pattern: unknown): string {
  const example = 'expected a Lua pattern such as team%-%d+';
  if (typeof pattern !== 'string') throw invalidGrant(`the room pattern is ${kindOf(pattern)}; ${example}`);
  if (pattern === '') throw invalidGrant(`the room pattern is empty; ${example}`);
  if (pattern === '*')
    throw invalidGrant('the room pattern is the wildcard *', 'Where every room is meant, say room: { any: true }.');
  // Prosody lower-cases the claim before it reads the pattern in it.
  const upper = /(?<!%)(?:%%)*(%[A-Z])/.exec(pattern)?.[1];
  if (upper) {
    throw invalidGrant(
      `the room pattern has ${upper}, which Prosody reads as ${upper.toLowerCase()}`,
      `Write a set instead, such as [^${upper.toLowerCase()}].`,
    );
  }
  return pattern;
}

function namedRoom(room: string, tenant: string | null): string {
  const claim = normaliseRoom(room);
  const problem = roomProblem(claim, tenant);
  if (problem === undefined) return claim;
  throw invalidGrant(
    `the room ${problem}`,
    claim === '*' ? 'Where every room is meant, say room: { any: true }.' : undefined,
  );
}
