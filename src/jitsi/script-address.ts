import { JitsiMeetingError } from '../errors.js';
import { isJaasDomain } from '../room/jaas.js';
import { page } from './page.js';

export interface ScriptRequest {
  src: string;
  /** Subresource integrity; the server must then answer with CORS headers. */
  integrity?: string | undefined;
}

interface ScriptOptions {
  apiSrc?: string | undefined;
  apiIntegrity?: string | undefined;
  release?: string | undefined;
}

interface Place {
  domain: string;
  tenant?: string | null | undefined;
}

/** `https://DOMAIN/external_api.js`; at JaaS, and only there, the tenant is part of it. */
export function scriptAddress({ domain, tenant, release }: Place & Pick<ScriptOptions, 'release'>): string {
  const tenantPath = isJaasDomain(domain) && tenant ? `/${encodeURIComponent(tenant)}` : '';
  const query = release ? `?release=${encodeURIComponent(release)}` : '';
  return `https://${domain}${tenantPath}/external_api.js${query}`;
}

/**
 * The script of a meeting, from the page's own address for it or from the deployment. @throws JitsiMeetingError
 * config-invalid
 */
export function scriptRequest({ apiSrc, apiIntegrity, release }: ScriptOptions, place: Place): ScriptRequest {
  const own = apiSrc?.trim();
  const problem = own ? problemOf(own) : undefined;
  if (problem)
    throw new JitsiMeetingError('config-invalid', `The attribute api-src is ${problem}.`, {
      hint: 'It is the address of external_api.js, by https or of the same origin as the page. What it names runs as code of this page.',
    });
  return { src: own || scriptAddress({ ...place, release }), integrity: apiIntegrity?.trim() || undefined };
}

/** `data:` and `javascript:` would be code in an attribute. Only code of the page can make a `blob:`. */
function problemOf(address: string): string | undefined {
  const base = globalThis.document ? page.baseURI : undefined;
  if (!URL.canParse(address, base)) return 'not an address';
  const { protocol, origin, username, password } = new URL(address, base);
  if (username || password) return 'an address with a user name or password';
  const isOwn = base !== undefined && protocol !== 'blob:' && origin === new URL(base).origin;
  return protocol === 'https:' || protocol === 'blob:' || (isOwn && protocol === 'http:')
    ? undefined
    : `an address by ${JSON.stringify(protocol)}`;
}
