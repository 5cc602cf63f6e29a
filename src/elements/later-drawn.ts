/** All that is drawn once there is a frame or a failure, in one part. */
export { en } from '../locale/en.js';
export { drawLater } from './screens/later-screens.js';
export { Tries } from './screens/tries.js';
export { Notices } from './notices.js';
export { screenStyles } from './screens/styles.js';
export * from './status-facts.js';
export { statusStyles } from './status-styles.js';
