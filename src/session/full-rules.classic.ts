import { page } from '../jitsi/page.js';
import { Late } from '../late.js';

type Rules = typeof import('../preflight/findings-with-unknowns.js');

const script = globalThis.document && (page.currentScript as HTMLScriptElement | null);

/** The same for the plain script, which is one file: they come from the file beside it. */
export const fullRules = new Late(
  () => import(new URL('jitsi-meeting.rules.js', script?.src || undefined).href) as Promise<Rules>,
);
