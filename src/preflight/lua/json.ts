import { type LuaValue, readNumber } from './values.js';

/** Deeper than this lua-cjson refuses (`decode_max_depth`). */
const MAX_DEPTH = 1000;

/**
 * Reads JSON as lua-cjson 2.1.0 does. It differs from `JSON.parse`: NaN, infinities, hexadecimal numbers and control
 * characters in strings pass; lone surrogates and nesting deeper than 1000 don't; a NUL ends the text.
 * `text` has one character a byte. `undefined` where it refuses.
 */
export function readJson(text: string): { value: LuaValue } | undefined {
  // Two bytes with a NUL among them are taken for UTF-16 or UTF-32.
  if (text.length >= 2 && (text[0] === '\0' || text[1] === '\0')) return undefined;
  try {
    const reader = new Reader(text);
    const value = reader.value(reader.next(), 0);
    return reader.next() === '' ? { value } : undefined;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

class Refused extends Error {}

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /[^"\\\0]*/y;
const ESCAPES: Record<string, string> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', '\\': '\\', '/': '/' };
const WORDS = { true: true, false: false, null: null } as const;

class Reader {
  #at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next character that is not white space, `''` at the end; it counts as read unless a value starts with it. */
  next(): string {
    SPACE.lastIndex = this.#at;
    SPACE.exec(this.#text);
    const character = this.#text[SPACE.lastIndex] ?? '';
    this.#at = SPACE.lastIndex + 1;
    return character === '\0' ? '' : character;
  }

  value(first: string, depth: number): LuaValue {
    if (first === '{' || first === '[') {
      if (depth === MAX_DEPTH) throw new Refused();
      return first === '{' ? this.#object(depth + 1) : this.#array(depth + 1);
    }
    if (first === '"') return this.#string();
    this.#at -= 1;
    for (const [word, value] of Object.entries(WORDS)) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const number = /[-+\diIN]|n/.test(first) && readNumber(this.#text, this.#at);
    if (!number) throw new Refused();
    this.#at = number.end;
    return number.value;
  }

  #object(depth: number): Map<string, LuaValue> {
    const object = new Map<string, LuaValue>();
    let first = this.next();
    if (first === '}') return object;
    for (;;) {
      if (first !== '"') throw new Refused();
      const name = this.#string();
      if (this.next() !== ':') throw new Refused();
      object.set(name, this.value(this.next(), depth));
      const separator = this.next();
      if (separator === '}') return object;
      if (separator !== ',') throw new Refused();
      first = this.next();
    }
  }

  #array(depth: number): LuaValue[] {
    const array: LuaValue[] = [];
    let first = this.next();
    if (first === ']') return array;
    for (;;) {
      array.push(this.value(first, depth));
      const separator = this.next();
      if (separator === ']') return array;
      if (separator !== ',') throw new Refused();
      first = this.next();
    }
  }

  #string(): string {
    let result = '';
    for (;;) {
      PLAIN.lastIndex = this.#at;
      result += PLAIN.exec(this.#text)![0];
      const end = this.#text[PLAIN.lastIndex];
      this.#at = PLAIN.lastIndex + 1;
      if (end === '"') return result;
      if (end !== '\\') throw new Refused();
      const escape = this.#text[this.#at] ?? '';
      this.#at += 1;
      const plain = escape === 'u' ? this.#unicode() : ESCAPES[escape];
      if (plain === undefined) throw new Refused();
      result += plain;
    }
  }

  /** The bytes of `\uXXXX`, or of a pair of them. */
  #unicode(): string {
    const unit = this.#hex4();
    if ((unit & 0xf800) !== 0xd800) return utf8(unit);
    if (unit >= 0xdc00 || this.#text.slice(this.#at, this.#at + 2) !== '\\u') throw new Refused();
    this.#at += 2;
    const low = this.#hex4();
    if ((low & 0xfc00) !== 0xdc00) throw new Refused();
    return utf8(0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff));
  }

  #hex4(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (!/^[\da-f]{4}$/i.test(digits)) throw new Refused();
    this.#at += 4;
    return Number.parseInt(digits, 16);
  }
}

const utf8 = (codePoint: number): string => toBinary(String.fromCodePoint(codePoint));

/** A text as bytes, one character each. */
export const toBinary = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
