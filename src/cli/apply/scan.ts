// What the editors of single lines have to know of the lines around them: where texts, comments and brackets begin and end.
import { UsageError } from '../io.js';

/** A line as the language of its file reads it. */
export interface Line {
  text: string;
  /** Without comments. */
  code: string;
  /** The code with "" for each text: no word in a text counts. */
  bare: string;
  /** Of that what stands in no brackets. */
  top: string;
  /** How many brackets are open where it begins. */
  depth: number;
  /** Whether the line can be replaced: no bracket, text or comment goes on from the line before, or in the next one. */
  isWhole: boolean;
}

/**
 * The lines of a file. `token` matches everything, piece by piece, with the groups `comment` and `text`; and as `broken` what
 * begins there and can't be read.
 */
export function scan(content: string, token: RegExp, whyBroken: (start: string) => string): Line[] {
  const lines = content.split('\n').map((text) => ({ text, code: '', bare: '', top: '', depth: 0, isWhole: true }));
  /** The lines of brackets that are open. */
  const open: number[] = [];
  let at = 0;
  const refuse = (why: string, index = at): never => {
    throw new UsageError(`Line ${index + 1} ${why}, and try again.`);
  };
  for (const { 0: part, groups } of content.matchAll(token)) {
    const { comment, text, broken } = groups!;
    if (broken !== undefined) refuse(whyBroken(broken));
    if ('}])'.includes(part) && open.pop() === undefined) refuse('closes a bracket that nothing opened. Mend that');
    if (comment === undefined && part !== '\n') {
      const bare = text === undefined ? part : '""';
      lines[at]!.code += part;
      lines[at]!.bare += bare;
      if (open.length === 0) lines[at]!.top += bare;
    }
    if ('{[('.includes(part)) open.push(at);
    for (let more = part.split('\n').length - 1; more > 0; more -= 1) {
      const goesOn = part !== '\n' || open.length > 0;
      if (goesOn) lines[at]!.isWhole = false;
      at += 1;
      lines[at]!.depth = open.length;
      if (goesOn) lines[at]!.isWhole = false;
    }
  }
  if (open.length > 0) refuse('opens a bracket that nothing closes. Mend that', open.at(-1));
  return lines;
}

/** Where something begins that is more, or less, than one setting in one line. */
export function notAlone(index: number, name: string): UsageError {
  return new UsageError(
    `Line ${index + 1} has ${name}, but not as one setting in one line: there is more in the line or around it, or the ` +
      `value has several lines. Write ${name} with its value in a line of its own, and try again.`,
  );
}
