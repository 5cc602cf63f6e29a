import { unknownName, type Vocabulary } from '../names.js';
import { parseDomain } from '../room/index.js';
import type { SignInCodeOptions } from './auth-code.js';
import type { TokenAuthRedirectOptions } from './auth-redirect.js';
import { isSettingName } from './auth-settings.js';
import { checkGrantOptions } from './grant-options.js';
import { checkFunctions, checkNames, invalidRedirect, shown, wrongOption } from './options-check.js';

const vocabulary: Vocabulary = {
  known: Object.keys({
    domain: true,
    signer: true,
    authorize: true,
    signInUrl: true,
    rateLimit: true,
    tenants: true,
    codes: true,
    config: true,
    room: true,
    apps: true,
    onError: true,
  } satisfies Record<keyof TokenAuthRedirectOptions, true>),
  meant: {
    domains: "write domain: 'meet.example.org'",
    tenant: "write tenants: ['acme']",
    firstuse: 'that is an option of codes',
    secret: 'that is an option of codes, or of createTokenSigner',
    settings: 'write config',
    app: 'write apps',
    loginurl: 'write signInUrl',
  },
};

const codesVocabulary: Vocabulary = {
  known: Object.keys({ secret: true, firstUse: true, now: true } satisfies Record<keyof SignInCodeOptions, true>),
};

/** Throws `config-invalid` for what could never work as it is meant, so that it shows at the start. */
export function checkRedirectOptions(options: TokenAuthRedirectOptions): void {
  checkNames(options, vocabulary, invalidRedirect);
  checkGrantOptions(options, invalidRedirect);
  const { domain, signer, signInUrl, room } = options;
  const parsed = parseDomain(domain);
  if (parsed.domain === undefined || parsed.domain !== domain) {
    throw invalidRedirect(
      `domain is ${shown(domain)}; expected a host, or a host with its port, such as meet.example.org`,
    );
  }
  if (typeof (signer as Partial<typeof signer> | null | undefined)?.sign !== 'function')
    throw wrong('signer', signer, 'what createTokenSigner made');
  if (typeof signInUrl !== 'string' || signInUrl === '') throw wrong('signInUrl', signInUrl, 'a path or an address');
  if (room !== undefined && room !== 'path')
    throw invalidRedirect(`room is ${shown(room)}; expected 'path', or no such option`);
  checkConfig(options.config);
  if (options.codes !== undefined) checkCodes(options.codes);
}

function checkConfig(config: TokenAuthRedirectOptions['config']): void {
  if (config === undefined || typeof config === 'function') return;
  const names: unknown = config;
  const wrong = Array.isArray(names) ? names.find((name) => !isSettingName(name)) : names;
  if (wrong === undefined && Array.isArray(names) && !names.includes(undefined)) return;
  throw invalidRedirect(
    `config is ${shown(wrong)}; expected a function, or a list of names such as config.toolbarButtons`,
  );
}

function checkCodes(codes: SignInCodeOptions): void {
  const unknown = unknownName(Object.keys(Object(codes)), codesVocabulary);
  if (unknown) throw invalidRedirect(`in codes ${unknown}`);
  const { secret, firstUse, now } = Object(codes) as Partial<SignInCodeOptions>;
  if (typeof secret !== 'string' || secret.length < 32) throw invalidRedirect('codes.secret has under 32 characters');
  checkFunctions({ 'codes.firstUse': firstUse, 'codes.now': now }, invalidRedirect);
}

const wrong = (name: string, value: unknown, expected: string) => wrongOption(name, value, expected, invalidRedirect);
