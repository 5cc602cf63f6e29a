import { Late } from '../late.js';

/** All that a running meeting needs. An element that nobody joins doesn't fetch it. */
export const engine = new Late(() => import('./engine.js'));
