/** Codes of what the server looks at when the client enters a room; see `sure.ts` for the form of this table. */
export const joinFixes = {
  /**
   * XMPP takes the tenant as part of a domain, where this one can't stand: a dot, say.
   * @server Communication with remote domains is not enabled
   * @server The destination address is invalid
   */
  'tenant-address-unusable': 'Choose a tenant of letters, digits, "-" and "_" (Jitsi\'s client writes "_" for a dot).',
  /**
   * The server's `muc_mapper_domain_base` isn't set, so that it finds no room at all. (It writes the same where nobody has opened the room yet.)
   * @server Room does not exist
   */
  'mapper-not-set': 'Set muc_mapper_domain_base to the XMPP domain on the server.',
  /** `mod_presence_identity` copies context.user and context.group into XML and fails over what can't stand there; no answer comes. */
  'identity-unusable':
    'Write context.user as an object whose names are XML names, without control characters in its values, and context.group as a text.',
  /**
   * Guests have no `room` claim, and the server wants one (`enable_domain_verification` without `allow_empty_token`).
   * @server Room name cannot be matched to the one from token.
   */
  'guest-refused': 'Set allow_empty_token on the server to let guests in, or give the person a token.',
  /** `context.room` is there but no object. The plugin fails over it, and no answer comes. */
  'context-room-unusable': 'Write context.room as an object, or leave it out.',
  /**
   * With `context.room.regex` the claim `room` is a Lua pattern, and this one doesn't match: Lua has no "|", no "\d", no "{n}", and "-" and "%" have meanings.
   * @server Room name cannot be matched to the one from token.
   */
  'room-pattern-no-match':
    'Write a Lua pattern that matches the whole encoded name: "team%-.*" for all that starts with "team-".',
  /**
   * The Lua pattern in `room` matches a part of the room's name, or captures one; the whole is compared.
   * @server Room and token mismatched
   */
  'room-pattern-partial': 'Let the pattern match the whole name (end it with ".*"), and use no parentheses.',
  /** The Lua pattern in `room` is malformed; a percent-encoded name is one, as "%2" means the second capture. The plugin fails over it, and no answer comes. */
  'room-pattern-malformed': 'Write a valid Lua pattern, "%%" for a percent sign and "%-" for a hyphen.',
  /** The Lua pattern in `room` takes too many steps to try. */
  'room-pattern-undecided': 'Write a simpler pattern.',
  /** `context.tenant` is no text. The plugin fails over it, and no answer comes. */
  'tenant-claim-unusable': 'Write context.tenant as a text, or leave it out.',
  /** `sub` is no text, and domain verification needs one. The plugin fails over it, and no answer comes. */
  'sub-not-text': 'Write `sub` as a text: the domain or the tenant.',
  /** The server compares `sub` with its XMPP domain, and which that is wasn't given. */
  'domain-unchecked': "Give the deployment's xmppDomain, or set domainVerification to false if it is off.",
} as const;
