import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseDomain } from '../room/index.js';
import { UsageError } from './io.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs`, with errors that name options and no values: a value may be a secret that was typed in the wrong place. */
export function parseOptions<const O extends Options>(args: readonly string[], options: O, positionals = 0) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (parsed.positionals.length > positionals) throw new UsageError('There is an argument too many.');
    return parsed;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const name = args.find((arg) => arg.startsWith('--'))?.split('=')[0];
    const known = Object.keys(options).map((option) => `--${option}`);
    const unknown = args
      .map((arg) => arg.split('=')[0]!)
      .find((arg) => arg.startsWith('-') && arg !== '-' && !known.includes(arg));
    if (unknown && /secret|password/i.test(unknown)) {
      throw new UsageError(
        'A secret is no argument: other people on the machine can read it. Set JWT_APP_SECRET instead.',
      );
    }
    throw new UsageError(
      unknown ? `There is no option ${unknown}. Options: ${known.join(' ')}` : `An option lacks its value (${name}?).`,
    );
  }
}

/** `90s`, `30m`, `1h`, `2d` or a number of seconds, in seconds. */
export function parseDuration(text: string, option: string): number {
  const [, amount, unit = 's'] = /^(\d{1,7})([smhd])?$/.exec(text) ?? [];
  if (!amount) throw new UsageError(`--${option} is ${JSON.stringify(text)}; expected something like 30m, 1h or 2d.`);
  return Number(amount) * { s: 1, m: 60, h: 3600, d: 86_400 }[unit as 's' | 'm' | 'h' | 'd'];
}

export function required(value: string | undefined, option: string, example: string): string {
  if (!value) throw new UsageError(`--${option} is missing; for instance --${option} ${example}`);
  return value;
}

export function checkedDomain(value: string): string {
  const { domain, problem } = parseDomain(value);
  if (problem !== undefined) throw new UsageError(`--domain: ${problem}`);
  return domain!;
}
