import type { JitsiMeetingError } from '../errors.js';
import { tell } from './authorize.js';
import { invalidEndpoint } from './options-check.js';
import { TokenRefusal } from './problem.js';

/** Which pages may ask. */
export interface OriginPolicy {
  /** Other origins whose pages may ask, such as `https://www.example.org`; each exactly, no wildcards. */
  allowedOrigins?: readonly string[];
  /** The endpoint's own public origin; default: the request's. Needed behind a proxy that ends TLS. */
  origin?: string;
}

/**
 * Refuses what another site's page sends with the visitor's cookies (CSRF). A request without `Origin` and
 * `Sec-Fetch-Site` comes from no browser, or from an old one that reads the answer of a same-origin GET.
 */
export function checkOrigin(request: Request, policy: OriginPolicy, onError?: (error: unknown) => void): void {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const known =
    origin === null ? site === null || /^(same-origin|none)$/.test(site) : isAllowed(origin, request, policy);
  if (known) return;
  if (origin !== null) tell(onError, strangePage(origin, ownOrigin(request, policy)));
  throw new TokenRefusal(403, 'Pages of this origin may not ask for tokens here.');
}

/** Headers that let a named origin read the answer; none for any other. */
export function corsHeaders(request: Request, policy: OriginPolicy): Record<string, string> {
  const origin = request.headers.get('origin');
  if (!policy.allowedOrigins?.length) return {};
  if (origin === null || !policy.allowedOrigins.includes(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Date, Retry-After',
  };
}

/** The answer to a preflight (OPTIONS). */
export function corsPreflight(request: Request, policy: OriginPolicy): Response {
  const headers = corsHeaders(request, policy);
  if ('access-control-allow-origin' in headers) {
    headers['access-control-allow-methods'] = 'GET, POST';
    headers['access-control-allow-headers'] = 'Content-Type, Authorization';
    headers['access-control-max-age'] = '600';
  }
  return new Response(null, { status: 204, headers });
}

function isAllowed(origin: string, request: Request, policy: OriginPolicy): boolean {
  return origin === ownOrigin(request, policy) || (policy.allowedOrigins ?? []).includes(origin);
}

const ownOrigin = (request: Request, policy: OriginPolicy): string => policy.origin ?? new URL(request.url).origin;

/** For the operator: behind a proxy that ends TLS the endpoint takes itself for another than its pages do. */
function strangePage(origin: string, own: string): JitsiMeetingError {
  // The client writes this header.
  const page = JSON.stringify(origin.slice(0, 200));
  return invalidEndpoint(
    `refused (403) what a page of ${page} asked, as the endpoint's own origin is ${JSON.stringify(own)}`,
    'Behind a proxy that ends TLS, say the origin that browsers see: origin: "https://app.example.org". ' +
      'A page of another origin that may ask belongs into allowedOrigins. Any other page was rightly refused.',
  );
}
