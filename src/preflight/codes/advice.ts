/** Codes of what no server says; see `any-server.ts` for the form of this table. */
export const adviceFixes = {
  /** Jitsi's web server (nginx, of the Debian package and of docker-jitsi-meet) answers 404 to the room's address before any token counts: the name holds ? & : " ' or a slash, or is one of the server's own addresses. */
  'room-not-served':
    'Choose a name for the room without ? & : " \' and without a slash; what stands before a slash is mostly the tenant.',
  /** Jitsi's web server doesn't serve the address of the tenant: its name holds ? & : " ' or a slash, or is one of the server's own folders, such as `static`. */
  'tenant-not-served': 'Choose a tenant of letters, digits, "-" and "_", and none that is a folder of the server.',
  /** The token is valid for more than a day. A person who gets hold of it can join for as long. */
  'life-long': 'Let tokens live an hour or so; the page gets a new one for each join.',
  /** Without `exp` the server takes the token for ever, and Jitsi's client complains. */
  'exp-missing': 'Set exp, an hour ahead or so.',
  /** The secret is easy to guess: it is short, has few different characters, or stands in documentation. A person who guesses it can make tokens for any room. */
  'secret-weak': 'Use 32 random bytes or more as secret (openssl rand -hex 32) on both sides.',
  /** `alg` is `none`: nothing protects the token. No Jitsi server takes it. */
  'alg-none': 'Sign the token (HS256 with the secret, RS256 with a private key).',
  /** The token opens every room. */
  'room-any': 'Name the one room that the person may enter, unless the person may really enter all.',
  /** The token holds personal data that Jitsi has no use for. Tokens are readable, and stand in addresses and in logs of proxies. */
  'personal-data': 'Leave it out; context.user needs id, name, and email or avatar for a picture.',
  /** The token nears the longest that a server behind nginx lets through (about 8,100 characters). */
  'token-near-limit': 'Put less into the token.',
  /** `iat` lies in the future: the clock of the issuer runs ahead, or the server's behind. */
  'clock-skew': 'Synchronise the clock (NTP) of the machine that issues tokens.',
  /** Jitsi's client wants `context`; it says so to the person. */
  'context-missing': 'Add context, with the user in it.',
  /** A feature that Jitsi doesn't know. */
  'feature-unknown':
    'Remove it, or correct its name. Jitsi knows: branding, calendar, create-polls, file-upload, flip, inbound-call, livestreaming, live-translation, lobby, moderation, outbound-call, recording, room, screen-sharing, send-groupchat, send-private-message, list-visitors, sip-inbound-call, sip-outbound-call, transcription.',
  /** `context.features` is a list or a text. Jitsi's client takes the numbers of its items for names. */
  'features-not-object': 'Write features as an object: {"recording": true}, not a list of names.',
  /** `context.features` is there but empty: where it is there, what it does not name is off, for moderators too, and the server sends no defaults. */
  'features-empty': 'Name the features that are on, or leave context.features out to have the defaults of the role.',
  /** Nobody reads features there: Jitsi looks at `context.features` only. */
  'features-misplaced': 'Move features into context.features.',
  /** Nobody reads a person there: Jitsi looks at `context.user` only, and calls this one a guest. */
  'user-misplaced': 'Move the person into context.user: id, name, email, avatar.',
  /** The token seems to ask for the role of a moderator in a way that no plugin of Jitsi reads. */
  'moderator-unread':
    'Write context.user.moderator as true, or context.user.affiliation as "owner" (lower case); the server needs token_affiliation to read them.',
  /** The server was given a private key where the public half is enough. Jitsi's plugin reads it, and a person who reads it there can make tokens for any room. */
  'key-private':
    'Give the server the public key only (openssl pkey -in private.pem -pubout), and treat a private key that lay on a key server as leaked.',
  /** A feature is neither true nor false. */
  'feature-value': 'Write true or false.',
  /** Jitsi's client does not take `exp` or `nbf` as a time: it wants a number of seconds, to the millisecond at most. */
  'time-odd': 'Write times as whole seconds since 1970.',
  /** JaaS finds the key by `kid`. */
  'jaas-kid-missing': 'Set kid to the id of the API key, AppID/KEY.',
  /** On JaaS `kid` starts with the AppID that `sub` holds, and a slash. */
  'jaas-kid-other': 'Set kid to AppID/KEY and `sub` to the same AppID.',
  /** On JaaS `aud` is `jitsi`. */
  'jaas-aud-other': 'Set aud to "jitsi".',
  /** On JaaS `iss` is `chat`. */
  'jaas-iss-other': 'Set iss to "chat".',
  /** On JaaS `context.features` has to be there; what is missing in it is off. */
  'jaas-features-missing': 'Add context.features.',
} as const;
