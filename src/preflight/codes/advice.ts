/** Codes of what no server says; see `sure.ts` for the form of this table. */
export const adviceFixes = {
  /** Jitsi's web server (nginx, of the Debian package and of docker-jitsi-meet) answers 404 to the room's address before any token counts: the name holds ? & : " ' or a slash, or is one of the server's own addresses. */
  'room-not-served':
    'Choose a name for the room without ? & : " \' and without a slash; what stands before a slash is mostly the tenant.',
  /** Jitsi's web server doesn't serve the address of the tenant: its name holds ? & : " ' or a slash, or is one of the server's own folders, such as `static`. */
  'tenant-not-served': 'Choose a tenant of letters, digits, "-" and "_", and none that is a folder of the server.',
  /** The token is valid for more than a day. Whoever gets hold of it can join for as long. */
  'life-long': 'Let tokens live an hour or so; the page gets a new one for each join.',
  /** Without `exp` the server takes the token for ever, and Jitsi's client complains. */
  'exp-missing': 'Set exp, an hour ahead or so.',
  /** `exp` is so far ahead that it must be milliseconds; for the server the token never expires. */
  'exp-milliseconds': 'Divide by 1000: exp is in seconds.',
  /** `nbf` is so far ahead that it must be milliseconds; for the server the token is never valid. */
  'nbf-milliseconds': 'Divide by 1000: nbf is in seconds.',
  /** Whoever guesses the secret makes tokens for any room. It is short, of few different characters, or stands in documentation. */
  'secret-weak': 'Use 32 random bytes or more as secret (openssl rand -hex 32) on both sides.',
  /** `alg` is `none`: nothing protects the token. No Jitsi server takes it. */
  'alg-none': 'Sign the token (HS256 with the secret, RS256 with a private key).',
  /** The token opens every room. */
  'room-any': 'Name the one room that the person may enter, unless the person may really enter all.',
  /** The token holds personal data that Jitsi has no use for. Tokens are readable, and stand in addresses and in logs of proxies. */
  'personal-data': 'Leave it out; context.user needs id, name, and email or avatar for a picture.',
  /** The token nears the size at which no answer comes; proxies in front may refuse sooner (nginx: 8 kB by default). */
  'token-near-limit': 'Put less into the token.',
  /** `iat` lies in the future: the clock of the issuer runs ahead, or the server's behind. */
  'clock-skew': 'Synchronise the clock (NTP) of the machine that issues tokens.',
  /** Jitsi's client wants `context`; it says so to the person. */
  'context-missing': 'Add context, with the user in it.',
  /** A feature that Jitsi doesn't know. */
  'feature-unknown': 'Remove it, or correct its name; the guide of roles and features has all 20.',
  /** A feature is neither true nor false. */
  'feature-value': 'Write true or false.',
  /** Jitsi's client finds `exp` or `nbf` to be no time: it wants a number of seconds, to the millisecond at most. */
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
