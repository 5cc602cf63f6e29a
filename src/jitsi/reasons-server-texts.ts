import type { ErrorCode } from '../errors.js';

/** What a text of the server's says about the token. */
export interface ServerText {
  pattern: RegExp;
  code: ErrorCode;
  hint: string;
}

const checkKeys = 'Compare the secret or key that signs tokens with the one that the server checks them by.';

/**
 * Why Prosody's token plugins refuse, by their own words: the texts of test/data/prosody-verdicts. The first match
 * counts. Releases word some of them differently, so the patterns hold on to what names the claim.
 */
export const serverTexts: readonly ServerText[] = [
  {
    pattern: /by exp\b|expired/i,
    code: 'token-expired',
    hint: 'Get a fresh token for each join, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /by nbf\b/i,
    code: 'token-not-yet-valid',
    hint: 'Leave out nbf or set it a minute back, and check the clocks of the issuer and the server.',
  },
  {
    pattern: /(exp|nbf) must be (a )?number/i,
    code: 'token-rejected',
    hint: 'Write exp and nbf as numbers: seconds since 1970.',
  },
  {
    pattern: /token required/i,
    code: 'token-auth-required',
    hint: 'This deployment takes nobody without a token: set tokenProvider, token-url or token.',
  },
  {
    pattern: /bad token format|invalid token|invalid (header|body)/i,
    code: 'token-malformed',
    hint: 'The string that was sent is no JWT: look at what the token endpoint answers.',
  },
  { pattern: /signature/i, code: 'token-rejected', hint: checkKeys },
  {
    pattern: /\btyp\b/i,
    code: 'token-rejected',
    hint: 'The header needs "typ": "JWT"; many libraries leave it out unless asked.',
  },
  {
    pattern: /\balg\b|algorithm/i,
    code: 'token-rejected',
    hint: "Sign with the algorithm of the server's signature_algorithm (default HS256, with a key server RS256).",
  },
  {
    pattern: /\bkid\b|public key/i,
    code: 'token-rejected',
    hint: 'Set kid in the header to the name of a key that the server can fetch; key servers need an RS algorithm.',
  },
  {
    pattern: /\biss\b/i,
    code: 'token-rejected',
    hint: "Set iss to one of the server's accepted issuers (default: its app id).",
  },
  {
    pattern: /\baud\b/i,
    code: 'token-rejected',
    hint: "Set aud to one of the server's accepted audiences, as a text, not a list.",
  },
  {
    pattern: /room and token mismatch/i,
    code: 'token-rejected',
    hint: 'Set sub to the tenant where the address has one, else to the XMPP domain, or to *.',
  },
  {
    pattern: /room (does not match|name cannot be matched)|room.*token/i,
    code: 'token-rejected',
    hint: "Set the claim room to this room's name, in lower case and percent-encoded, or to *.",
  },
];
