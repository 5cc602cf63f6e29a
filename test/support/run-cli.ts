import type { DoctorWorld } from '../../src/doctor/index.js';
import { runCli } from '../../src/cli/main.js';

export interface Outcome {
  code: number;
  out: string;
  err: string;
}

export interface World {
  env?: Record<string, string>;
  input?: string;
  /** What the person at the terminal answers, in order; without it there is no terminal. */
  answers?: string[];
  now?: number;
  fetch?: typeof fetch;
  /** What `doctor` talks to. */
  doctor?: DoctorWorld;
}

/** Runs a command in a world of the test's making. */
export async function cli(
  args: readonly string[],
  { env = {}, input = '', answers, now, fetch, doctor }: World = {},
): Promise<Outcome> {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    env,
    write: (text) => void (out += text),
    warn: (text) => void (err += text),
    read: async () => input,
    ...(answers && { ask: async () => answers.shift() ?? '' }),
    ...(fetch && { fetch }),
    ...(doctor && { doctor }),
    now: () => now ?? Date.now(),
    version: () => '1.2.3',
  });
  return { code, out, err };
}

export const env = { JWT_APP_ID: 'my_app', JWT_APP_SECRET: 'b7e19c4d2f8a6035e1d7c9b4a2f60813' };
export const meeting = ['--domain', 'meet.example.org', '--room', 'My Room'];
