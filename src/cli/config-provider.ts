// An OpenID provider whose own access tokens the deployment takes: where it is, and what Jitsi has to know of it.
import { isObject } from '../plain.js';
import { UsageError } from './io.js';

/** Every text is checked to be safe inside quotes. */
export interface Provider {
  kind: 'keycloak' | 'oidc';
  /** As in the claim `iss`, letter by letter. */
  issuer: string;
  clientId: string;
  /** What tokens have in `aud`. Jitsi compares one text; a list in a token never matches. */
  audiences: string[];
  endpoints: Endpoints;
}

export interface Endpoints {
  authorize: string;
  token: string;
  jwks: string;
  /** Not every provider has one. */
  logout?: string;
}

export interface ProviderOptions {
  kind: Provider['kind'];
  issuer: string;
  clientId: string;
  /** With commas between them. Default for Keycloak: `account`. */
  audience: string | undefined;
}

/** Checks what was given, and asks the provider for its addresses where they aren't known by its kind. */
export async function providerFrom({ kind, ...given }: ProviderOptions, fetcher: typeof fetch): Promise<Provider> {
  const issuer = checkedAddress(given.issuer, '--issuer');
  if (!/^[\w.:@/~-]{1,200}$/.test(given.clientId))
    throw new UsageError('--client-id may hold letters, digits and _ . : @ / ~ - only.');
  const audiences = (given.audience ?? (kind === 'keycloak' ? 'account' : '')).split(',').filter(Boolean);
  if (audiences.length === 0)
    throw new UsageError('--audience is missing: the text that the provider’s access tokens have in aud.');
  if (!audiences.every((audience) => /^[\w.:@/~*-]{1,200}$/.test(audience)))
    throw new UsageError('--audience may hold letters, digits and _ . : @ / ~ - only.');
  const endpoints = kind === 'keycloak' ? endpointsOfKeycloak(issuer) : await discovered(issuer, fetcher);
  return { kind, issuer, clientId: given.clientId, audiences, endpoints };
}

function endpointsOfKeycloak(issuer: string): Endpoints {
  if (!/\/realms\/[^/]+$/.test(issuer))
    throw new UsageError(
      `--issuer is ${JSON.stringify(issuer)}; expected a realm’s address, such as https://id.example.org/realms/main.`,
    );
  const base = `${issuer}/protocol/openid-connect`;
  return { authorize: `${base}/auth`, token: `${base}/token`, jwks: `${base}/certs`, logout: `${base}/logout` };
}

/** The provider's own list of its addresses (OpenID Connect Discovery). */
async function discovered(issuer: string, fetcher: typeof fetch): Promise<Endpoints> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetcher(address, { signal: AbortSignal.timeout(10_000) })
    .then(
      async (response) => {
        // On the way without https anybody could have answered.
        if (response.redirected && !response.url.startsWith('https:')) return 'it leads to an address without https';
        return response.ok ? ((await response.json()) as unknown) : `it answers ${response.status}`;
      },
      () => 'nothing answers there',
    )
    .catch(() => 'it is not JSON');
  if (!isObject(answer)) throw new UsageError(`${address} can’t be read: ${String(answer)}. Check --issuer.`);
  if (answer['issuer'] !== issuer)
    throw new UsageError(
      `The provider calls itself ${JSON.stringify(answer['issuer'])}, and --issuer is ${JSON.stringify(issuer)}; they have to be the same, as iss is compared letter by letter.`,
    );
  const at = (name: string): string => checkedAddress(answer[name], name);
  const logout = answer['end_session_endpoint'];
  return {
    authorize: at('authorization_endpoint'),
    token: at('token_endpoint'),
    jwks: at('jwks_uri'),
    ...(logout !== undefined && { logout: at('end_session_endpoint') }),
  };
}

/** Without what a shell, Lua, Compose or JavaScript would read as its own. */
function checkedAddress(given: unknown, name: string): string {
  if (typeof given === 'string' && /^https:\/\/[a-z0-9.-]+(:\d+)?(\/[\w.~%/-]*)?$/i.test(given) && URL.canParse(given))
    return given;
  throw new UsageError(`${name} must be an https address without a query, such as https://id.example.org/realms/main.`);
}

/**
 * Whether Jitsi's page `static/sso.html` can get tokens there: it asks `https://TOKEN_SERVICE/token`, and nothing else.
 */
export const signsInAtJitsi = ({ endpoints }: Provider): boolean => endpoints.token.endsWith('/token');

/** The address for `tokenAuthUrl`, or `null` where people can't sign in by Jitsi's own page. */
export function signInAddress(provider: Provider, domain: string): string | null {
  if (!signsInAtJitsi(provider)) return null;
  const query = [
    `client_id=${encodeURIComponent(provider.clientId)}`,
    'response_type=code',
    'scope=openid',
    'state={state}',
    `redirect_uri=${encodeURIComponent(`https://${domain}/static/sso.html`)}`,
    'code_challenge={code_challenge}',
    'code_challenge_method=S256',
  ];
  return `${provider.endpoints.authorize}?${query.join('&')}`;
}

/** Lines for Jitsi's config.js beside `tokenAuthUrl`. */
export function ssoLines(provider: Provider, domain: string): string[] {
  const { clientId, endpoints } = provider;
  if (!signsInAtJitsi(provider)) return [];
  // Jitsi puts https:// before and /token behind.
  const service = endpoints.token.replace(/^https:\/\//, '').replace(/\/token$/, '');
  const host = service.split('/')[0]!;
  const back = encodeURIComponent(`https://${domain}/static/logout.html`);
  return [
    'config.tokenAuthInline = true; // signs in beside the meeting, with a code (PKCE)',
    `config.sso = { ssoService: '${host}', tokenService: '${service}', clientId: '${clientId}' };`,
    ...(endpoints.logout
      ? [
          `config.tokenLogoutUrl = '${endpoints.logout}?client_id=${encodeURIComponent(clientId)}&post_logout_redirect_uri=${back}';`,
        ]
      : []),
  ];
}
