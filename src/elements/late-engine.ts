import { isServer } from 'lit';
import { page } from '../jitsi/page.js';
import { Late } from '../late.js';

/** All that a running meeting needs. An element that nobody joins doesn't fetch it. */
export const engine = new Late(() => import('./engine.js'));

// Where a tag joins by itself, as far as its markup tells, the engine comes while the rest of this file runs.
const joinsByItself = 'jitsi-meeting[room]:not([loading]):not([defer-hydration])';
if (!isServer && globalThis.document && page.querySelector(joinsByItself)) void engine.tryToLoad();
