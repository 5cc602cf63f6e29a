import type { ReadableToken } from '../claims/index.js';
import type { Deployment, Preflight } from '../preflight/index.js';

/** One sentence on a sign-in service's token for a deployment that isn't set up for that service; else `undefined`. */
export function providerSentence(
  { findings }: Preflight,
  { claims, header }: ReadableToken,
  deployment: Deployment,
): string | undefined {
  if (!findings.some(({ code }) => code === 'provider-token')) return undefined;
  const issuer = String(claims.iss);
  const isKeycloak = /\/realms\/[^/]+$/.test(issuer);
  const about = [
    `issuer ${JSON.stringify(issuer.slice(0, 200))}`,
    ...(claims.room === undefined ? ['no room claim'] : []),
    ...(typeof header.alg === 'string' ? [header.alg.slice(0, 20)] : []),
  ];
  return (
    `This token comes straight from ${isKeycloak ? 'Keycloak' : 'a sign-in service'} (${about.join(', ')}), and this ` +
    `deployment takes ${takenBy(deployment)}: set it up by config --auth ${isKeycloak ? 'keycloak' : 'oidc'}, or let ` +
    'a token server sign one for Jitsi (docs/guides/keycloak.md).'
  );
}

function takenBy({ algorithm, keys, acceptedIssuers, appId }: Deployment): string {
  const issuers = acceptedIssuers ?? (appId === undefined ? [] : [appId]);
  const alg = algorithm ?? (keys && (keys.secret === undefined ? 'RS256' : 'HS256'));
  const which = alg ? `only ${alg} tokens` : 'only tokens';
  return issuers.length > 0 ? `${which} of the issuer ${issuers.join(' or ')}` : `${which} of its own`;
}
