/**
 * Codes of what can be said of a token without knowing the deployment. Per code: the fix, for the issuer of tokens; the
 * comment explains; what the server writes stands in `src/server-texts.ts` (`docs/reference/troubleshooting.md` is made of
 * both). The element carries this table; the others it doesn't.
 */
export const anyServerFixes = {
  /** A token is three parts of base64url with dots between them: header, payload, signature. This string isn't. */
  'token-malformed':
    'Hand out exactly what the JWT library returns: no quotes, no "Bearer ", no line break, nothing cut off, and no encrypted token (JWE).',
  /**
   * The token is part of the address of the XMPP connection. nginx, as Debian's package and docker set it up, takes a
   * request line of 8 kB: 8,141 characters are left for a token in the room `testroom`, fewer for a longer name or in a
   * tenant. Prosody itself closes the connection, or never answers, from a request head of 10 KiB on. The page loads with
   * a longer token all the same.
   */
  'token-too-long': 'Put less into the token: short names, no pictures as data, no copy of a user profile.',
  /** `exp` has passed by the server's clock. Jitsi's server allows no leeway. */
  'token-expired':
    'Issue the token right before joining and give it an hour; check the clock of the machine that issues it.',
  /** `nbf` lies ahead of the server's clock. Jitsi's server allows no leeway. */
  'token-not-yet-valid': 'Leave out nbf, or set it a minute back; check the clock of the machine that issues tokens.',
  /** The `room` claim names another room than the one to be joined. The server compares with the name as it stands in the room's address. */
  'room-other':
    'Put this room into `room`, lower-case and percent-encoded ("my%20room"); the address has the tenant, `room` has not.',
  /** XMPP has no such address: an apostrophe, nothing at all, or more than 1023 bytes after percent-encoding. */
  'room-address-unusable': 'Choose another name for the room: not empty, without an apostrophe, shorter.',
  /** The header's `typ` has to be exactly `JWT`; many libraries leave it out. */
  'typ-not-jwt': 'Set the header\'s typ to "JWT", in capitals (with jose: setProtectedHeader({ alg, typ: "JWT" })).',
  /** The server takes times as numbers only. */
  'exp-not-number': 'Write exp as a number of seconds since 1970, not as text or null.',
  /** The server takes times as numbers only. */
  'nbf-not-number': 'Write nbf as a number of seconds since 1970, or leave it out.',
  /** `iss` is not there; the server compares it with `asap_accepted_issuers`, by default the `app_id`. */
  'iss-missing': 'Set iss to the app id of the deployment.',
  /** `aud` has to be there, whatever the server accepts. */
  'aud-missing': 'Set aud; "jitsi" is what most deployments expect.',
  /** `room` has to be there unless the server's `asap_require_room_claim` is off. Before May 2026 the plugin fails without it, and the client waits for an answer that never comes; since then it refuses, but Jitsi's client shows no reason. */
  'room-missing': 'Set `room` to the room\'s name, lower-case and percent-encoded, or to "*" for any room.',
  /** `room` is not a text; the plugin fails on it or compares it with nothing. */
  'room-not-text': 'Write `room` as a text.',
  /** Since May 2026 every server wants a `sub`, whether it compares it or not, and refuses without one; Jitsi's client shows no reason. Before, only `enable_domain_verification` (on in a hand-made install) needed it, and the plugin failed over its absence. Keycloak's access tokens have it with the client scope "basic" only. */
  'sub-missing': 'Put the domain or the tenant in `sub`.',
  /** `nbf` is so far ahead that it must be milliseconds; for the server the token is never valid. */
  'nbf-milliseconds': 'Divide nbf by 1000: it is in seconds since 1970.',
  /** `exp` is so far ahead that it must be milliseconds; for the server the token never expires. */
  'exp-milliseconds': 'Divide exp by 1000: it is in seconds since 1970.',
  /** `iat` is so far ahead that it must be milliseconds. No server looks at it, but the page reads the server's time from it. */
  'iat-milliseconds': 'Divide iat by 1000: it is in seconds since 1970.',
  /** The token was issued by a sign-in service (Keycloak, Auth0, Entra ID, Firebase and the like) for its own purposes. Jitsi takes tokens that name a room, signed with its own secret or key, unless it is set up for that service. */
  'provider-token':
    "This is your identity provider's token. Sign a token for Jitsi in your backend after sign-in, or set the deployment up for the provider (config --auth keycloak): cache_keys_url (its JWKS), asap_accepted_issuers, asap_accepted_audiences, asap_require_room_claim = false; then it opens every room.",
  /** Claims that the server wants are there, but inside something else, where it does not look for them. */
  'claims-misplaced': 'Write these claims at the top of the payload, beside context.',
  /** With `enable_domain_verification`, `sub` has to be the tenant when the address has one, or else the XMPP domain, or `*`. Three causes are usual, each with a fix of its own: a user's id; a tenant (on JaaS the AppID) where the address has none or another; another domain. */
  'sub-other': "Put the domain or the tenant in `sub`, not the user's id; that belongs in context.user.id.",
} as const;

/** Fixes of `sub-other`, by what `sub` is instead of a user's id. */
export const subFixes = {
  /** JaaS, and the address has no tenant. */
  appId: 'The token is one of JaaS: set the tenant to the AppID that `sub` holds (the address is 8x8.vc/AppID/room).',
  otherAppId: "Set the tenant to the AppID that `sub` holds, or sign the token with the tenant's own AppID and key.",
  tenant:
    'If `sub` names a tenant, put the tenant into the address as well (tenant="…", domain/tenant/room); else put the XMPP domain into `sub`.',
  otherTenant: "Put the address's tenant into `sub`, or open the room in the tenant that `sub` names.",
  /** The tenant is the same but for the way it is folded: Lua folds ASCII letters only. */
  folded: 'Write the tenant in `sub` in lower case as it is expected here; the server folds only A to Z of `sub`.',
  domain:
    "Put the deployment's XMPP domain into `sub`: it may be another one than the address's (docker: meet.jitsi by default).",
  domainForTenant: 'The address has a tenant: put the tenant into `sub` instead of a domain.',
} as const;
