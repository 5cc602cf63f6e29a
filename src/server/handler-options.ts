import { JitsiMeetingError } from '../errors.js';
import { unknownName, type Vocabulary } from '../names.js';
import { isObject, kindOf } from '../plain.js';
import { normaliseTenant, parseDomain } from '../room/index.js';
import type { TokenHandlerOptions } from './handler.js';
import { tenantProblem } from './tenants.js';

const vocabulary: Vocabulary = {
  known: Object.keys({
    authorize: true,
    signer: true,
    rateLimit: true,
    domains: true,
    tenants: true,
    onError: true,
    allowedOrigins: true,
    origin: true,
    maxBodyBytes: true,
    bodyTimeout: true,
  } satisfies Record<keyof TokenHandlerOptions, true>),
  meant: {
    domain: "write domains: ['meet.example.org']",
    tenant: "write tenants: ['acme']",
    origins: 'write allowedOrigins',
    cors: 'write allowedOrigins',
    alloworigin: 'write allowedOrigins',
    alloworigins: 'write allowedOrigins',
    secret: 'that is the option of createTokenSigner',
    appid: 'that is the option of createTokenSigner',
    onrefusal: 'write onError',
    timeout: 'write bodyTimeout, in milliseconds',
  },
};

const missingOptions = 'Give at least signer and authorize.';

/** Throws `config-invalid` for what could never work as it is meant, so that it shows at the start. */
export function checkHandlerOptions(options: TokenHandlerOptions): void {
  if (!isObject(options)) throw invalid(`the options are ${kindOf(options)}; expected an object`, missingOptions);
  const unknown = unknownName(Object.keys(options), vocabulary);
  if (unknown) throw invalid(`in the options ${unknown}`, 'A misspelt option would be without effect.');
  const { authorize, signer, rateLimit, onError, domains, maxBodyBytes, bodyTimeout } = options;
  if (typeof authorize !== 'function')
    throw wrong('authorize', authorize, 'a function that returns a grant or a refusal');
  const signs = typeof signer === 'function' || typeof (signer as Partial<typeof signer> | null)?.sign === 'function';
  if (!signs) throw wrong('signer', signer, 'what createTokenSigner made, or a function that returns one');
  for (const [name, value] of Object.entries({ rateLimit, onError })) {
    if (value !== undefined && typeof value !== 'function') throw wrong(name, value, 'a function');
  }
  for (const [name, value] of Object.entries({ maxBodyBytes, bodyTimeout })) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) throw wrong(name, value, 'a number above 0');
  }
  checkOriginOptions(options);
  checkTenants(options.tenants);
  if (domains === undefined) return;
  for (const [index, domain] of listOf('domains', domains, 'hosts').entries()) {
    const parsed = parseDomain(domain as string);
    if (parsed.domain !== undefined && parsed.domain === domain) continue;
    throw invalid(
      `domains[${index}] is ${shown(domain)}; expected a host, or a host with its port`,
      parsed.domain
        ? `Write ${JSON.stringify(parsed.domain)}.`
        : 'Write it as in the attribute domain: meet.example.org.',
    );
  }
}

/** `tenants`, also for the way back from `tokenAuthUrl`. */
export function checkTenants(tenants: TokenHandlerOptions['tenants']): void {
  if (tenants === undefined || typeof tenants === 'function') return;
  for (const [index, tenant] of listOf('tenants', tenants, 'names, or a function').entries()) {
    const problem = typeof tenant === 'string' ? tenantProblem(normaliseTenant(tenant)) : 'is not a text';
    if (problem) throw invalid(`tenants[${index}] ${problem}`, 'A tenant is the first part of a meeting’s path.');
  }
}

function checkOriginOptions({ allowedOrigins, origin }: TokenHandlerOptions): void {
  if (origin !== undefined) checkOneOrigin('origin', origin);
  if (allowedOrigins === undefined) return;
  for (const [index, one] of listOf('allowedOrigins', allowedOrigins, 'origins').entries()) {
    checkOneOrigin(`allowedOrigins[${index}]`, one);
  }
}

/** An origin as browsers send it is compared letter by letter, so any other spelling would never match. */
function checkOneOrigin(name: string, value: unknown): void {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url !== undefined && /^https?:$/.test(url.protocol) && !url.hostname.includes('*');
  if (isWeb && url.origin === value) return;
  throw invalid(
    `${name} is ${shown(value)}; expected one origin such as https://www.example.org`,
    isWeb
      ? `Write ${JSON.stringify(url.origin)}: scheme, host and port if it isn't the usual one, and nothing more.`
      : 'Name each origin: there are no wildcards, and "null" is the origin of any sandboxed frame.',
  );
}

function listOf(name: string, value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw invalid(
    `${name} is ${kindOf(value)}; expected a list of ${what}`,
    typeof value === 'string' ? `Where it comes from a setting, say ${name}: setting.split(',').` : 'Give an array.',
  );
}

const wrong = (name: string, value: unknown, expected: string): JitsiMeetingError =>
  invalid(`${name} is ${kindOf(value)}; expected ${expected}`, 'Correct the options of the handler.');

/** Names of hosts and origins are not secrets; of anything else only its kind is told. */
export const shown = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? JSON.stringify(value.slice(0, 100)) : kindOf(value);

const invalid = (message: string, hint: string): JitsiMeetingError =>
  new JitsiMeetingError('config-invalid', `Token endpoint: ${message}.`, { hint });
