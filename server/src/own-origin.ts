import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.js';

/**
 * What changes something, or gives something out, is for pages of this server only (CSRF). Every browser names the
 * origin where another site's page sends a POST; a client that isn't a browser has no cookies of a visitor.
 */
export function ownOriginOnly(publicUrl: string): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req;
    if (method === 'GET' || method === 'HEAD') return next();
    const origin = context.req.header('origin');
    const site = context.req.header('sec-fetch-site');
    const isOwn = origin === undefined ? site === undefined || site === 'same-origin' : origin === publicUrl;
    if (!isOwn) return problem(403, 'Pages of this origin may not ask here.');
    return next();
  };
}
