/** All that is drawn once the app shows itself or something failed, in one part. */
export { en } from '../locale/en.js';
export { drawLater } from './screens/later-screens.js';
export { Tries } from './screens/tries.js';
export { Notices } from './notices.js';
export { screenStyles } from './screens/styles.js';
export * from './status-facts.js';
export { statusStyles } from './status-styles.js';
