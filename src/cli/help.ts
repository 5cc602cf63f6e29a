export const help = `jitsi-meeting-element COMMAND | --help | --version

  token   --domain D --room R [--tenant T] [--id I] [--name N] [--email E] [--role moderator|participant|visitor]
          [--lobby bypass|wait] [--features a,b] [--group G] [--expires-in 1h] [--app-id A] [--xmpp-domain X] [--alg HS256] [--kid K]
          [--key-file F] [--link] [--json]
          Prints a token, or with --link the meeting's address with it. The app id is in JWT_APP_ID, the secret in
          JWT_APP_SECRET or in the key file: a secret, a PEM with a private key, a JWK, or a key ring.

  check   TOKEN|LINK|- [--domain D] [--room R] [--tenant T] [--preset P] [--settings F] [--json]
          Says whether that deployment would take the token for that room, and why not; and whom the token is for, with
          which role and features, and how long. Exit code: 0 it would, 1 it would not, 2 can't be told.
          A link names domain, room and tenant. The deployment's settings are in the environment by the names that
          docker-jitsi-meet has for them (JWT_APP_ID, JWT_APP_SECRET, XMPP_DOMAIN, ...), or in the file F, which is read
          as Docker Compose reads its .env and goes before the environment. Options go before both. P is the kind of
          deployment: self-hosted (by default), docker, jaas, or keycloak or oidc where a provider signs the tokens.

          --public-key [KID=]FILE   a public key or certificate as PEM; several times for several keys
          --jwks FILE               a set of public keys; the deployment's cache_keys_url
          --key-ring FILE           the ring of: keys make; its public halves, or its secret
          --secret-file FILE        the secret alone
          --app-id A  --algorithm RS256  --issuer I  --audience A  (the last two several times, or with commas)
          --allow-empty | --no-allow-empty                     allow_empty_token
          --room-claim | --no-room-claim                       asap_require_room_claim
          --domain-verification | --no-domain-verification     enable_domain_verification
          --xmpp-domain X                                      the VirtualHost; by default the domain without a port
          --muc-mapper-domain-base X | --no-muc-mapper-domain-base
          --guest-domain X | --no-guest-domain                 the VirtualHost for people without a token
          --connect-to X                                       the host that the client connects to, if it is not the main one
          --plugin P                                           a plugin that reads claims, such as token_affiliation
          --release 2026-07 | 2026-03                          the Jitsi release whose rules count; by default the newest
          --proxy nginx | none                                 what stands before Prosody and limits the token's length

          What is so in the room when the person comes; what is left out isn't so:

          --lobby | --no-lobby
          --password right | wrong | missing | none            what the person knows of the room's password; none: it has none
          --display-name N | --no-display-name                 by default there is one
          --occupants COUNT                                    people in the room already, Jicofo not counted
          --room-exists | --no-room-exists                     whether somebody has opened the room; by default yes
          --unauthenticated-access | --no-unauthenticated-access   the room's flag allowUnauthenticatedAccess
          --at 2026-11-26T09:00Z                               another time than now

  config  --domain D --app-id A [--token-auth-url U] [--install debian|docker] [--xmpp-domain X] [--out DIR]
          --auth keycloak|oidc --issuer URL --client-id C [--audience A]   instead of --app-id: for the provider's own tokens
          [--moderators token|server] [--lobby]
          --apply or --undo [--into FOLDER_OR_ENV_FILE] [--yes]   shows the change, and writes it after a yes;
          on Debian, prosodyctl check config looks at the result
          Writes what a deployment (Debian's packages, unless said otherwise) and your backend need, with a new secret
          where JWT_APP_SECRET has none. Asks for what is missing. Moderators are those whom the token names, or with
          --moderators server those whom Jicofo makes; --lobby lets tokens with lobby_bypass pass a lobby.

  keys    make|list|rotate|revoke --file F [--alg RS256] [--kid K] [--announce 2h] [--overlap 25h] [--json]
          Keeps a key ring in a file. revoke removes a key that leaked at once; another one signs from then on.

  doctor  --domain D [--room R] [--tenant T] [--preset P] [--settings F] [--keys F [--kid K]] [--muc M] [--bosh U] [--json]
          [--token-file F|- --jwks F]   a provider's token instead of tokens of your own
          Tries a running deployment: connects as Jitsi's client does, once with each of twelve tokens (a valid one, none,
          an expired one, one with another secret, ...), and says which get in, what preflight expects, and which line of
          configuration to change. Takes the settings of check. Exit code: 0 only a valid token gets in, 1 others get in
          or a valid one doesn't, 2 can't be told. At most three connections a second; makes one room for a few seconds.
          --watch URL [--wait 60s]   opens the page that has the tag in a real Chromium (on PATH, or in CHROME_PATH), and
          says whether it joins, and what only a browser sees: policies, permissions, mixed content, storage, the console.
          Needs no --domain; with it, both are done. A cookie of a signed-in person may be in WATCH_COOKIE (name=value).

Exit code 64: the call is wrong; one sentence says how.
`;
