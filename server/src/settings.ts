import { readFileSync } from 'node:fs';

/** The server's settings. Variables that docker-jitsi-meet has as well carry its names. */
export interface Settings {
  /** The server's own origin as browsers see it (PUBLIC_URL). */
  publicUrl: string;
  /** Host, and port if there is one, of the deployment (JITSI_DOMAIN). */
  jitsiDomain: string;
  /** The claim `sub` of a meeting without tenant (XMPP_DOMAIN). */
  xmppDomain: string;
  appId: string;
  issuer: string;
  audience: string;
  /** JWT_APP_SECRET, or the file of a key ring (KEYS_FILE). */
  signing: { secret: string } | { keysFile: string };
  oidc: OidcSettings;
  /** SESSION_SECRET: the same in all processes. */
  sessionSecret: string;
  /** Seconds (SESSION_HOURS). */
  sessionLife: number;
  accessFile: string;
  redisUrl: string | null;
  /** Other origins whose pages may ask for tokens (ALLOWED_ORIGINS). */
  allowedOrigins: readonly string[];
  /** Tokens that one person gets in a minute (TOKENS_PER_MINUTE). */
  tokensPerMinute: number;
  /** Who reads /metrics sends it as a bearer token (METRICS_TOKEN); null: nobody may. */
  metricsToken: string | null;
  host: string;
  port: number;
  logLevel: string;
}

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  /** The only claim that groups are taken from (OIDC_GROUPS_CLAIM); null: those that are usual. */
  groupsClaim: string | null;
  /** Whether a mail address counts that the provider doesn't call verified (OIDC_TRUST_EMAIL). */
  trustEmail: boolean;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that are missing or unusable: one sentence for each. None holds a secret. */
export class SettingsError extends Error {
  readonly problems: readonly string[];

  static {
    this.prototype.name = 'SettingsError';
  }

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const shortestSecret = 32;
const hostPattern = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;

/** Reads the environment. Throws a `SettingsError` that names everything that is wrong. */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const problem = (sentence: string): '' => {
    problems.push(sentence);
    return '';
  };

  function text(name: string, byDefault = ''): string {
    const value = valueOf(name) || byDefault;
    if (/^(["'`]).*\1$/s.test(value)) return problem(`${name} stands in quotes; write it without them.`);
    if (value !== value.trim()) return problem(`${name} begins or ends with white space; take that away.`);
    return value;
  }
  /** `NAME_FILE` names a file that holds it, as Docker and systemd hand out secrets. */
  function valueOf(name: string): string | undefined {
    const file = env[`${name}_FILE`];
    if (env[name] || !file || name === 'KEYS') return env[name];
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch {
      return problem(`${name}_FILE names a file that can’t be read.`);
    }
  }
  function needed(name: string, what: string): string {
    const before = problems.length;
    const value = text(name);
    if (value === '' && problems.length === before) problem(`${name} is missing: ${what}.`);
    return value;
  }
  function matching(name: string, value: string, pattern: RegExp, expected: string): string {
    return value === '' || pattern.test(value) ? value : problem(`${name} must be ${expected}.`);
  }
  function secret(name: string, what: string): string {
    const value = needed(name, what);
    if (value === '' || Buffer.byteLength(value) >= shortestSecret) return value;
    return problem(`${name} has under ${shortestSecret} bytes; make one: openssl rand -hex 32`);
  }
  function whole(name: string, byDefault: number, least: number, most: number): number {
    const value = text(name, String(byDefault));
    if (/^\d{1,7}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    problem(`${name} must be a whole number from ${least} to ${most}.`);
    return byDefault;
  }
  function flag(name: string): boolean {
    const value = text(name, '0');
    if (/^(1|true|yes)$/i.test(value)) return true;
    if (!/^(0|false|no)$/i.test(value)) problem(`${name} must be 1 or 0.`);
    return false;
  }

  const jitsiDomain = matching(
    'JITSI_DOMAIN',
    needed('JITSI_DOMAIN', 'the host of your Jitsi, such as meet.example.org'),
    hostPattern,
    'a host name in small letters such as meet.example.org, without https:// and without a path',
  );
  const appId = needed('JWT_APP_ID', 'the app_id of the deployment');
  const keysFile = text('KEYS_FILE');
  const signing = keysFile
    ? { keysFile }
    : { secret: secret('JWT_APP_SECRET', 'the app_secret of the deployment, or KEYS_FILE with a key ring') };
  if (keysFile && env['JWT_APP_SECRET']) problem('JWT_APP_SECRET and KEYS_FILE exclude each other; leave one out.');
  const settings: Settings = {
    publicUrl: publicOrigin(
      needed('PUBLIC_URL', 'this server’s own address, such as https://login.example.org'),
      problem,
    ),
    jitsiDomain,
    xmppDomain: text('XMPP_DOMAIN', jitsiDomain.replace(/:.*/, '')),
    appId,
    issuer: firstNamed(text('JWT_ACCEPTED_ISSUERS')) ?? appId,
    audience: firstNamed(text('JWT_ACCEPTED_AUDIENCES')) ?? 'jitsi',
    signing,
    oidc: {
      issuer: issuerOf(needed('OIDC_ISSUER', 'the address of your identity provider'), problem),
      clientId: needed('OIDC_CLIENT_ID', 'the client’s name at the provider'),
      clientSecret: needed('OIDC_CLIENT_SECRET', 'the client’s secret at the provider'),
      scopes: text('OIDC_SCOPES', 'openid profile email'),
      groupsClaim: text('OIDC_GROUPS_CLAIM') || null,
      trustEmail: flag('OIDC_TRUST_EMAIL'),
    },
    sessionSecret: secret('SESSION_SECRET', 'a random text of at least 32 bytes, the same in all processes'),
    sessionLife: whole('SESSION_HOURS', 8, 1, 720) * 3600,
    accessFile: text('ACCESS_FILE', 'access.yaml'),
    redisUrl: redisAddress(text('REDIS_URL'), problem),
    allowedOrigins: originsOf(text('ALLOWED_ORIGINS'), problem),
    tokensPerMinute: whole('TOKENS_PER_MINUTE', 60, 1, 1_000_000),
    metricsToken: env['METRICS_TOKEN'] || env['METRICS_TOKEN_FILE'] ? secret('METRICS_TOKEN', 'a random text') : null,
    host: text('HOST', 'localhost'),
    port: whole('PORT', 8080, 0, 65_535),
    logLevel: matching(
      'LOG_LEVEL',
      text('LOG_LEVEL', 'info'),
      /^(debug|info|warn|error|silent)$/,
      'debug, info, warn, error or silent',
    ),
  };
  if (!/(^| )openid( |$)/.test(settings.oidc.scopes)) problem('OIDC_SCOPES must hold openid.');
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

type Tell = (sentence: string) => '';

/** By https, or by http on this machine. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  if (username !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

function publicOrigin(value: string, problem: Tell): string {
  if (value === '') return value;
  const isOrigin = isSafeAddress(value) && [new URL(value).origin, `${new URL(value).origin}/`].includes(value);
  if (isOrigin) return new URL(value).origin;
  return problem('PUBLIC_URL must be an https address without a path, such as https://login.example.org.');
}

function issuerOf(value: string, problem: Tell): string {
  if (value === '' || isSafeAddress(value)) return value;
  return problem('OIDC_ISSUER must be an https address, such as https://id.example.org/realms/main.');
}

function redisAddress(value: string, problem: Tell): string | null {
  if (value === '' || (/^rediss?:\/\//.test(value) && URL.canParse(value))) return value || null;
  return problem('REDIS_URL must be an address such as redis://127.0.0.1:6379.') || null;
}

function originsOf(value: string, problem: Tell): readonly string[] {
  const origins = listOf(value);
  for (const origin of origins) {
    if (!isSafeAddress(origin) || new URL(origin).origin !== origin) {
      problem('ALLOWED_ORIGINS must be origins such as https://www.example.org, with commas between them.');
      break;
    }
  }
  return origins;
}

const listOf = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

const firstNamed = (value: string): string | undefined => listOf(value).find((item) => item !== '*');
