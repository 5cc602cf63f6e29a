import { randomBytes } from 'node:crypto';

/** What the demo runs with. Names of the environment are docker-jitsi-meet's where it has one. */
export interface Settings {
  /** `null`: against the local stand-in, on the demo's own host. */
  jitsiDomain: string | null;
  /** The claim `sub` of a meeting without tenant (XMPP_DOMAIN); default: the host of the Jitsi domain. */
  xmppDomain: string;
  appId: string;
  appSecret: string;
  issuer: string;
  audience: string;
  acceptedIssuers: string[];
  acceptedAudiences: string[];
  domainVerification: boolean;
  allowEmpty: boolean;
  sessionSecret: Uint8Array;
  host: string;
  port: number;
}

/** A setting that is missing or unusable; `message` is one sentence for whoever starts the demo. */
export class SettingsError extends Error {
  static {
    this.prototype.name = 'SettingsError';
  }
}

type Environment = Record<string, string | undefined>;

/** Reads the environment. Throws `SettingsError`, which never holds a secret. */
export function readSettings(env: Environment): Settings {
  const jitsiDomain = env['JITSI_DOMAIN'] || null;
  if (jitsiDomain !== null && !/^[a-z0-9.-]+(:\d{1,5})?$/i.test(jitsiDomain)) {
    throw new SettingsError('JITSI_DOMAIN must be a host name such as meet.example.org, without https:// or a path.');
  }
  const appId = env['JWT_APP_ID'] || (jitsiDomain === null ? 'demo_app' : '');
  if (!appId) throw new SettingsError('JITSI_DOMAIN needs JWT_APP_ID: the app_id of that deployment.');
  const acceptedIssuers = list(env['JWT_ACCEPTED_ISSUERS']) ?? [appId];
  const acceptedAudiences = list(env['JWT_ACCEPTED_AUDIENCES']) ?? ['*'];
  return {
    jitsiDomain,
    xmppDomain: env['XMPP_DOMAIN'] || (jitsiDomain ?? 'localhost').replace(/:.*/, ''),
    appId,
    appSecret: appSecret(env, jitsiDomain),
    issuer: firstNamed(acceptedIssuers) ?? appId,
    audience: firstNamed(acceptedAudiences) ?? 'jitsi',
    acceptedIssuers,
    acceptedAudiences,
    domainVerification: flag(env, 'JWT_ENABLE_DOMAIN_VERIFICATION', true),
    allowEmpty: flag(env, 'JWT_ALLOW_EMPTY', false),
    sessionSecret: sessionSecret(env),
    host: env['HOST'] || 'localhost',
    port: port(env),
  };
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

function sessionSecret(env: Environment): Uint8Array {
  const secret = env['DEMO_SESSION_SECRET'];
  if (!secret) return randomBytes(32);
  if (Buffer.byteLength(secret) < 32) throw new SettingsError('DEMO_SESSION_SECRET has under 32 bytes.');
  return new TextEncoder().encode(secret);
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

function port(env: Environment): number {
  const value = env['PORT'] || '8443';
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65_535) throw new SettingsError('PORT must be a number up to 65535.');
  return Number(value);
}
