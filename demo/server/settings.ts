import { createHmac, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { OidcSettings } from '../../server/src/settings.js';
import type { RingKey } from '../../src/server/index.js';
import { keysInFile } from './key-file.js';
import { isLoopback } from './local.js';
import type { SignInOfPeople } from './people.js';

/** The demo's settings. Variables that docker-jitsi-meet has as well carry its names. */
export interface Settings {
  /** `null`: against the local stand-in, on the demo's own host. */
  jitsiDomain: string | null;
  /** The claim `sub` of a meeting without tenant (XMPP_DOMAIN); default: the host of the Jitsi domain. */
  xmppDomain: string;
  appId: string;
  /** Signs where there are no keys. */
  appSecret: string;
  /** What is in the key ring now, as `npm run -s cli -- keys` writes it (JWT_KEYS_FILE). */
  keys: (() => readonly RingKey[]) | null;
  issuer: string;
  audience: string;
  acceptedIssuers: string[];
  acceptedAudiences: string[];
  domainVerification: boolean;
  allowEmpty: boolean;
  /** DEMO_SESSION_SECRET: the same in all processes. */
  sessionSecret: string;
  codeSecret: string;
  oidc: OidcSettings | null;
  /** The demo's own address as the provider knows it (DEMO_ORIGIN); empty without a provider. */
  origin: string;
  /** Where the demo's people sign in, which takes no password. */
  people: SignInOfPeople;
  /** The tenants that tokens are signed for (TENANTS). */
  tenants: readonly string[];
  redisUrl: string | null;
  /** Tokens that one person gets in a minute (TOKENS_PER_MINUTE). */
  tokensPerMinute: number;
  host: string;
  port: number;
}

/** A setting that is missing or unusable; `message` is one sentence for the person who starts the demo. */
export class SettingsError extends Error {
  static {
    this.prototype.name = 'SettingsError';
  }
}

type Environment = Record<string, string | undefined>;

/** Reads the environment. Throws `SettingsError`, which never holds a secret. */
export function readSettings(env: Environment): Settings {
  checkQuotes(env);
  const jitsiDomain = env['JITSI_DOMAIN'] || null;
  if (jitsiDomain !== null && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(jitsiDomain)) {
    throw new SettingsError('JITSI_DOMAIN must be a host name such as meet.example.org, without https:// or a path.');
  }
  const appId = env['JWT_APP_ID'] || (jitsiDomain === null ? 'demo_app' : '');
  if (!appId) throw new SettingsError('JITSI_DOMAIN needs JWT_APP_ID: the app_id of that deployment.');
  const acceptedIssuers = list(env['JWT_ACCEPTED_ISSUERS']) ?? [appId];
  const acceptedAudiences = list(env['JWT_ACCEPTED_AUDIENCES']) ?? ['*'];
  const keys = keyRing(env);
  const provider = oidc(env);
  const session = sessionSecret(env, jitsiDomain, provider);
  const host = hostOf(env);
  return {
    jitsiDomain,
    xmppDomain: env['XMPP_DOMAIN'] || (jitsiDomain ?? 'localhost').replace(/:.*/, ''),
    appId,
    appSecret: keys ? '' : appSecret(env, jitsiDomain),
    keys,
    issuer: firstNamed(acceptedIssuers) ?? appId,
    audience: firstNamed(acceptedAudiences) ?? 'jitsi',
    acceptedIssuers,
    acceptedAudiences,
    domainVerification: flag(env, 'JWT_ENABLE_DOMAIN_VERIFICATION', true),
    allowEmpty: flag(env, 'JWT_ALLOW_EMPTY', false),
    sessionSecret: session,
    codeSecret: createHmac('sha256', session).update('sign-in codes').digest('hex'),
    oidc: provider,
    origin: provider ? new URL(env['DEMO_ORIGIN']!).origin : '',
    people: signInOfPeople(env, provider, host),
    tenants: tenants(env),
    redisUrl: redisUrl(env),
    tokensPerMinute: number(env, 'TOKENS_PER_MINUTE', 60, 1_000_000),
    host,
    port: number(env, 'PORT', 8443, 65_535),
  };
}

const ours = /^((JITSI|XMPP|JWT|OIDC|DEMO)_.*|TENANTS|REDIS_URL|TOKENS_PER_MINUTE|HOST|PORT)$/;

/** Shells and Compose remove quotes. A value that still has them was read by a program that doesn't, so it is wrong. */
function checkQuotes(env: Environment): void {
  for (const [name, value = ''] of Object.entries(env)) {
    if (!ours.test(name)) continue;
    if (/^(["'`]).*\1$/s.test(value)) throw new SettingsError(`${name} stands in quotes; write it without them.`);
    if (value !== value.trim()) {
      throw new SettingsError(`${name} begins or ends with a space or the end of a line; take that away.`);
    }
  }
}

/**
 * Whether tokens are signed with a key that a real deployment may accept. Otherwise they open only this demo's
 * stand-in, and everyone who reaches the demo may have one.
 */
function signsForOthers(env: Environment): boolean {
  return ['JITSI_DOMAIN', 'JWT_APP_SECRET', 'JWT_KEYS_FILE'].some((name) => env[name]);
}

function signInOfPeople(env: Environment, provider: OidcSettings | null, host: string): SignInOfPeople {
  const wanted = flag(env, 'DEMO_PEOPLE', !env['JITSI_DOMAIN'] && provider === null);
  if (!wanted) return 'nowhere';
  if (provider) {
    throw new SettingsError(
      'DEMO_PEOPLE=1 and OIDC_ISSUER exclude each other: the demo’s people have no password. Leave one of them out.',
    );
  }
  if (!signsForOthers(env)) return 'anywhere';
  if (isLoopback(host)) return 'on this machine';
  throw new SettingsError(
    'HOST must be localhost, 127.0.0.1 or ::1 where the demo’s people, who have no password, get tokens that are signed with your keys. Leave HOST out, or let people sign in by OIDC_ISSUER.',
  );
}

function tenants(env: Environment): readonly string[] {
  const named = list(env['TENANTS']) ?? (signsForOthers(env) ? [] : ['acme']);
  if (named.every((tenant) => /^[a-z0-9_-]{1,100}$/.test(tenant))) return named;
  throw new SettingsError('TENANTS must be names of a-z, 0-9, _ and -, with commas between them.');
}

function hostOf(env: Environment): string {
  const host = env['HOST'] || 'localhost';
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(bare)) return bare;
  throw new SettingsError('HOST must be a name or an address to listen on, such as localhost or 0.0.0.0.');
}

function redisUrl(env: Environment): string | null {
  const url = env['REDIS_URL'] || null;
  if (url === null || (/^rediss?:/.test(url) && URL.canParse(url))) return url;
  throw new SettingsError('REDIS_URL must be an address such as redis://127.0.0.1:6379.');
}

function appSecret(env: Environment, jitsiDomain: string | null): string {
  const secret = env['JWT_APP_SECRET'];
  if (!secret && jitsiDomain === null) return randomBytes(32).toString('hex');
  if (!secret) throw new SettingsError('JITSI_DOMAIN needs JWT_APP_SECRET: the app_secret of that deployment.');
  if (Buffer.byteLength(secret) < 32) {
    throw new SettingsError('JWT_APP_SECRET has under 32 bytes; set a longer one here and in the deployment.');
  }
  return secret;
}

/**
 * A session that took only a click must not count where a click isn't enough. So each deployment and each way of
 * signing in has its own secret, derived from DEMO_SESSION_SECRET.
 */
function sessionSecret(env: Environment, jitsiDomain: string | null, provider: OidcSettings | null): string {
  const secret = env['DEMO_SESSION_SECRET'];
  if (!secret) return randomBytes(32).toString('hex');
  if (Buffer.byteLength(secret) < 32) throw new SettingsError('DEMO_SESSION_SECRET has under 32 bytes.');
  const purpose = JSON.stringify([jitsiDomain, signsForOthers(env), provider && [provider.issuer, provider.clientId]]);
  return createHmac('sha256', secret).update(purpose).digest('hex');
}

function list(value: string | undefined): string[] | null {
  const items = (value ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 ? items : null;
}

function firstNamed(accepted: readonly string[]): string | undefined {
  return accepted.find((item) => item !== '*');
}

function flag(env: Environment, name: string, byDefault: boolean): boolean {
  const value = env[name];
  if (!value) return byDefault;
  if (/^(1|true|yes)$/i.test(value)) return true;
  if (/^(0|false|no)$/i.test(value)) return false;
  throw new SettingsError(`${name} must be 1 or 0.`);
}

function number(env: Environment, name: string, byDefault: number, most: number): number {
  const value = env[name] || String(byDefault);
  if (!/^\d{1,7}$/.test(value) || Number(value) > most)
    throw new SettingsError(`${name} must be a number up to ${most}.`);
  return Number(value);
}

function keyRing(env: Environment): Settings['keys'] {
  const file = env['JWT_KEYS_FILE'];
  if (!file) return null;
  try {
    return keysInFile(file);
  } catch {
    // The parser's message may quote the file.
    throw new SettingsError('JWT_KEYS_FILE can’t be read as a key ring; make one: npm run -s cli -- keys make');
  }
}

function oidc(env: Environment): OidcSettings | null {
  const issuer = env['OIDC_ISSUER'];
  const clientId = env['OIDC_CLIENT_ID'];
  const clientSecret = env['OIDC_CLIENT_SECRET'];
  const origin = env['DEMO_ORIGIN'];
  if (!issuer) {
    if (clientId || clientSecret) throw new SettingsError('OIDC_CLIENT_ID and OIDC_CLIENT_SECRET need OIDC_ISSUER.');
    return null;
  }
  if (!clientId || !clientSecret || !origin || !isAddress(issuer)) {
    throw new SettingsError(
      'OIDC_ISSUER (an https address) needs OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and DEMO_ORIGIN, the demo’s own address.',
    );
  }
  if (!isAddress(origin)) throw new SettingsError('DEMO_ORIGIN must be an address such as https://app.example.org.');
  return {
    issuer,
    clientId,
    clientSecret,
    scopes: 'openid profile email groups',
    groupsClaim: env['OIDC_GROUPS_CLAIM'] || 'groups',
    // It is only shown in the meeting: no right depends on it.
    trustEmail: true,
  };
}

/** By https, or by http on this machine. */
function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
