import type { ErrorCode, ErrorDetail } from './errors.js';

/** Key of the sentence in `src/locale` that a visitor reads. */
type VisitorKey = ErrorCode | ErrorDetail;

/** What a text of Jitsi's Prosody plugins says about a token. */
export interface ServerText {
  pattern: RegExp;
  /** As servers write it; without what some add in parentheses or after a colon. */
  says: readonly string[];
  /** The code of preflight's finding; with `ofPattern` where the claim `room` is a pattern. */
  finding?: string;
  ofPattern?: { finding: string; visitor?: VisitorKey };
  /** Findings that the same words may stand for; only a preflight that knows the deployment tells them apart. */
  also?: readonly string[];
  /** Path of the claim or header field that it is about. */
  claim?: string;
  /** The code of the element's error, and what to do. Without them the error of the refusal stays as it is. */
  code?: ErrorCode;
  hint?: string;
  /** What a visitor reads; left out: the sentence of `code`. */
  visitor?: VisitorKey;
}

const rejected = 'token-rejected';
const numbers = 'Write exp and nbf as numbers: seconds since 1970.';
const malformed = 'The string that was sent is not a JWT: look at what the token endpoint answers.';
const alg = "Sign with the algorithm of the server's signature_algorithm (default HS256, with a key server RS256).";
const kid = 'Set kid in the header to the name of a key that the server can fetch; key servers need an RS algorithm.';
const iss = "Set iss to one of the server's accepted issuers (default: its app id).";
const aud = "Set aud to one of the server's accepted audiences, as a text, not a list.";
const sub = 'Set sub to the tenant where the address has one, else to the XMPP domain, or to *.';
const room = "Set the claim room to this room's name, in lower case and percent-encoded, or to *.";

/**
 * Why Prosody's token plugins refuse, by the texts that they send (test/data/prosody-verdicts). The first match counts.
 * Some texts differ between releases, so the patterns look for the words that name the claim.
 */
export const serverTexts = [
  {
    pattern: /by exp\b|expired/i,
    says: ['Not acceptable by exp'],
    finding: 'token-expired',
    claim: 'exp',
    code: 'token-expired',
    hint: 'Get a fresh token for each join, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /by nbf\b/i,
    says: ['Not acceptable by nbf'],
    finding: 'token-not-yet-valid',
    also: ['nbf-milliseconds'],
    claim: 'nbf',
    code: 'token-not-yet-valid',
    hint: 'Leave out nbf or set it a minute back, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /exp must be/i,
    says: ['exp must be number'],
    finding: 'exp-not-number',
    claim: 'exp',
    code: rejected,
    hint: numbers,
  },
  {
    pattern: /nbf must be/i,
    says: ['nbf must be number'],
    finding: 'nbf-not-number',
    claim: 'nbf',
    code: rejected,
    hint: numbers,
  },
  {
    pattern: /token required/i,
    says: ['token required'],
    finding: 'token-required',
    code: 'token-auth-required',
    hint: 'This deployment admits nobody without a token: set tokenProvider, token-url or token.',
  },
  {
    pattern: /bad token format|invalid header/i,
    says: ['Invalid header', 'bad token format'],
    finding: 'header-unreadable',
    claim: 'header',
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /invalid body/i,
    says: ['Invalid body'],
    finding: 'payload-unreadable',
    claim: 'payload',
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /invalid token/i,
    says: ['Invalid token'],
    finding: 'token-malformed',
    also: ['token-not-base64url'],
    code: 'token-malformed',
    hint: malformed,
  },
  {
    pattern: /signature/i,
    says: ['Invalid signature'],
    finding: 'signature-wrong',
    also: ['signature-unreadable'],
    code: rejected,
    hint: 'Compare the secret or key that signs tokens with the one that the server checks them by.',
  },
  {
    pattern: /\btyp\b/i,
    says: ['Invalid typ'],
    finding: 'typ-not-jwt',
    claim: 'header.typ',
    code: rejected,
    hint: 'The header needs "typ": "JWT"; many libraries leave it out unless asked.',
  },
  {
    pattern: /algorithm not supported/i,
    says: ['Algorithm not supported'],
    finding: 'algorithm-unsupported',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /'alg' claim is missing/i,
    says: ["'alg' claim is missing"],
    finding: 'alg-missing',
    claim: 'header.alg',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /\balg\b(?!' claim is missing)|algorithm(?! not supported)/i,
    says: ['Invalid or incorrect alg'],
    finding: 'alg-other',
    claim: 'header.alg',
    code: rejected,
    hint: alg,
  },
  {
    pattern: /'kid' claim is missing/i,
    says: ["'kid' claim is missing"],
    finding: 'kid-missing',
    claim: 'header.kid',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /support with RS/i,
    says: ["'kid' claim only support with RS family"],
    finding: 'alg-not-rsa',
    claim: 'header.alg',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /public key|\bkid\b(?!' claim (is missing|only support))/i,
    says: ['could not obtain public key'],
    finding: 'kid-unknown',
    claim: 'header.kid',
    code: rejected,
    hint: kid,
  },
  {
    pattern: /'iss' claim is missing/i,
    says: ["'iss' claim is missing"],
    finding: 'iss-missing',
    claim: 'iss',
    code: rejected,
    hint: iss,
  },
  {
    pattern: /\biss\b(?!' claim is missing)/i,
    says: ["invalid 'iss' claim"],
    finding: 'iss-other',
    claim: 'iss',
    code: rejected,
    hint: iss,
  },
  {
    pattern: /'aud' claim is missing/i,
    says: ["'aud' claim is missing"],
    finding: 'aud-missing',
    claim: 'aud',
    code: rejected,
    hint: aud,
  },
  {
    pattern: /\baud\b(?!' claim is missing)/i,
    says: ["invalid 'aud' claim"],
    finding: 'aud-other',
    claim: 'aud',
    code: rejected,
    hint: aud,
  },
  {
    // The room was compared before the frame was made, so here it is the domain or the tenant that differs.
    pattern: /room and token mismatch/i,
    says: ['Room and token mismatched'],
    finding: 'sub-other',
    ofPattern: { finding: 'room-pattern-partial', visitor: 'other-room' },
    also: ['room-other', 'tenant-claim-other'],
    claim: 'sub',
    code: rejected,
    hint: sub,
  },
  {
    pattern: /room does not match/i,
    says: ['Room does not match the room from token'],
    finding: 'room-other',
    ofPattern: { finding: 'room-pattern-off' },
    claim: 'room',
    code: rejected,
    hint: room,
    visitor: 'other-room',
  },
  {
    pattern: /room name cannot be matched/i,
    says: ['Room name cannot be matched to the one from token.'],
    finding: 'room-other',
    ofPattern: { finding: 'room-pattern-no-match', visitor: 'other-room' },
    also: ['guest-refused'],
    claim: 'room',
    code: rejected,
    hint: room,
    visitor: 'other-room',
  },
  {
    pattern: /wildcard room|regex support/i,
    says: ['Wildcard room in token not allowed', 'Regex support not allowed for token'],
    finding: 'wildcard-refused',
    claim: 'room',
    code: rejected,
    hint: room,
  },
  {
    pattern: /wildcard sub/i,
    says: ['Wildcard sub in token not allowed'],
    finding: 'wildcard-refused',
    claim: 'sub',
    code: rejected,
    hint: 'Set sub to the tenant where the address has one, else to the XMPP domain.',
  },
  {
    pattern: /room claim is missing/i,
    says: ['room claim is missing'],
    finding: 'room-missing',
    claim: 'room',
    code: rejected,
    hint: room,
  },
  {
    pattern: /sub claim is missing/i,
    says: ['sub claim is missing'],
    finding: 'sub-missing',
    claim: 'sub',
    code: rejected,
    hint: sub,
  },
  {
    pattern: /not a valid Lua pattern/i,
    says: ['Room claim is not a valid Lua pattern'],
    finding: 'room-pattern-malformed',
    claim: 'room',
    code: rejected,
    hint: 'Write a valid Lua pattern in the claim room, or leave out context.room.regex.',
  },
  {
    pattern: /remote domains/i,
    says: ['Communication with remote domains is not enabled'],
    finding: 'tenant-address-unusable',
    code: 'config-invalid',
    hint: 'Choose a tenant of letters, digits, "-" and "_".',
  },
  {
    pattern: /destination address/i,
    says: ['The destination address is invalid'],
    finding: 'room-address-unusable',
    also: ['tenant-address-unusable'],
    code: 'config-invalid',
    hint: 'Choose another name for the room: not empty, without an apostrophe, shorter.',
  },
  {
    pattern: /authentication required/i,
    says: ['Authentication required'],
    finding: 'guest-not-welcome',
    code: 'token-auth-required',
    hint: 'Join with a token.',
  },
  {
    // Not about a token: the room is not open yet.
    pattern: /room does not exist/i,
    says: ['Room does not exist'],
    also: ['room-not-open', 'mapper-not-set'],
  },
  // What other releases may write.
  { pattern: /room.*token/i, says: ['Room is not the one of the token'], code: rejected, hint: room },
] as const satisfies readonly ServerText[];

type Row = (typeof serverTexts)[number];
type FindingsOf<Each> =
  | (Each extends { finding: infer Code } ? Code : never)
  | (Each extends { ofPattern: { finding: infer Code } } ? Code : never)
  | (Each extends { also: readonly (infer Code)[] } ? Code : never);
type SaysOf<Each extends Row> = Each['says'][number];
type WordsIn<Each extends Row, Code> = Each extends Row
  ? Code extends FindingsOf<Each>
    ? SaysOf<Each>
    : never
  : never;

/** What a server says where `Code` is found. */
export type WordsOf<Code> = WordsIn<Row, Code> | `${WordsIn<Row, Code>} (${string})`;

/** What servers say, without what some add. */
export type ServerWords = SaysOf<Row>;
