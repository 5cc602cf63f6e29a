import type { Vocabulary } from '../names.js';
import { kindOf } from '../kinds.js';
import { normaliseTenant } from '../room/index.js';
import type { TokenSignerOptions } from './signer.js';
import { tenantProblem } from './tenants.js';
import { checkFunctions, checkNames, invalidSigner } from './options-check.js';

type OptionName = TokenSignerOptions extends infer Options ? (Options extends unknown ? keyof Options : never) : never;

const vocabulary: Vocabulary = {
  known: Object.keys({
    appId: true,
    domain: true,
    secret: true,
    privateKey: true,
    kid: true,
    algorithm: true,
    keys: true,
    issuer: true,
    audience: true,
    tenant: true,
    defaultFeatures: true,
    expiresIn: true,
    maxExpiresIn: true,
    clockSkew: true,
    now: true,
  } satisfies Record<OptionName, true>),
  meant: {
    secretkey: 'write secret',
    appsecret: 'write secret',
    sharedsecret: 'write secret',
    key: 'write secret or privateKey',
    pem: 'write privateKey',
    keyid: 'write kid',
    keyring: 'write keys',
    ring: 'write keys',
    alg: 'write algorithm',
    iss: 'write issuer',
    aud: 'write audience',
    sub: 'write domain, the XMPP domain of the deployment, or tenant where there is only one',
    subject: 'write domain, the XMPP domain of the deployment, or tenant where there is only one',
    xmppdomain: 'write domain',
    host: 'write domain',
    app: 'write appId',
    applicationid: 'write appId',
    exp: 'write expiresIn, in seconds',
    expires: 'write expiresIn, in seconds',
    ttl: 'write expiresIn, in seconds',
    lifetime: 'write expiresIn, in seconds',
    leeway: 'write clockSkew, in seconds',
    nbf: 'write clockSkew, in seconds',
    clock: 'write now, a function that gives milliseconds',
    features: 'write defaultFeatures, a function of the role, or name features in the grant',
    role: 'that is for the grant: sign({ room, role })',
    room: 'that is for the grant: sign({ room })',
    user: 'that is for the grant: sign({ room, user })',
  },
};

/** Throws `config-invalid` for options that no deployment could take tokens by. The key is looked at elsewhere. */
export function checkSignerOptions(options: TokenSignerOptions): void {
  checkNames(options, vocabulary, invalidSigner, 'Give at least appId, domain, and secret or privateKey with kid.');
  const { appId, domain, issuer = appId, audience = 'jitsi', tenant, defaultFeatures, now = Date.now } = options;
  if (!appId) throw invalidSigner('appId is missing', 'Give the app_id of Prosody’s configuration (JWT_APP_ID).');
  for (const [name, value] of Object.entries({ appId, issuer, audience })) checkText(name, value);
  checkDomain(domain);
  checkLives(options);
  if (tenant !== undefined) {
    const problem = typeof tenant === 'string' ? tenantProblem(normaliseTenant(tenant), domain) : 'is not a text';
    if (problem) throw invalidSigner(`the tenant ${problem}`, 'It is the first part of a meeting’s path.');
  }
  checkFunctions({ defaultFeatures, now }, invalidSigner);
}

function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string' || value === '') {
    const list = Array.isArray(value) ? ' Prosody compares it with its own list as one text.' : '';
    throw invalidSigner(
      `${name} is ${kindOf(value)}; expected a text`,
      `Give one text, as in Prosody’s configuration.${list}`,
    );
  }
  if (value.trim() !== value) {
    throw invalidSigner(
      `${name} has white space at its start or end`,
      'A setting from a file may end with a line break: trim it.',
    );
  }
}

/** A label of a domain name as the XMPP server has it: lower case. */
const label = '[\\p{Ll}\\p{Lo}\\p{Lm}\\p{M}\\p{N}_-]+';
const host = new RegExp(`^${label}(\\.${label})*$`, 'u');

/** It becomes `sub`, and Prosody compares that with its own domain as a text. */
function checkDomain(domain: unknown): void {
  if (domain === undefined || domain === null || domain === '') {
    throw invalidSigner('domain is missing', 'Give the XMPP domain of the deployment, such as meet.example.org.');
  }
  if (typeof domain === 'string' && host.test(domain) && domain === domain.normalize('NFKC')) return;
  const shown = typeof domain === 'string' ? JSON.stringify(domain.slice(0, 100)) : kindOf(domain);
  throw invalidSigner(
    `domain is ${shown}; expected a host without port, in lower case, such as meet.example.org`,
    `${suggested(domain)}It is the XMPP domain, to which JITSI_DOMAIN or an address may add a scheme, a port or a path.`,
  );
}

function suggested(domain: unknown): string {
  if (typeof domain !== 'string') return '';
  const text = domain.trim();
  const address = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const { hostname, username } = URL.canParse(address) ? new URL(address) : { hostname: '', username: '' };
  return host.test(hostname) && username === '' ? `Write ${JSON.stringify(hostname)}. ` : '';
}

function checkLives({ expiresIn = 3600, maxExpiresIn = 86_400, clockSkew = 30 }: TokenSignerOptions): void {
  for (const [name, value, least] of [
    ['expiresIn', expiresIn, 1],
    ['maxExpiresIn', maxExpiresIn, 1],
    ['clockSkew', clockSkew, 0],
  ] as const) {
    if (Number.isInteger(value) && value >= least) continue;
    const shown = typeof value === 'number' ? value : kindOf(value);
    throw invalidSigner(`${name} is ${shown}; expected whole seconds, at least ${least}`, 'Give a number.');
  }
  if (expiresIn > maxExpiresIn) {
    throw invalidSigner(
      `expiresIn is ${expiresIn}, more than maxExpiresIn, which is ${maxExpiresIn}`,
      'Sign shorter lives and renew; where a longer one is really meant, raise maxExpiresIn.',
    );
  }
}
