/**
 * Values as Prosody's plugins see them. Rules that decide about tokens hang on Lua's ways: `null` and 0 are true, only
 * nil and `false` are not; a string can be indexed (and holds nothing), a number cannot; strings are bytes.
 *
 * nil is `undefined`; strings have one character a byte; `null` is lua-cjson's userdata, which stands for JSON's null.
 */
export type LuaValue = undefined | boolean | number | string | null | LuaTable;

/** A JSON object; of an array only that it is one matters here, as its keys are numbers. */
export type LuaTable = Map<string, LuaValue> | LuaValue[];

export const isTrue = (value: LuaValue): boolean => value !== undefined && value !== false;

/** Whether `value[key]` is allowed; anything else raises an error in the plugin. */
export const isIndexable = (value: LuaValue): value is string | LuaTable => typeof value === 'string' || isTable(value);

export const isTable = (value: LuaValue): value is LuaTable => typeof value === 'object' && value !== null;

/** `value[key]` for a value that is indexable. */
export const index = (value: LuaValue, key: string): LuaValue => (value instanceof Map ? value.get(key) : undefined);

/** Strings, and numbers, which Lua turns into strings where one is needed; `undefined` where Lua raises an error. */
export function asString(value: LuaValue): string | undefined {
  if (typeof value === 'number') return numberText(value);
  return typeof value === 'string' ? value : undefined;
}

/** `string.lower` in the C locale. */
export const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** A number's text: `%.14g`, with `.0` after what would look like an integer (lua-cjson only makes floats). */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '', power = ''] = value.toExponential(13).split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 14)
    return `${withoutZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  const text = withoutZeros(value.toFixed(13 - exponent));
  return text.includes('.') ? text : `${text}.0`;
}

const withoutZeros = (digits: string): string => (digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits);

/** A string as a number, as arithmetic does: decimal or hexadecimal, spaces around it allowed. `undefined`: an error. */
export function asNumber(value: LuaValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/^[ \f\n\r\t\v]+|[ \f\n\r\t\v]+$/g, '');
  const number = readNumber(text, 0);
  return number && number.end === text.length && !/[in]/i.test(text.replace(/^[+-]?0x/i, ''))
    ? number.value
    : undefined;
}

const NUMBER =
  /([+-]?)(?:(0x)(?=\.?[\da-f])([\da-f]*)(?:\.([\da-f]*))?(?:p([+-]?\d+))?|(infinity|inf)|(nan(?:\(\w*\))?)|((?=\.?\d)\d*(?:\.\d*)?(?:e[+-]?\d+)?))/iy;

/** C's `strtod` at a place in a text: where the number ends and what it is. */
export function readNumber(text: string, start: number): { value: number; end: number } | undefined {
  NUMBER.lastIndex = start;
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [whole, sign, hex, int = '', fraction = '', power, infinite, nan, decimal = ''] = match;
  const size = hex
    ? Number.parseInt(`0${int}${fraction}`, 16) * 2 ** (Number(power ?? 0) - 4 * fraction.length)
    : infinite
      ? Infinity
      : nan
        ? NaN
        : Number(decimal);
  return { value: sign === '-' ? -size : size, end: start + whole.length };
}
