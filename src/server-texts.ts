import type { ErrorCode } from './errors.js';

/** What a text of Jitsi's Prosody plugins says about a token. */
export interface ServerText {
  pattern: RegExp;
  /** As a server writes it. */
  example: string;
  /** The code of preflight's finding; with `ofPattern` where the claim `room` is a pattern. */
  finding?: string;
  ofPattern?: string;
  /** Path of the claim or header field that it is about. */
  claim?: string;
  /** The code of the element's error, and what to do; left out: the error of the refusal stays as it is. */
  code?: ErrorCode;
  hint?: string;
}

const rejected = 'token-rejected';
const numbers = 'Write exp and nbf as numbers: seconds since 1970.';
const malformed = 'The string that was sent is not a JWT: look at what the token endpoint answers.';
const alg = "Sign with the algorithm of the server's signature_algorithm (default HS256, with a key server RS256).";
const kid = 'Set kid in the header to the name of a key that the server can fetch; key servers need an RS algorithm.';
const iss = "Set iss to one of the server's accepted issuers (default: its app id).";
const aud = "Set aud to one of the server's accepted audiences, as a text, not a list.";
const room = "Set the claim room to this room's name, in lower case and percent-encoded, or to *.";

/**
 * Why Prosody's token plugins refuse, by their own words: the texts of test/data/prosody-verdicts. The first match counts.
 * Releases word some of them differently, so the patterns look for what names the claim.
 */
export const serverTexts = [
  {
    pattern: /by exp\b|expired/i,
    example: 'Not acceptable by exp (60.0 sec since expired)',
    finding: 'token-expired',
    claim: 'exp',
    code: 'token-expired',
    hint: 'Get a fresh token for each join, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /by nbf\b/i,
    example: 'Not acceptable by nbf',
    finding: 'token-not-yet-valid',
    claim: 'nbf',
    code: 'token-not-yet-valid',
    hint: 'Leave out nbf or set it a minute back, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /exp must be/i,
    example: 'exp must be number',
    finding: 'exp-not-number',
    claim: 'exp',
    code: rejected,
    hint: numbers,
  },
  {
    pattern: /nbf must be/i,
    example: 'nbf must be number',
    finding: 'nbf-not-number',
    claim: 'nbf',
    code: rejected,
    hint: numbers,
  },
  {
    pattern: /token required/i,
    example: 'token required',
    finding: 'token-required',
    code: 'token-auth-required',
    hint: 'This deployment admits nobody without a token: set tokenProvider, token-url or token.',
  },
  {
    pattern: /bad token format|invalid header/i,
    example: 'Invalid header',
    finding: 'header-unreadable',
    claim: 'header',
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /invalid body/i,
    example: 'Invalid body',
    finding: 'payload-unreadable',
    claim: 'payload',
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /invalid token/i,
    example: 'Invalid token',
    finding: 'token-malformed',
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /signature/i,
    example: 'Invalid signature',
    finding: 'signature-wrong',
    code: rejected,
    hint: 'Compare the secret or key that signs tokens with the one that the server checks them by.',
  },
  {
    pattern: /\btyp\b/i,
    example: 'Invalid typ',
    finding: 'typ-not-jwt',
    claim: 'header.typ',
    code: rejected,
    hint: 'The header needs "typ": "JWT"; many libraries leave it out unless asked.',
  },
  {
    pattern: /algorithm not supported/i,
    example: 'Algorithm not supported',
    finding: 'algorithm-unsupported',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /'alg' claim is missing/i,
    example: "'alg' claim is missing",
    finding: 'alg-missing',
    claim: 'header.alg',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /\balg\b(?!' claim is missing)|algorithm(?! not supported)/i,
    example: 'Invalid or incorrect alg',
    finding: 'alg-other',
    claim: 'header.alg',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /'kid' claim is missing/i,
    example: "'kid' claim is missing",
    finding: 'kid-missing',
    claim: 'header.kid',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /support with RS/i,
    example: "'kid' claim only support with RS family",
    finding: 'alg-not-rsa',
    claim: 'header.alg',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /public key|\bkid\b(?!' claim (is missing|only support))/i,
    example: 'could not obtain public key',
    finding: 'kid-unknown',
    claim: 'header.kid',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /'iss' claim is missing/i,
    example: "'iss' claim is missing",
    finding: 'iss-missing',
    claim: 'iss',
    code: rejected,
    hint: iss,
  },
  {
    pattern: /\biss\b(?!' claim is missing)/i,
    example: "invalid 'iss' claim",
    finding: 'iss-other',
    claim: 'iss',
    code: rejected,
    hint: iss,
  },
  {
    pattern: /'aud' claim is missing/i,
    example: "'aud' claim is missing",
    finding: 'aud-missing',
    claim: 'aud',
    code: rejected,
    hint: aud,
  },
  {
    pattern: /\baud\b(?!' claim is missing)/i,
    example: "invalid 'aud' claim",
    finding: 'aud-other',
    claim: 'aud',
    code: rejected,
    hint: aud,
  },
  {
    // The room is compared before the frame is made, so here it is the other thing that the server compares.
    pattern: /room and token mismatch/i,
    example: 'Room and token mismatched',
    finding: 'sub-other',
    ofPattern: 'room-pattern-partial',
    claim: 'sub',
    code: rejected,
    hint: 'Set sub to the tenant where the address has one, else to the XMPP domain, or to *.',
  },
  {
    pattern: /room does not match/i,
    example: 'Room does not match the room from token',
    finding: 'room-other',
    ofPattern: 'room-pattern-off',
    claim: 'room',
    code: rejected,
    hint: room,
  },
  {
    pattern: /room name cannot be matched/i,
    example: 'Room name cannot be matched to the one from token.',
    finding: 'room-other',
    ofPattern: 'room-pattern-no-match',
    claim: 'room',
    code: rejected,
    hint: room,
  },
  {
    pattern: /wildcard room|regex support/i,
    example: 'Wildcard room in token not allowed',
    finding: 'wildcard-refused',
    claim: 'room',
    code: rejected,
    hint: room,
  },
  { pattern: /wildcard sub/i, example: 'Wildcard sub in token not allowed', finding: 'wildcard-refused', claim: 'sub' },
  { pattern: /room claim is missing/i, example: 'room claim is missing', finding: 'room-missing', claim: 'room' },
  { pattern: /sub claim is missing/i, example: 'sub claim is missing', finding: 'sub-missing', claim: 'sub' },
  {
    pattern: /not a valid Lua pattern/i,
    example: 'Room claim is not a valid Lua pattern',
    finding: 'room-pattern-malformed',
    claim: 'room',
  },
  {
    pattern: /remote domains/i,
    example: 'Communication with remote domains is not enabled',
    finding: 'tenant-address-unusable',
  },
  {
    pattern: /destination address/i,
    example: "The destination address is invalid: bob's%20room@conference.meet.example.com/f8ab01de",
    finding: 'room-address-unusable',
  },
  { pattern: /authentication required/i, example: 'authentication required', finding: 'guest-not-welcome' },
  { pattern: /room.*token/i, example: 'Room is not the one of the token', code: rejected, hint: room },
] as const satisfies readonly ServerText[];
