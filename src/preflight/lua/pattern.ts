/**
 * What `string.match` gives: the first capture or else the whole match (`match`), no match (`undefined`), an error that
 * the pattern raises, or nothing within the budget of steps.
 */
export type PatternResult =
  { kind: 'match'; match: string } | { kind: 'no-match' } | { kind: 'error'; message: string } | { kind: 'budget' };

const MAX_CAPTURES = 32;
const MAX_DEPTH = 200;
const UNFINISHED = -1;
const POSITION = -2;

class PatternError extends Error {}
class OutOfBudget extends Error {}

/**
 * Lua 5.4's `string.match(subject, pattern)` (reference manual, 6.4.1). Both have one character a byte. Errors are
 * raised as in Lua: only when matching comes to the place.
 */
export function luaMatch(subject: string, pattern: string, budget = 100_000): PatternResult {
  const anchored = pattern.startsWith('^');
  const matcher = new Matcher(subject, pattern, budget);
  try {
    for (let start = 0; start <= subject.length; start++) {
      const end = matcher.matchAt(start, anchored ? 1 : 0);
      if (end !== undefined) return { kind: 'match', match: matcher.firstCapture(start, end) };
      if (anchored) break;
    }
    return { kind: 'no-match' };
  } catch (error) {
    if (error instanceof PatternError) return { kind: 'error', message: error.message };
    if (error instanceof OutOfBudget) return { kind: 'budget' };
    throw error;
  }
}

class Matcher {
  #captures: { start: number; length: number }[] = [];
  #depth = 0;
  #budget: number;
  readonly #subject: string;
  readonly #pattern: string;

  constructor(subject: string, pattern: string, budget: number) {
    this.#subject = subject;
    this.#pattern = pattern;
    this.#budget = budget;
  }

  matchAt(start: number, patternStart: number): number | undefined {
    this.#captures = [];
    this.#depth = 0;
    return this.#match(start, patternStart);
  }

  firstCapture(start: number, end: number): string {
    const capture = this.#captures[0];
    if (!capture) return this.#subject.slice(start, end);
    if (this.#captures.some(({ length }) => length === UNFINISHED)) throw new PatternError('unfinished capture');
    if (capture.length === POSITION) return String(capture.start + 1);
    return this.#subject.slice(capture.start, capture.start + capture.length);
  }

  #match(s: number, p: number): number | undefined {
    if (++this.#depth > MAX_DEPTH) throw new PatternError('pattern too complex');
    const end = this.#matchItems(s, p);
    this.#depth--;
    return end;
  }

  #matchItems(s: number, p: number): number | undefined {
    const pattern = this.#pattern;
    while (p < pattern.length) {
      this.#step();
      const escaped = pattern[p] === '%' ? (pattern[p + 1] ?? '') : '';
      if (pattern[p] === '(') return this.#open(s, p + 1);
      if (pattern[p] === ')') return this.#close(s, p + 1);
      if (pattern[p] === '$' && p + 1 === pattern.length) return s === this.#subject.length ? s : undefined;
      if (escaped === 'f') {
        p += 2;
        if (pattern[p] !== '[') throw new PatternError("missing '[' after '%f' in pattern");
        const end = this.#itemEnd(p);
        const before = s === 0 ? '\0' : this.#subject[s - 1]!;
        if (this.#inSet(before, p, end - 1) || !this.#inSet(this.#subject[s] ?? '\0', p, end - 1)) return undefined;
        p = end;
      } else if (escaped === 'b' || /\d/.test(escaped)) {
        const next = escaped === 'b' ? this.#balanced(s, p + 2) : this.#repeated(s, escaped);
        if (next === undefined) return undefined;
        s = next;
        p += escaped === 'b' ? 4 : 2;
      } else {
        const end = this.#itemEnd(p);
        const suffix = pattern[end] ?? '';
        const one = this.#single(s, p, end);
        if (one && (suffix === '*' || suffix === '+')) return this.#longest(s, p, end, suffix === '+' ? 1 : 0);
        if (one && suffix === '-') return this.#shortest(s, p, end);
        const rest = one && suffix === '?' ? this.#match(s + 1, end + 1) : undefined;
        if (rest !== undefined) return rest;
        const optional = suffix === '?' || (!one && (suffix === '*' || suffix === '-'));
        if (!one && !optional) return undefined;
        if (one && !optional) s++;
        p = optional ? end + 1 : end;
      }
    }
    return s;
  }

  #step(): void {
    if (--this.#budget < 0) throw new OutOfBudget();
  }

  /** Where the item that starts at `p` ends: a character, a class or a set. */
  #itemEnd(p: number): number {
    const pattern = this.#pattern;
    if (pattern[p] === '%') {
      if (p + 1 >= pattern.length) throw new PatternError("malformed pattern (ends with '%')");
      return p + 2;
    }
    if (pattern[p] !== '[') return p + 1;
    let at = pattern[p + 1] === '^' ? p + 2 : p + 1;
    do {
      if (at >= pattern.length) throw new PatternError("malformed pattern (missing ']')");
      at += pattern[at] === '%' && at + 1 < pattern.length ? 2 : 1;
    } while (pattern[at] !== ']');
    return at + 1;
  }

  #single(s: number, p: number, end: number): boolean {
    this.#step();
    const character = this.#subject[s];
    if (character === undefined) return false;
    if (this.#pattern[p] === '.') return true;
    if (this.#pattern[p] === '%') return inClass(character, this.#pattern[p + 1]!);
    if (this.#pattern[p] === '[') return this.#inSet(character, p, end - 1);
    return this.#pattern[p] === character;
  }

  /** Whether a character is in the set whose brackets are at `p` and `end`. */
  #inSet(character: string, p: number, end: number): boolean {
    const pattern = this.#pattern;
    const wanted = pattern[p + 1] !== '^';
    for (let at = wanted ? p + 1 : p + 2; at < end; at++) {
      this.#step();
      if (pattern[at] === '%') {
        at++;
        if (inClass(character, pattern[at]!)) return wanted;
      } else if (pattern[at + 1] === '-' && at + 2 < end) {
        if (pattern[at]! <= character && character <= pattern[at + 2]!) return wanted;
        at += 2;
      } else if (pattern[at] === character) return wanted;
    }
    return !wanted;
  }

  #longest(s: number, p: number, end: number, least: number): number | undefined {
    let count = 0;
    while (this.#single(s + count, p, end)) count++;
    for (; count >= least; count--) {
      const rest = this.#match(s + count, end + 1);
      if (rest !== undefined) return rest;
    }
    return undefined;
  }

  #shortest(s: number, p: number, end: number): number | undefined {
    for (;;) {
      const rest = this.#match(s, end + 1);
      if (rest !== undefined) return rest;
      if (!this.#single(s, p, end)) return undefined;
      s++;
    }
  }

  #open(s: number, p: number): number | undefined {
    if (this.#captures.length >= MAX_CAPTURES) throw new PatternError('too many captures');
    const position = this.#pattern[p] === ')';
    this.#captures.push({ start: s, length: position ? POSITION : UNFINISHED });
    const end = this.#match(s, position ? p + 1 : p);
    if (end === undefined) this.#captures.pop();
    return end;
  }

  #close(s: number, p: number): number | undefined {
    const capture = this.#captures.findLast(({ length }) => length === UNFINISHED);
    if (!capture) throw new PatternError('invalid pattern capture');
    capture.length = s - capture.start;
    const end = this.#match(s, p);
    if (end === undefined) capture.length = UNFINISHED;
    return end;
  }

  #balanced(s: number, p: number): number | undefined {
    const [open, close] = [this.#pattern[p], this.#pattern[p + 1]];
    if (open === undefined || close === undefined)
      throw new PatternError("malformed pattern (missing arguments to '%b')");
    if (this.#subject[s] !== open) return undefined;
    let depth = 1;
    for (let at = s + 1; at < this.#subject.length; at++) {
      this.#step();
      if (this.#subject[at] === close) {
        if (--depth === 0) return at + 1;
      } else if (this.#subject[at] === open) depth++;
    }
    return undefined;
  }

  /** `%1`: what an earlier capture holds, once more. */
  #repeated(s: number, digit: string): number | undefined {
    const capture = this.#captures[Number(digit) - 1];
    if (!capture || capture.length === UNFINISHED) throw new PatternError(`invalid capture index %${digit}`);
    if (capture.length === POSITION) return undefined;
    const text = this.#subject.slice(capture.start, capture.start + capture.length);
    return this.#subject.startsWith(text, s) ? s + text.length : undefined;
  }
}

/** Lua's classes in the C locale; an upper-case letter is the rest. */
const CLASSES: Record<string, RegExp> = {
  a: /[a-z]/i,
  c: /[^ -~\x80-\xff]/,
  d: /\d/,
  g: /[!-~]/,
  l: /[a-z]/,
  p: /[!-/:-@[-`{-~]/,
  s: /[ \f\n\r\t\v]/,
  u: /[A-Z]/,
  w: /[a-z\d]/i,
  x: /[\da-f]/i,
  z: /\0/,
};

function inClass(character: string, name: string): boolean {
  const set = CLASSES[name.toLowerCase()];
  if (!set) return name === character;
  return set.test(character) === (name === name.toLowerCase());
}
