import type { Vocabulary } from '../names.js';
import { parseDomain } from '../room/index.js';
import { checkGrantOptions } from './grant-options.js';
import type { TokenHandlerOptions } from './handler.js';
import { checkNames, invalidEndpoint, listOf, shown, wrongOption } from './options-check.js';

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

/** Throws `config-invalid` for what could never work as it is meant, so that it shows at the start. */
export function checkHandlerOptions(options: TokenHandlerOptions): void {
  checkNames(options, vocabulary, invalidEndpoint, 'Give at least signer and authorize.');
  checkGrantOptions(options, invalidEndpoint);
  const { signer, domains, maxBodyBytes, bodyTimeout } = options;
  const signs = typeof signer === 'function' || typeof (signer as Partial<typeof signer> | null)?.sign === 'function';
  if (!signs) throw wrong('signer', signer, 'what createTokenSigner made, or a function that returns one');
  for (const [name, value] of Object.entries({ maxBodyBytes, bodyTimeout })) {
    if (value !== undefined && !(Number.isFinite(value) && value > 0)) throw wrong(name, value, 'a number above 0');
  }
  checkOriginOptions(options);
  if (domains === undefined) return;
  for (const [index, domain] of listOf('domains', domains, 'hosts', invalidEndpoint).entries()) {
    const parsed = parseDomain(domain as string);
    if (parsed.domain !== undefined && parsed.domain === domain) continue;
    throw invalidEndpoint(
      `domains[${index}] is ${shown(domain)}; expected a host, or a host with its port`,
      parsed.domain
        ? `Write ${JSON.stringify(parsed.domain)}.`
        : 'Write it as in the attribute domain: meet.example.org.',
    );
  }
}

function checkOriginOptions({ allowedOrigins, origin }: TokenHandlerOptions): void {
  if (origin !== undefined) checkOneOrigin('origin', origin);
  if (allowedOrigins === undefined) return;
  for (const [index, one] of listOf('allowedOrigins', allowedOrigins, 'origins', invalidEndpoint).entries()) {
    checkOneOrigin(`allowedOrigins[${index}]`, one);
  }
}

/** An origin as browsers send it is compared letter by letter, so any other spelling would never match. */
function checkOneOrigin(name: string, value: unknown): void {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  const isWeb = url !== undefined && /^https?:$/.test(url.protocol) && !url.hostname.includes('*');
  if (isWeb && url.origin === value) return;
  throw invalidEndpoint(
    `${name} is ${shown(value)}; expected one origin such as https://www.example.org`,
    isWeb
      ? `Write ${JSON.stringify(url.origin)}: scheme, host and port if it isn't the usual one, and nothing more.`
      : 'Name each origin: there are no wildcards, and "null" is the origin of any sandboxed frame.',
  );
}

const wrong = (name: string, value: unknown, expected: string) => wrongOption(name, value, expected, invalidEndpoint);
