import type { Files } from './library.js';

/** What takes the place of shipped.ts in the plain script, which is one file: other languages come by a script each. */
export const shipped: Files = {};
