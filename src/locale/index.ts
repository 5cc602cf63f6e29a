export type { ScreenKey } from './en.js';
export * from './format.js';
export * from './screen-words.js';
export { directionOf } from './tags.js';
export {
  addLanguage,
  languageFor,
  loadLanguage,
  messagesFor,
  onWords,
  type MessageKey,
  type Messages,
} from './words.js';
