import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseDomain } from '../room/index.js';
import { UsageError } from './io.js';

type Options = NonNullable<ParseArgsConfig['options']>;

/** `parseArgs`, with errors that name options and no values: a value may be a secret that was typed in the wrong place. */
export function parseOptions<const O extends Options>(args: readonly string[], options: O, positionals = 0) {
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const seen = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) && rawName.startsWith('--') ? options[name] : undefined;
    if (!option) throw unknown(rawName, options);
    if (option.type === 'boolean' && value !== undefined) throw new UsageError(`--${name} takes no value.`);
    // What looks like the next option is it, rather than a value.
    if (option.type === 'string' && (value === undefined || (!inlineValue && /^-./.test(value))))
      throw new UsageError(`--${name} lacks its value. (A value that begins with - is given as --${name}=VALUE.)`);
    // A variable of the shell that isn't set leaves this behind, and the command would do something else than was meant.
    if (value === '') throw new UsageError(`--${name} is empty. Leave it out, or give it a value.`);
    if (seen.has(name) && !option.multiple) throw new UsageError(`--${name} is given twice.`);
    seen.add(name);
  }
  const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  if (parsed.positionals.length > positionals)
    throw new UsageError('There is an argument too many. (One with a blank in it needs quotes.)');
  return parsed;
}

function unknown(given: string, options: Options): UsageError {
  if (/secret|password/i.test(given))
    return new UsageError(
      'A secret is no argument: other people on the machine can read it. Set JWT_APP_SECRET instead.',
    );
  if (given === '--env-file')
    return new UsageError(
      'Node takes --env-file for itself, and whatever else is in that file with it. Use --settings instead.',
    );
  // Anything else may be a secret, too.
  const name = /^--?[a-z][a-z-]{0,30}$/i.test(given) ? ` ${given}` : '';
  const known = Object.keys(options).map((option) => `--${option}`);
  return new UsageError(`There is no option${name || ' of that name'}. Options: ${known.join(' ')}`);
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
