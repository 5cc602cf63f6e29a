import { JitsiMeetingError } from '../errors.js';
import { checkCommand } from './check.js';
import { configCommand } from './config.js';
import { type Io, UsageError } from './io.js';
import { keysCommand } from './keys.js';
import { tokenCommand } from './token.js';

const commands: Record<string, (args: readonly string[], io: Io) => Promise<number>> = {
  token: tokenCommand,
  check: checkCommand,
  config: configCommand,
  keys: keysCommand,
};

const help = `jitsi-meeting-element COMMAND

  token   --domain D --room R [--tenant T] [--id I] [--name N] [--email E] [--role moderator|participant|visitor]
          [--features a,b] [--group G] [--expires-in 1h] [--app-id A] [--xmpp-domain X] [--alg HS256] [--kid K]
          [--key-file F] [--link] [--json]
          Prints a token, or with --link the meeting's address with it. The app id is in JWT_APP_ID, the secret in
          JWT_APP_SECRET or in the key file: a secret, a PEM with a private key, a JWK, or a key ring.

  check   TOKEN|LINK|- --domain D --room R [--tenant T] [--preset self-hosted|docker|jaas] [--env-file F] [--json]
          Says whether that deployment would take the token for that room, and why not. Exit code: 0 it would,
          1 it would not, 2 can't be told. The deployment's settings are in the environment, or in F.

  config  --domain D --app-id A [--token-auth-url U] [--install debian|docker] [--xmpp-domain X] [--out DIR]
          Writes what a deployment (Debian's packages, unless said otherwise) and your backend need, with a new secret
          where JWT_APP_SECRET has none. Asks for what is missing.

  keys    make|list|rotate --file F [--alg RS256] [--kid K] [--announce 2h] [--overlap 25h] [--json]
          Keeps a key ring in a file.
`;

/** Runs a command and says what is wrong in one sentence. Resolves with the exit code; 64 for a wrong call. */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (/^(help|--help|-h)$/.test(name) || rest.includes('--help')) {
    io.write(help);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new UsageError(`There is no such command; there are ${Object.keys(commands).join(', ')}.`);
    return await command(rest, io);
  } catch (error) {
    if (error instanceof UsageError) io.warn(`${error.message}\n`);
    else if (error instanceof JitsiMeetingError) io.warn(`${error.message} ${error.hint}\n`);
    else {
      // Not the 1 of an uncaught error: that is what check says of a token.
      io.warn(`${error instanceof Error ? error.stack : String(error)}\n`);
      return 70;
    }
    return 64;
  }
}
