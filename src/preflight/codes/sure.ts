/**
 * Codes of what can be said of a token without knowing the deployment. Per code: the fix, for whoever issues tokens; the
 * comment explains, `@server` is what the server writes (`docs/troubleshooting.md` is made of it all). The element carries this table; the others it doesn't.
 */
export const sureFixes = {
  /**
   * A token is three parts of base64url with dots between them: header, payload, signature. This string isn't.
   * @server Invalid token
   */
  'token-malformed':
    'Hand out exactly what the JWT library returns: no quotes, no "Bearer ", no line break, nothing cut off, and no encrypted token (JWE).',
  /** The token is part of the address of the XMPP connection. Prosody never answers a request whose head passes 10 KiB. */
  'token-too-long': 'Put less into the token: short names, no pictures as data, no copy of a user profile.',
  /**
   * `exp` has passed by the server's clock. Jitsi's server allows no leeway.
   * @server Not acceptable by exp
   */
  'token-expired':
    'Issue the token right before joining and give it an hour; check the clock of the machine that issues it.',
  /**
   * `nbf` lies ahead of the server's clock. Jitsi's server allows no leeway.
   * @server Not acceptable by nbf
   */
  'token-not-yet-valid': 'Leave out nbf, or set it a minute back; check the clock of the machine that issues tokens.',
  /**
   * The `room` claim names another room than the one to be joined. The server compares with the name as it stands in the room's address.
   * @server Room and token mismatched
   * @server Room does not match the room from token
   * @server Room name cannot be matched to the one from token.
   */
  'room-other':
    'Put this room into `room`, lower-case and percent-encoded ("my%20room"); the address has the tenant, `room` has not.',
  /**
   * XMPP has no such address: an apostrophe, nothing at all, or more than 1023 bytes after percent-encoding.
   * @server The destination address is invalid
   */
  'room-address-unusable': 'Choose another name for the room: not empty, without an apostrophe, shorter.',
  /**
   * The header's `typ` has to be exactly `JWT`; many libraries leave it out.
   * @server Invalid typ
   */
  'typ-not-jwt': 'Set the header\'s typ to "JWT", in capitals (with jose: setProtectedHeader({ alg, typ: "JWT" })).',
  /**
   * The server takes times as numbers only.
   * @server exp must be number
   */
  'exp-not-number': 'Write exp as a number of seconds since 1970, not as text or null.',
  /**
   * The server takes times as numbers only.
   * @server nbf must be number
   */
  'nbf-not-number': 'Write nbf as a number of seconds since 1970, or leave it out.',
  /**
   * `iss` is not there; the server compares it with `asap_accepted_issuers`, by default the `app_id`.
   * @server 'iss' claim is missing
   */
  'iss-missing': 'Set iss to the app id of the deployment.',
  /**
   * `aud` has to be there, whatever the server accepts.
   * @server 'aud' claim is missing
   */
  'aud-missing': 'Set aud; "jitsi" is what most deployments expect.',
  /** `room` has to be there unless the server's `asap_require_room_claim` is off. Without it the plugin fails, and the client waits for an answer that never comes. */
  'room-missing': 'Set `room` to the room\'s name, lower-case and percent-encoded, or to "*" for any room.',
  /** `room` is no text; the plugin fails over it or compares it with nothing. */
  'room-not-text': 'Write `room` as a text.',
  /** With `enable_domain_verification` (on in a hand-made install), `sub` has to be there. The plugin fails without it. */
  'sub-missing': 'Put the domain or the tenant in `sub`.',
  /**
   * With `enable_domain_verification`, `sub` has to be the tenant when the address has one, or else the XMPP domain, or `*`. A user's id there connects, and is refused on joining.
   * @server Room and token mismatched
   */
  'sub-other': "Put the domain or the tenant in `sub`, not the user's id; that belongs in context.user.id.",
} as const;
