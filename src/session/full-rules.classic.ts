import { Late } from '../late.js';

/** The plain script itself, known only while it runs: the build (vite.config.ts) keeps it before all of this code. */
declare const ownScript: HTMLScriptElement | null | undefined;

type Rules = typeof import('../preflight/findings-with-unknowns.js');

/** The same for the plain script, which is one file: they come from the file beside it. */
export const fullRules = new Late(
  () => import(new URL('jitsi-meeting.rules.js', ownScript?.src || undefined).href) as Promise<Rules>,
);
