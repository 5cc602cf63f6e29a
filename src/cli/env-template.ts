/** What stands for a name, `undefined` where it isn't set. */
export type Lookup = (name: string) => string | undefined;

/** Docker Compose doesn't start with such a value. The message holds nothing of the value. */
export class TemplateError extends Error {}

/** More are never written, and each costs a call. */
const DEEPEST = 20;

/**
 * Fills in `$NAME` and `${NAME}` with `:-`, `-`, `:?`, `?`, `:+` and `+`, as Docker Compose does; `$$` is a dollar sign.
 */
export function fillIn(text: string, lookup: Lookup): string {
  let at = 0;

  /** Reads up to the end, or to the brace that closes an expression. `used`: its value counts. */
  function read(depth: number, used: boolean): string {
    let result = '';
    while (at < text.length) {
      if (depth > 0 && text[at] === '}') return result;
      const dollar = nextDollar(depth > 0);
      if (used) result += text.slice(at, dollar);
      at = dollar;
      if (text[at] === '$') result += expression(depth, used);
    }
    if (depth > 0) throw new TemplateError('has a ${ that no } closes');
    return result;
  }

  function nextDollar(inBraces: boolean): number {
    const stop = inBraces ? /[$}]/g : /\$/g;
    stop.lastIndex = at;
    return stop.exec(text)?.index ?? text.length;
  }

  function expression(depth: number, used: boolean): string {
    const [, name] = matchHere(/\$([a-z_]\w*)/iy) ?? [];
    if (name) return used ? (lookup(name) ?? '') : '';
    if (matchHere(/\$\$/y)) return used ? '$' : '';
    if (!text.startsWith('${', at)) {
      at += 1;
      return used ? '$' : '';
    }
    const [, braced, operator = ''] = matchHere(/\$\{([a-z_]\w*)(:?[-?+])?/iy) ?? [];
    if (!braced) throw new TemplateError('has a ${ without a name after it');
    if (depth >= DEEPEST) throw new TemplateError('has ${ nested too deeply');
    const value = lookup(braced);
    const isSet = value !== undefined && !(operator.startsWith(':') && value === '');
    const word = operator
      ? read(depth + 1, used && (operator.endsWith('-') ? !isSet : operator.endsWith('+') && isSet))
      : '';
    if (text[at] !== '}') throw new TemplateError('has a ${ that no } closes');
    at += 1;
    if (used && operator.endsWith('?') && !isSet) throw new TemplateError(`asks for ${braced}, which isn’t set`);
    if (operator.endsWith('+')) return isSet ? word : '';
    return operator.endsWith('-') && !isSet ? word : (value ?? '');
  }

  function matchHere(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  }

  return read(0, true);
}
