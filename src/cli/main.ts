import { JitsiMeetingError } from '../errors.js';
import { checkCommand } from './check.js';
import { configCommand } from './config.js';
import { doctorCommand } from './doctor.js';
import { help } from './help.js';
import { type Io, UsageError } from './io.js';
import { keysCommand } from './keys.js';
import { printableLines } from './printable.js';
import { tokenCommand } from './token.js';

const commands: Record<string, (args: readonly string[], io: Io) => Promise<number>> = {
  token: tokenCommand,
  check: checkCommand,
  config: configCommand,
  keys: keysCommand,
  doctor: doctorCommand,
};

/** Runs a command and says what is wrong in one sentence. Resolves with the exit code; 64 for a wrong call. */
export async function runCli(args: readonly string[], world: Io): Promise<number> {
  // Claims, names of files and arguments may hold what a terminal obeys: nothing passes by here unseen.
  const io: Io = {
    ...world,
    write: (text) => world.write(printableLines(text)),
    warn: (text) => world.warn(printableLines(withoutTokens(text))),
  };
  const [name = 'help', ...rest] = args;
  if (/^(version|--version|-v)$/i.test(name)) {
    io.write(`${io.version()}\n`);
    return 0;
  }
  if (/^(help|--help|-h)$/.test(name) || rest.includes('--help') || rest.includes('-h')) {
    io.write(help);
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  try {
    if (!command) throw new UsageError(`There is no such command; there are ${Object.keys(commands).join(', ')}.`);
    return await command(rest, io);
  } catch (error) {
    const sentence = sentenceFor(error);
    io.warn(`${sentence ?? fault(error)}\n`);
    // Not the 1 of an uncaught error: that is what check says of a token.
    return sentence === undefined ? 70 : 64;
  }
}

const problems: Record<string, string> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'it is there already',
  EACCES: 'this user may not do that there',
  EPERM: 'this user may not do that there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the name is too long',
};

function sentenceFor(error: unknown): string | undefined {
  if (error instanceof UsageError) return error.message;
  if (JitsiMeetingError.is(error)) return `${error.message} ${error.hint}`;
  const { syscall, code = '', path } = (error ?? {}) as NodeJS.ErrnoException;
  if (syscall) return `${JSON.stringify(path ?? 'A file')} can’t be read or written: ${problems[code] ?? code}.`;
  return undefined;
}

/** A token that stands where a file or a word belongs would be quoted as such. Every JSON object begins with `eyJ`. */
const withoutTokens = (text: string): string => text.replace(/eyJ[\w-]*\.[\w-]*(?:\.[\w-]*)?/g, '(a token)');

/** Where it happened, and nothing of what: a message may quote a key. */
function fault(error: unknown): string {
  const { name = 'Error', stack = '' } = (error ?? {}) as Partial<Error>;
  const [, place = 'an unknown place'] = /\n\s+at (.*)/.exec(stack) ?? [];
  return `This is a fault of jitsi-meeting-element (${name} in ${place}). Please report it with the command, without its secrets.`;
}
