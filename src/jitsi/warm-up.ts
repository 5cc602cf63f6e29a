import { parseDomain } from '../room/domain.js';
import { page } from './page.js';

/**
 * Opens the connection to a deployment ahead of the first request, once for each domain. An invalid domain opens none.
 */
export function preconnect(value: string): void {
  const { domain } = parseDomain(value);
  if (domain === undefined) return;
  const href = `https://${domain}`;
  if (page.head.querySelector(`link[rel="preconnect"][href="${CSS.escape(href)}"]`)) return;
  page.head.append(Object.assign(page.createElement('link'), { rel: 'preconnect', href }));
}

interface Connection {
  saveData?: boolean;
  effectiveType?: string;
}

/** Whether loading 2.3 MB in advance is fair to the visitor: not with data saving, and not over a slow connection. */
export function mayWarmUpApp(connection = (navigator as { connection?: Connection }).connection): boolean {
  return !connection?.saveData && !/[23]g/.test(connection?.effectiveType ?? '');
}
