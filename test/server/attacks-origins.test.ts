import { describe, expect, it } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import {
  createTokenAuthRedirect,
  createTokenHandler,
  createTokenSigner,
  type TokenHandlerOptions,
} from '../../src/server/index.js';

const endpoint = 'https://app.example.org/api/token';
const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 'x'.repeat(32) });

type Loose = Partial<Record<keyof TokenHandlerOptions, unknown>>;

const make = (options: Loose): ((request: Request) => Promise<Response>) =>
  createTokenHandler({ signer, authorize: () => ({ user: { id: 'ada' } }), ...options } as TokenHandlerOptions);

function refusalOf(options: Loose): JitsiMeetingError {
  try {
    make(options);
  } catch (error) {
    return error as JitsiMeetingError;
  }
  return expect.fail('it was made');
}

const post = (headers: Record<string, string>, fields: object = {}, to = endpoint): Request =>
  new Request(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ domain: 'meet.example.org', room: 'daily', ...fields }),
  });

/** What never matches an `Origin` header, or matches too many; and what to write, where that can be told. */
const badOrigins: [what: string, value: unknown, advice: string][] = [
  ['with a slash', 'https://www.example.org/', 'Write "https://www.example.org"'],
  ['with a path', 'https://www.example.org/app', 'Write "https://www.example.org"'],
  ['with a query', 'https://www.example.org?x', 'Write "https://www.example.org"'],
  ['with the usual port', 'https://www.example.org:443', 'Write "https://www.example.org"'],
  ['with the usual port of http', 'http://localhost:80', 'Write "http://localhost"'],
  ['in upper case', 'https://WWW.Example.org', 'Write "https://www.example.org"'],
  ['with the scheme in upper case', 'HTTPS://www.example.org', 'Write "https://www.example.org"'],
  ['with a host in Unicode', 'https://bücher.example', 'Write "https://xn--bcher-kva.example"'],
  ['with a user name', 'https://ada@www.example.org', 'Write "https://www.example.org"'],
  ['with a blank', ' https://www.example.org', 'Write "https://www.example.org"'],
  ['with a line break', 'https://www.example.org\n', 'Write "https://www.example.org"'],
  ['several in one text', 'https://a.example,https://b.example', 'expected one origin'],
  ['without a scheme', 'www.example.org', 'Name each origin'],
  ['a wildcard', '*', 'there are no wildcards'],
  ['a wildcard for a label', 'https://*.example.org', 'there are no wildcards'],
  ['the origin of a sandboxed frame', 'null', 'sandboxed frame'],
  ['a file', 'file:///tmp', 'Name each origin'],
  ['a script', 'javascript:alert(1)', 'Name each origin'],
  ['an app', 'capacitor://localhost', 'Name each origin'],
  ['a web socket', 'wss://www.example.org', 'Name each origin'],
  ['an empty text', '', 'is an empty string'],
  ['null', null, 'is null'],
  ['a number', 7, 'is a number'],
  ['a pattern', /example/, 'is a RegExp'],
  ['a list in a list', ['https://www.example.org'], 'is a list of 1'],
  ['an URL', new URL('https://www.example.org'), 'is an URL'],
];

describe('an origin that would never match, or match too many, is told when the handler is made', () => {
  it.each(badOrigins)('in allowedOrigins: %s', (_, value, advice) => {
    const { code, message, hint } = refusalOf({ allowedOrigins: ['https://ok.example', value] });
    expect(code).toBe('config-invalid');
    expect(message).toContain('allowedOrigins[1] is');
    expect(`${message} ${hint}`).toContain(advice);
  });

  it.each(badOrigins)('in origin: %s', (_, value, advice) => {
    const { message, hint } = refusalOf({ origin: value });
    expect(message).toContain('Token endpoint: origin is');
    expect(`${message} ${hint}`).toContain(advice);
  });

  it.each<[string, unknown, string]>([
    ['a text, of which parts would match', 'https://www.example.com', 'a string; expected a list of origins'],
    ['an empty text', '', 'an empty string; expected a list'],
    ['null', null, 'null; expected a list'],
    ['true', true, 'true; expected a list'],
    ['a Set', new Set(['https://www.example.org']), 'a Set; expected a list'],
    ['an object', { 0: 'https://www.example.org', length: 1 }, 'an object with 0, length; expected a list'],
    ['a function', () => true, 'a function; expected a list'],
    ['a pattern', /.*/, 'a RegExp; expected a list'],
  ])('allowedOrigins as %s', (_, allowedOrigins, words) => {
    const { message, hint } = refusalOf({ allowedOrigins });
    expect(message).toBe(`Token endpoint: allowedOrigins is ${words.replace(/a list$/, 'a list of origins')}.`);
    expect(hint).toContain(typeof allowedOrigins === 'string' ? "allowedOrigins: setting.split(',')" : 'Give an array');
  });

  it('a long one is cut in the message', () => {
    const { message } = refusalOf({ origin: `https://www.example.org/${'a'.repeat(5000)}` });
    expect(message.length).toBeLessThan(250);
  });
});

describe('the origins that may ask', () => {
  const named = ['https://www.example.com', 'http://localhost:3000', 'https://xn--bcher-kva.example'];

  it.each(named)('are the named ones: %s', async (origin) => {
    const response = await make({ allowedOrigins: named })(post({ origin }));
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  });

  it.each([
    'https://www.example.co',
    'https://www.example.com.evil.example',
    'https://www.example.com:8443',
    'https://evil.example/https://www.example.com',
    'https://ww.example.com',
    'http://www.example.com',
    'https://WWW.example.com',
    'https://www.example.com/',
    'https://www.example.com,http://localhost:3000',
    'http://localhost',
    'https://bücher.example',
    'https://app.example.org.evil.example',
    'https://app.example.or',
    'http://app.example.org',
    'null',
    '*',
    'https',
  ])('and no other, however alike: %s', async (given) => {
    // Header values are bytes.
    const origin = Buffer.from(given).toString('latin1');
    const response = await make({ allowedOrigins: named })(post({ origin }));
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('vary')).toBe('Origin');
  });

  it('are the own one only, where none is named', async () => {
    for (const allowedOrigins of [undefined, []]) {
      const handler = make({ allowedOrigins });
      expect((await handler(post({ origin: 'https://app.example.org' }))).status).toBe(200);
      const other = await handler(post({ origin: 'https://www.example.com' }));
      expect([other.status, other.headers.get('vary')]).toEqual([403, null]);
    }
  });

  it.each([
    [{}, 200],
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'not-same-origin' }, 403],
    [{ 'sec-fetch-site': 'nonesuch' }, 403],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://app.example.org' }, 200],
  ] as const)('are told by Sec-Fetch-Site where a browser sends no Origin: %j -> %i', async (headers, status) => {
    expect((await make({})(post({ ...headers }))).status).toBe(status);
  });
});

describe('a 403 behind a proxy that ends TLS', () => {
  const inner = 'http://app.example.org/api/token';

  async function told(options: Loose, origin: string): Promise<{ status: number; errors: JitsiMeetingError[] }> {
    const errors: JitsiMeetingError[] = [];
    const handler = make({ ...options, onError: (error: unknown) => errors.push(error as JitsiMeetingError) });
    const { status } = await handler(post({ origin }, {}, inner));
    return { status, errors };
  }

  it('tells the operator both origins and the option', async () => {
    const { status, errors } = await told({}, 'https://app.example.org');
    expect([status, errors.length]).toEqual([403, 1]);
    const { code, message, hint } = errors[0]!;
    expect(code).toBe('config-invalid');
    expect(message).toContain('"https://app.example.org"');
    expect(message).toContain('origin is "http://app.example.org"');
    expect(hint).toContain('origin: "https://app.example.org"');
    expect(hint).toContain('allowedOrigins');
  });

  it('does not happen where the public origin is said, and then only that one is the own', async () => {
    const origin = 'https://app.example.org';
    expect(await told({ origin }, origin)).toEqual({ status: 200, errors: [] });
    const { status, errors } = await told({ origin }, 'http://app.example.org');
    expect(status).toBe(403);
    expect(errors[0]!.message).toContain('origin is "https://app.example.org"');
  });

  it('quotes no more of what a stranger sends than a log line holds, with nothing in it that ends the line', async () => {
    const { errors } = await told({}, `https://${'a'.repeat(5000)}"x`);
    expect(errors[0]!.message.length).toBeLessThan(400);
  });

  it('says nothing of a request without Origin', async () => {
    const errors: unknown[] = [];
    const handler = make({ onError: (error: unknown) => errors.push(error) });
    expect((await handler(post({ 'sec-fetch-site': 'cross-site' }))).status).toBe(403);
    expect(errors).toEqual([]);
  });
});

describe('domains', () => {
  it.each<[string, unknown, string]>([
    ['in upper case', 'Meet.Example.org', 'Write "meet.example.org"'],
    ['with the usual port', 'meet.example.org:443', 'Write "meet.example.org"'],
    ['in Unicode', 'bücher.example', 'Write "xn--bcher-kva.example"'],
    ['with a scheme', 'https://meet.example.org', 'as in the attribute domain'],
    ['with a slash', 'meet.example.org/', 'as in the attribute domain'],
    ['with a tenant', 'meet.example.org/acme', 'as in the attribute domain'],
    ['with a user name', 'ada@meet.example.org', 'as in the attribute domain'],
    ['with a blank', 'meet.example.org ', 'as in the attribute domain'],
    ['an empty text', '', 'is an empty string'],
    ['null', null, 'is null'],
    ['undefined, from a setting that is missing', undefined, 'is undefined'],
    ['a number', 7, 'is a number'],
  ])('are hosts as the element names them, and one that is not is told: %s', (_, domain, advice) => {
    const { code, message, hint } = refusalOf({ domains: ['ok.example', domain] });
    expect(code).toBe('config-invalid');
    expect(message).toContain('domains[1] is');
    expect(`${message} ${hint}`).toContain(advice);
  });

  it.each<[unknown, string]>([
    ['meet.example.org', "domains: setting.split(',')"],
    [null, 'Give an array'],
    [new Set(['meet.example.org']), 'Give an array'],
    [() => true, 'Give an array'],
  ])('are a list, not %s', (domains, advice) => {
    const { message, hint } = refusalOf({ domains });
    expect(message).toContain('expected a list of hosts');
    expect(hint).toContain(advice);
  });

  it.each([
    ['meet.example.org', 200],
    ['MEET.example.org', 200],
    ['meet.example.org:443', 200],
    ['jitsi.example:8443', 200],
    ['meet.example.or', 400],
    ['meet.example.org.evil.example', 400],
    ['eet.example.org', 400],
    ['meet.example.org:8443', 400],
    ['jitsi.example', 400],
    ['jitsi.example:443', 400],
    ['meet.example.org/x', 400],
    ['ada@meet.example.org', 400],
    ['https://meet.example.org', 400],
    [null, 400],
    ['', 400],
  ])('are compared whole: %j -> %i', async (domain, status) => {
    const handler = make({ domains: ['meet.example.org', 'jitsi.example:8443'] });
    expect((await handler(post({}, { domain }))).status).toBe(status);
  });

  it('that are not origins let no page in', async () => {
    expect((await make({ domains: [] })(post({}))).status).toBe(400);
  });
});

describe('an option of the handler that could not work', () => {
  it.each<[Loose & Record<string, unknown>, string]>([
    [{ domain: 'meet.example.org' }, `there is no "domain": write domains: ['meet.example.org']`],
    [{ tenant: 'acme' }, `there is no "tenant": write tenants: ['acme']`],
    [{ cors: true }, 'there is no "cors": write allowedOrigins'],
    [{ origins: [] }, 'there is no "origins": write allowedOrigins'],
    [{ allowOrigin: '*' }, 'there is no "allowOrigin": write allowedOrigins'],
    [{ 'allow-origins': [] }, 'there is no "allow-origins": write allowedOrigins'],
    [{ allowedOrigin: [] }, 'there is no "allowedOrigin": write allowedOrigins'],
    [{ secret: 'x'.repeat(32) }, 'there is no "secret": that is the option of createTokenSigner'],
    [{ appId: 'x' }, 'there is no "appId": that is the option of createTokenSigner'],
    [{ onRefusal: () => {} }, 'there is no "onRefusal": write onError'],
    [{ timeout: 5 }, 'there is no "timeout": write bodyTimeout, in milliseconds'],
    [{ ratelimit: () => {} }, 'there is no "ratelimit": write rateLimit'],
    [{ authorise: () => {} }, 'there is no "authorise": write authorize'],
    [{ nonsense: 1 }, 'there is no "nonsense"; known are authorize, signer'],
    [{ rateLimit: 10 }, 'rateLimit is a number; expected a function'],
    [{ rateLimit: null }, 'rateLimit is null; expected a function'],
    [{ onError: 'console' }, 'onError is a string; expected a function'],
    [{ authorize: { user: {} } }, 'authorize is an object with user; expected a function'],
    [{ authorize: undefined }, 'authorize is undefined; expected a function'],
    [{ signer: null }, 'signer is null; expected what createTokenSigner made'],
    [{ signer: { appId: 'x' } }, 'signer is an object with appId; expected what createTokenSigner made'],
    [{ signer: 'secret' }, 'signer is a string; expected what createTokenSigner made'],
    [{ maxBodyBytes: 0 }, 'maxBodyBytes is a number; expected a number above 0'],
    [{ maxBodyBytes: '8kb' }, 'maxBodyBytes is a string; expected a number above 0'],
    [{ maxBodyBytes: Infinity }, 'maxBodyBytes is a number; expected a number above 0'],
    [{ bodyTimeout: -1 }, 'bodyTimeout is a number; expected a number above 0'],
    [{ bodyTimeout: Number.NaN }, 'bodyTimeout is NaN; expected a number above 0'],
    [{ bodyTimeout: null }, 'bodyTimeout is null; expected a number above 0'],
    [{ tenants: 'acme' }, 'tenants is a string; expected a list of names, or a function'],
    [{ tenants: null }, 'tenants is null; expected a list'],
    [{ tenants: [7] }, 'tenants[0] is not a text'],
    [{ tenants: ['acme', 'a.b'] }, 'tenants[1] may hold letters, digits, _ and - only'],
    [{ tenants: [''] }, 'tenants[0] may hold'],
    [{ tenants: ['*'] }, 'tenants[0] may hold'],
    [{ tenants: ['conference'] }, 'tenants[0] is called conference'],
  ])('is told when it is made: %j', (options, words) => {
    const { code, message } = refusalOf(options);
    expect(code).toBe('config-invalid');
    expect(message).toContain(words);
    expect(message).toMatch(/^Token endpoint: /);
  });

  it.each([undefined, null, 'options', 7])('no options at all (%j) are told, too', (options) => {
    expect(() => createTokenHandler(options as never)).toThrow(
      /^Token endpoint: the options are .*; expected an object/,
    );
    expect(() => createTokenAuthRedirect(options as never)).toThrow(/^tokenAuthUrl handler: the options are /);
  });

  it('undefined is the same as not there', async () => {
    const none = { allowedOrigins: undefined, origin: undefined, domains: undefined, rateLimit: undefined };
    const handler = make({ ...none, tenants: undefined, onError: undefined, bodyTimeout: undefined });
    expect((await handler(post({}))).status).toBe(200);
  });
});
