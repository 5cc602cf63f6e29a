import { ownScript } from '../jitsi/page.js';
import { Late } from '../late.js';

type Rules = typeof import('../preflight/findings-with-unknowns.js');

/** The same for the plain script, which is one file: they come from the file beside it. */
export const fullRules = new Late(
  () => import(new URL('jitsi-meeting.rules.js', ownScript?.src || undefined).href) as Promise<Rules>,
);
