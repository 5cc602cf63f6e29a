import { en } from './en.js';
import { ownWords } from './words.js';

export { addLanguage } from './add-language.js';
export type { ScreenKey } from './en.js';
export * from './fill.js';
export * from './format.js';
export * from './screen-words.js';
export { directionOf } from './tags.js';
export { languageFor, loadLanguage, messagesFor, onWords, type MessageKey, type Messages } from './words.js';

// An element fetches most of the words when it needs them; this entry has them all from the start.
ownWords('en', en);
