import { Late } from '../late.js';

/** The rules for a deployment whose settings are known. Only pages with `deployment` need them. */
export const fullRules = new Late(() => import('../preflight/findings-with-unknowns.js'));
