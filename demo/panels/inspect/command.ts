import type { Deployment } from '../../../src/preflight/index.js';
import type { Fields } from './deployments.js';

/** In quotes where a shell needs them. */
const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

const names = {
  demo: 'self-hosted',
  selfHosted: 'self-hosted',
  keycloak: 'keycloak',
  docker: 'docker',
  jaas: 'jaas',
};

/** The same check on the command line. The token is asked for there, so that no shell remembers it; so is the key. */
export function commandFor(fields: Fields, deployment: Deployment): string {
  const { preset, room, tenant, key } = fields;
  const domain = preset === 'jaas' ? '8x8.vc' : (deployment.xmppDomain ?? fields.domain);
  const options: [name: string, value?: string][] = [
    ['domain', domain],
    ['room', room],
  ];
  if (tenant) options.push(['tenant', tenant]);
  options.push(['preset', names[preset]]);
  if (deployment.appId && preset !== 'jaas') options.push(['app-id', deployment.appId]);
  if (preset === 'demo' || preset === 'keycloak') {
    if (deployment.algorithm) options.push(['algorithm', deployment.algorithm]);
    for (const issuer of deployment.acceptedIssuers ?? []) options.push(['issuer', issuer]);
    for (const audience of deployment.acceptedAudiences ?? []) options.push(['audience', audience]);
  }
  if (preset !== 'jaas')
    options.push([deployment.domainVerification ? 'domain-verification' : 'no-domain-verification']);
  if (key.trim()) options.push(key.includes('-----BEGIN') ? ['public-key', 'key.pem'] : ['secret-file', 'secret.txt']);
  const words = options.map(([name, value]) => `--${name}${value === undefined ? '' : ` ${quoted(value)}`}`);
  return `npm run -s cli -- check - ${words.join(' ')}`;
}
