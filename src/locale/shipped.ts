import type { Files } from './library.js';

/** The languages of the package. */
export const shipped: Files = {};
