import { UsageError } from './io.js';

/** How a setting is said on the command line: by a text, a list (several times, or with commas), a number, or one of two words. */
export type Setting =
  { text: string; none?: string } | { list: string } | { count: string } | { yes: string; no: string };

export type Parsed = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

type Options = Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>;

/** For `parseArgs`. */
export function optionsOf(settings: Record<string, Setting>): Options {
  return Object.assign({}, ...Object.values(settings).map(optionsOfOne)) as Options;
}

function optionsOfOne(setting: Setting): Options {
  if ('list' in setting) return { [setting.list]: { type: 'string', multiple: true } };
  if ('count' in setting) return { [setting.count]: { type: 'string' } };
  if ('yes' in setting) return { [setting.yes]: { type: 'boolean' }, [setting.no]: { type: 'boolean' } };
  return { [setting.text]: { type: 'string' }, ...(setting.none && { [setting.none]: { type: 'boolean' } as const }) };
}

/** The settings that the command line names. */
export function valuesOf(settings: Record<string, Setting>, values: Parsed): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, setting]) => {
      const value = valueOf(setting, values);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function valueOf(setting: Setting, values: Parsed): unknown {
  if ('list' in setting)
    return (values[setting.list] as string[] | undefined)?.flatMap((item) => item.split(',')).filter(Boolean);
  if ('count' in setting) return countOf(setting.count, values[setting.count] as string | undefined);
  const [one, other] = 'yes' in setting ? [setting.yes, setting.no] : [setting.text, setting.none];
  const refused = other !== undefined && values[other] === true;
  if (refused && values[one] !== undefined) throw new UsageError(`--${one} and --${other} contradict each other.`);
  if (refused) return 'yes' in setting ? false : null;
  if (values[one] === '') throw new UsageError(`--${one} is empty.`);
  return values[one];
}

function countOf(option: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^\d{1,6}$/.test(given)) throw new UsageError(`--${option} is not a whole number; expected 0 or more.`);
  return Number(given);
}
