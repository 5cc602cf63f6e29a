/**
 * What a terminal would obey, hide or turn around: controls, bidirectional and invisible characters, other blanks than the
 * plain one, halves of characters, and what Unicode gives no meaning.
 */
const unseen = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** Text that shows all that is in it, in one line. Inside JSON it stays the same text to who parses it. */
export function printable(text: string): string {
  return text.replace(unseen, (character) =>
    Array.from({ length: character.length }, (_, i) => unit(character.charCodeAt(i))).join(''),
  );
}

/** The same, but for the line breaks that are there. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

const unit = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;
