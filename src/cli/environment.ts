import { type EnvNote, readEnvFile } from './env-file.js';
import type { Io } from './io.js';

/** Names that a deployment's settings have; everything else in its `.env` is ignored. */
const ours = /^(JWT_|XMPP_|ENABLE_|AUTH_TYPE|PUBLIC_URL|TOKEN_AUTH_URL|WAIT_FOR_HOST)/;

/** The environment with what the file of `--settings` says before it. */
export function environment(file: string | undefined, io: Io): { env: Io['env']; notes: EnvNote[] } {
  const notes: EnvNote[] = [];
  if (file === undefined) return { env: io.env, notes };
  const inFile = readEnvFile(file, io.env, (note) => ours.test(note.name) && notes.push(note));
  return { env: { ...io.env, ...inFile }, notes };
}
