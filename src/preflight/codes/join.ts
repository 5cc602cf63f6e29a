/** Codes of what the server looks at when the client enters a room; see `any-server.ts` for the form of this table. */
export const joinFixes = {
  /** XMPP makes the tenant a part of a domain, and this tenant (such as one with a dot) can't be one. */
  'tenant-address-unusable': 'Choose a tenant of letters, digits, "-" and "_" (Jitsi\'s client writes "_" for a dot).',
  /** The server's `muc_mapper_domain_base` isn't set, so that it finds no room at all. (It writes the same when the room is not open yet.) */
  'mapper-not-set': 'Set muc_mapper_domain_base to the XMPP domain on the server.',
  /** Nobody has opened the room. Jicofo does it for the first person who may; while Jicofo is down, everybody is told this. */
  'room-not-open': 'Let somebody with a token open the room first; see whether Jicofo runs.',
  /** `mod_presence_identity` copies context.user and context.group into XML and fails over what can't stand there; no answer comes. Since June 2026 it leaves names out that XML doesn't have. */
  'identity-unusable':
    'Write context.user as an object whose names are XML names, without control characters in its values, and context.group as a text.',
  /** Guests have no `room` claim, and the server wants one (`enable_domain_verification` without `allow_empty_token`). */
  'guest-refused': 'Set allow_empty_token on the server to let guests in, or give the person a token.',
  /** `context.room` is there but no object. The plugin fails over it, and no answer comes. */
  'context-room-unusable': 'Write context.room as an object, or leave it out.',
  /** With `context.room.regex` the claim `room` is a Lua pattern, and this one doesn't match: Lua has no "|", no "\d", no "{n}", and "-" and "%" have meanings. */
  'room-pattern-no-match':
    'Write a Lua pattern that matches the whole encoded name: "team%-.*" for all that starts with "team-".',
  /** The Lua pattern in `room` matches a part of the room's name, or captures one; the whole is compared. */
  'room-pattern-partial': 'Let the pattern match the whole name (end it with ".*"), and use no parentheses.',
  /** The Lua pattern in `room` is malformed; a percent-encoded name is one, as "%2" means the second capture. Before June 2026 the plugin fails over it, and no answer comes. */
  'room-pattern-malformed': 'Write a valid Lua pattern, "%%" for a percent sign and "%-" for a hyphen.',
  /** `context.room.regex` makes a pattern of `room`, but the server compares it as a plain name: patterns count only with `enable_domain_verification`, which docker-jitsi-meet leaves off. */
  'room-pattern-off':
    'Switch enable_domain_verification on (docker: JWT_ENABLE_DOMAIN_VERIFICATION=1; `sub` is compared then, too), or name the room itself.',
  /** The Lua pattern in `room` takes too many steps to try. */
  'room-pattern-undecided': 'Write a simpler pattern.',
  /** `context.tenant` is not a text. The plugin fails on it, and no answer comes. */
  'tenant-claim-unusable': 'Write context.tenant as a text, or leave it out.',
  /** `sub` is not a text, and domain verification needs one. The plugin fails on it, and no answer comes. */
  'sub-not-text': 'Write `sub` as a text: the domain or the tenant.',
  /** The server compares `sub` with its XMPP domain, and which that is wasn't given. */
  'domain-unchecked': "Give the deployment's xmppDomain, or set domainVerification to false if it is off.",
  /** `mod_token_no_wildcard` takes no token that opens more than one room. */
  'wildcard-refused': 'Name the one room, and the domain or the tenant in `sub`; leave out context.room.regex.',
  /** The room is closed to guests (`allowUnauthenticatedAccess` is false), although the server lets them in elsewhere. */
  'guest-not-welcome': 'Give the person a token.',
  /** The room is closed to people of other tenants (`allowUnauthenticatedAccess` is false), and `context.tenant` is not the one of the address. */
  'tenant-claim-other': "Set context.tenant to the address's tenant, or leave it out.",
  /** A plugin that reads `context.user` fails on a value that is not an object, and no answer comes. */
  'user-unusable': 'Write context.user as an object, or leave it out.',
  /** `mod_token_owner_party`: people enter only after a moderator, or after two others. The server does not say why. */
  'party-not-started': 'Wait for a moderator, or ask for the role in the token (context.user.moderator).',
  /** The lobby is on: somebody in the room has to let the person in, a moderator's token changes nothing. The server answers without words. */
  'lobby-closed':
    'Wait until somebody opens, or let the token pass: context.user.lobby_bypass true with token_lobby_bypass, or security_bypass true with token_security_ondemand.',
  /** `mod_muc_wait_for_host` holds guests of the guest domain in the lobby until somebody with a token comes. */
  'host-awaited': 'Wait for the host, or give the person a token.',
  /** The lobby wants a display name, of those whose token passes it as well. */
  'name-required': 'Set a display name.',
  /** The room has a password, which a moderator's token does not replace. */
  'password-required':
    'Give the password, or let the token pass: context.user.security_bypass true with token_security_ondemand.',
  /** The password is not the one of the room. */
  'password-other': 'Give the password that is set for the room.',
} as const;
