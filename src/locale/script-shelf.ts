import type { Words } from './library.js';

type Entry = readonly [tag: string, words: Words];

/**
 * Where the plain scripts `dist/locale/TAG.script.js` leave their words, so that each works before the element's script
 * and after it, with every copy of the package on the page.
 */
const shelf = Symbol.for('jitsi-meeting-element.locale');

/** Takes what lies on the shelf, and what will be put there. */
export function takeFromScripts(take: (...entry: Entry) => void): void {
  const page = globalThis as { [shelf]?: Entry[] };
  const entries = (page[shelf] ??= []);
  for (const entry of entries) take(...entry);
  const put = entries.push;
  entries.push = (...more) => {
    for (const entry of more) take(...entry);
    return put.apply(entries, more);
  };
}

/** The text of such a script. It is ASCII, as a page may be in any encoding. */
export function localeScript(tag: string, words: Words): string {
  const text = JSON.stringify([tag, words]).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `(globalThis[Symbol.for(${JSON.stringify(shelf.description)})]??=[]).push(${text});\n`;
}
