import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createTokenAuthRedirect,
  createTokenSigner,
  forbidden,
  isOwnPath,
  unauthorized,
  type TokenAuthRedirectOptions,
} from '../../src/server/index.js';
import { jitsiExports } from '../support/jitsi-source.js';

const own = 'https://app.example.org/api/jitsi-sign-in';
const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 's'.repeat(32) });

function server(options: Partial<TokenAuthRedirectOptions> = {}): (request: Request) => Promise<Response> {
  return createTokenAuthRedirect({
    domain: 'meet.example.org',
    signer,
    signInUrl: '/?sign-in',
    tenants: ['acme'],
    authorize: () => ({ user: { id: 'ada' }, role: 'moderator' }),
    ...options,
  });
}

/** What Jitsi makes of `…?room={room}&state={state}`: the state percent-encoded, the room as it is. */
function jitsiAsks(room: string, state?: object, more = ''): Request {
  const query = `room=${room}${state ? `&state=${encodeURIComponent(JSON.stringify(state))}` : ''}${more}`;
  return new Request(`${own}?${query}`);
}

async function locationOf(response: Response): Promise<URL> {
  expect(response.status, await response.clone().text()).toBe(302);
  return new URL(response.headers.get('location')!);
}

type GetTokenAuthUrl = (
  config: { tokenAuthUrl: string },
  location: URL,
  options: object,
  room: string,
  tenant?: string,
) => Promise<string>;

describe('what Jitsi’s own getTokenAuthUrl makes of a tokenAuthUrl', () => {
  const stored = new Map<string, string>();
  let getTokenAuthUrl: GetTokenAuthUrl;
  beforeAll(async () => {
    const sessionStorage = { setItem: (name: string, value: string) => stored.set(name, value) };
    vi.stubGlobal('window', { crypto, sessionStorage, location: new URL('https://meet.example.org/') });
    ({ getTokenAuthUrl } = await jitsiExports<{ getTokenAuthUrl: GetTokenAuthUrl }>(
      "export { getTokenAuthUrl } from 'JITSI/react/features/authentication/functions.web'",
      /functions\.(web|any)$|util\/(uri|parseURLParams)$|^\.\/(strings|parseURLParams)|base64-js|js-utils|bourne|sanitize-url/,
    ));
  });
  afterAll(() => void vi.unstubAllGlobals());

  const pattern = `${own}?state={state}&code_challenge={code_challenge}`;

  it.each(['daily', 'my room', 'größe', '50% + more', 'a#b;c', 'party🎉'])(
    'brings people back to the room %j with their settings',
    async (room) => {
      const at = new URL('https://meet.example.org/acme/x#config.startWithVideoMuted=true&config.subject=%22A%26B%22');
      const url = await getTokenAuthUrl({ tokenAuthUrl: pattern }, at, { audioMuted: true }, room, 'acme');
      const location = await locationOf(await server()(new Request(url)));
      expect(location.origin).toBe('https://meet.example.org');
      expect(location.pathname).toBe(`/acme/${encodeURIComponent(room.toLowerCase())}`);
      const hash = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
      expect(hash).toEqual({
        'config.startWithAudioMuted': 'true',
        'config.startWithVideoMuted': 'true',
        'config.subject': '"A&B"',
      });
    },
  );

  it.each(['50% & more', 'a#b?c', 'a/b', '16:30'])(
    'signs nothing for the room %j, which no Jitsi serves',
    async (room) => {
      const at = new URL('https://meet.example.org/acme/x');
      const url = await getTokenAuthUrl({ tokenAuthUrl: pattern }, at, {}, room, 'acme');
      const response = await server()(new Request(url));
      expect(response.status).toBe(400);
      expect(await response.text()).toMatch(/name of the room/);
    },
  );

  it('brings people back with {room} only', async () => {
    const at = new URL('https://meet.example.org/daily');
    const url = await getTokenAuthUrl({ tokenAuthUrl: `${own}?room={room}` }, at, {}, 'daily');
    expect((await locationOf(await server()(new Request(url)))).pathname).toBe('/daily');
  });

  it.each(['daily', 'Weekly%20Review', 'gr%C3%B6%C3%9Fe', '50%25%20off', 'what%23', 'a=b+c'])(
    'brings people back to %s with {room} in the path, alone and beside the state',
    async (room) => {
      // As Jitsi has it from its address: encoded.
      const at = new URL(`https://meet.example.org/${room}`);
      for (const more of ['', '?state={state}']) {
        const config = { tokenAuthUrl: `https://auth.example.org/room/{room}${more}` };
        const url = await getTokenAuthUrl(config, at, {}, room);
        const { pathname } = await locationOf(await server({ room: 'path' })(new Request(url)));
        expect(decodeURIComponent(pathname)).toBe(`/${decodeURIComponent(room).toLowerCase()}`);
      }
    },
  );

  it('carries a challenge that Jitsi’s verifier opens', async () => {
    const withCodes = server({ codes: { secret: 'c'.repeat(32) } });
    const at = new URL('https://meet.example.org/daily');
    const url = await getTokenAuthUrl({ tokenAuthUrl: pattern }, at, {}, 'daily');
    // As Jitsi's loginWithPopup does (authentication/actions.web.ts).
    const location = await locationOf(await withCodes(new Request(`${url}&nonce=n0nce`)));
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: location.searchParams.get('code')!,
      code_verifier: stored.get('code_verifier')!,
    });
    const response = await withCodes(new Request(`${own}/token`, { method: 'POST', body }));
    expect(response.status).toBe(200);
  });
});

describe('a person who is signed in', () => {
  it('is sent back to the meeting with a token for it', async () => {
    const response = await server()(jitsiAsks('daily', { room: 'daily', roomSafe: 'daily' }));
    const location = await locationOf(response);
    expect(location.origin + location.pathname).toBe('https://meet.example.org/daily');
    expect(decodeJwt(location.searchParams.get('jwt')!)).toMatchObject({ room: 'daily', moderator: true });
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('keeps the tenant and the settings that may pass, and nothing else', async () => {
    const state = {
      room: 'Weekly Review',
      roomSafe: 'weekly%20review',
      tenant: 'acme',
      'config.startWithAudioMuted': true,
      'config.prejoinConfig.enabled': false,
      'config.subject': 'A & B #1',
      'interfaceConfig.APP_NAME': 'A & B #1',
      refreshToken: 'secret',
      ios: true,
    };
    const location = await locationOf(await server()(jitsiAsks('weekly review', state)));
    expect(location.pathname).toBe('/acme/weekly%20review');
    expect(decodeJwt(location.searchParams.get('jwt')!)).toMatchObject({ sub: 'acme', room: 'weekly%20review' });
    expect(location.hash).toBe('#config.startWithAudioMuted=true&config.subject=%22A%20%26%20B%20%231%22');
    expect(location.href).not.toContain('refreshToken');
  });

  it('is sent back without a state, too', async () => {
    expect((await locationOf(await server()(jitsiAsks('Caf%C3%A9')))).pathname).toBe('/caf%C3%A9');
  });
});

describe('a room in the path, as of https://APP/room/{room}', () => {
  const byPath = server({ room: 'path' });
  const at = (path: string): Request => new Request(`https://auth.example.org${path}`);

  it.each([
    ['/room/weekly', '/weekly'],
    ['/room/Weekly%20Review', '/weekly%20review'],
    ['/room/weekly review', '/weekly%20review'],
    ['/room/größe', '/gr%C3%B6%C3%9Fe'],
    ['/room/b+c=d', '/b%2Bc%3Dd'],
    ['/room/50%25%20off', '/50%25%20off'],
    ['/room/100%2525', '/100%2525'],
    ['/room/what%23', '/what%23'],
    ['/token', '/token'],
  ])('%s leads to %s', async (path, expected) => {
    const location = await locationOf(await byPath(at(path)));
    expect(location.pathname).toBe(expected);
    const room = decodeURIComponent(String(decodeJwt(location.searchParams.get('jwt')!)['room']));
    expect(`/${room}`).toBe(decodeURIComponent(expected));
  });

  it.each(['/room/', '/', '/room/..', '/room/%2e%2e/', '/room/*', "/room/it's", '/room/a%00b'])(
    '%s is refused',
    async (path) => {
      expect((await byPath(at(path))).status).toBe(400);
    },
  );

  it('is refused where a ? in its name broke the address', async () => {
    const response = await byPath(at('/room/what?now'));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('put {state} into tokenAuthUrl');
  });

  it('gives way to the room in the state', async () => {
    const state = encodeURIComponent(JSON.stringify({ room: 'weekly%23x', tenant: 'acme' }));
    const location = await locationOf(await byPath(at(`/room/weekly?state=${state}`)));
    expect(location.pathname).toBe('/acme/weekly%23x');
  });

  it('is not looked for unless the operator said so', async () => {
    const response = await server()(at('/room/weekly'));
    expect(response.status).toBe(400);
    expect(await response.text()).toBe('The field room is missing.\n');
  });

  it('leaves POST …/token to the codes', async () => {
    const withCodes = server({ room: 'path', codes: { secret: 'c'.repeat(32) } });
    expect((await withCodes(at('/room/token'))).status).toBe(302);
    const posted = await withCodes(new Request('https://auth.example.org/room/token', { method: 'POST', body: 'a=b' }));
    expect(await posted.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('a person who signs in from one of Jitsi’s apps', () => {
  const rest = /^\/\/meet\.example\.org\/acme\/daily\?jwt=[\w.-]+#config\.startWithAudioMuted=true$/;
  const asked = (app: object): Request =>
    jitsiAsks('daily', { room: 'daily', tenant: 'acme', 'config.startWithAudioMuted': true, ...app });
  const locationFor = async (app: object, apps: TokenAuthRedirectOptions['apps']): Promise<string> =>
    (await locationOf(await server({ ...(apps !== undefined && { apps }) })(asked(app)))).href;

  it.each([
    [{ ios: true }, 'org.jitsi.meet:'],
    [{ android: true }, 'org.jitsi.meet:'],
    [{ electron: true }, 'jitsi-meet:'],
  ])('%j is led back into it, where the operator wants that', async (app, scheme) => {
    const address = await locationFor(app, true);
    expect(address.startsWith(scheme)).toBe(true);
    expect(address.slice(scheme.length)).toMatch(rest);
  });

  it.each([[{ ios: true }], [{ android: true }], [{ electron: true }]])(
    '%j stays in the browser by default',
    async (app) => {
      for (const apps of [undefined, false]) expect(await locationFor(app, apps)).toMatch(/^https:/);
    },
  );

  it.each([[{}], [{ ios: 'true' }], [{ electron: 1 }], [{ app: 'ios' }], [{ windows: true }]])(
    '%j is a browser',
    async (app) => {
      expect(await locationFor(app, true)).toMatch(/^https:/);
    },
  );

  it('is led into an app of the operator’s own', async () => {
    const apps = { mobile: 'org.example.meet' };
    expect(await locationFor({ ios: true }, apps)).toMatch(
      /^org\.example\.meet:\/\/meet\.example\.org\/acme\/daily\?jwt=/,
    );
    expect(await locationFor({ electron: true }, apps)).toMatch(/^jitsi-meet:\/\//);
  });

  it.each([
    'https',
    'javascript',
    'data',
    'JavaScript',
    'a b',
    'x:',
    '',
    'intent',
    'file',
    'jar',
    'resource',
    'chrome',
  ])('is never led to the scheme %j', (mobile) => {
    expect(() => server({ apps: { mobile } })).toThrow('expected one of an app');
  });

  it('gets in by the phone, which leaves {code_challenge} as it is', async () => {
    const handler = server({ apps: true, codes: { secret: 'c'.repeat(32) } });
    const state = encodeURIComponent(JSON.stringify({ room: 'daily', ios: true }));
    const address = `${own}?state=${state}&code_challenge={code_challenge}`;
    expect((await locationOf(await handler(new Request(address)))).protocol).toBe('org.jitsi.meet:');
  });
});

describe('a person who signs in inside the frame of a page', () => {
  const inFrame = (state: object, destination = 'iframe'): Request =>
    new Request(jitsiAsks('daily', { room: 'daily', ...state }), { headers: { 'sec-fetch-dest': destination } });
  const hashOf = async (request: Request): Promise<string> => (await locationOf(await server()(request))).hash;

  it('comes back to an app that can talk to that page', async () => {
    expect(await hashOf(inFrame({}))).toBe('#jitsi_meet_external_api_id=0');
    expect(await hashOf(inFrame({}, 'frame'))).toBe('#jitsi_meet_external_api_id=0');
    expect(await hashOf(inFrame({ 'config.startWithAudioMuted': true }))).toBe(
      '#jitsi_meet_external_api_id=0&config.startWithAudioMuted=true',
    );
  });

  it('comes back to the frame that the page numbered', async () => {
    expect(await hashOf(inFrame({ 'config.jitsiMeetExternalApiId': 3 }))).toBe('#jitsi_meet_external_api_id=3');
  });

  it.each(['3', -1, 1.5, 1e300, null, [3], '0&jwt=x'])('takes no number from %j', async (number) => {
    expect(await hashOf(inFrame({ 'config.jitsiMeetExternalApiId': number }))).toBe('#jitsi_meet_external_api_id=0');
  });

  it.each(['document', 'empty', ''])('is told from one in a tab (%j)', async (destination) => {
    expect(await hashOf(inFrame({ 'config.jitsiMeetExternalApiId': 3 }, destination))).toBe('');
  });
});

describe('options that could not work', () => {
  it.each([
    [{ sigInUrl: '/x' }, 'there is no "sigInUrl": write signInUrl'],
    [{ domains: ['meet.example.org'] }, 'there is no "domains": write domain: \'meet.example.org\''],
    [{ firstUse: () => true }, 'that is an option of codes'],
    [{ domain: 'https://meet.example.org' }, 'domain is "https://meet.example.org"; expected a host'],
    [{ domain: 'meet.example.org/' }, 'domain is "meet.example.org/"; expected a host'],
    [{ domain: undefined }, 'domain is undefined'],
    [{ signer: undefined }, 'signer is undefined'],
    [{ authorize: true }, 'authorize is true'],
    [{ signInUrl: undefined }, 'signInUrl is undefined'],
    [{ rateLimit: 10 }, 'rateLimit is'],
    [{ tenants: 'acme' }, 'tenants is'],
    [{ codes: { secret: 'c'.repeat(32), firstuse: () => true } }, 'in codes there is no "firstuse": write firstUse'],
    [{ codes: { secret: 'c'.repeat(32), firstUse: true } }, 'codes.firstUse is true; expected a function'],
    [{ codes: true }, 'codes.secret has under 32 characters'],
    [{ codes: null }, 'codes.secret has under 32 characters'],
    [{ apps: { ios: 'x' } }, 'in apps there is no "ios": write mobile'],
    [{ apps: 'x' }, 'apps is'],
    [{ apps: [] }, 'apps is a list of 0'],
    [{ apps: new Map() }, 'apps is a Map'],
    [{ room: 'query' }, 'room is "query"; expected \'path\''],
    [{ room: null }, "room is null; expected 'path', or no such option"],
    [{ room: '' }, 'room is an empty string'],
    [{ signInUrl: '' }, 'signInUrl is an empty string; expected a path or an address'],
    [{ signInUrl: new URL('https://a.example') }, 'signInUrl is an URL; expected'],
    [{ signer: () => signer }, 'signer is a function; expected what createTokenSigner made'],
    [{ signer: null }, 'signer is null'],
    [{ onError: true }, 'onError is true; expected a function'],
    [{ domain: 'Meet.Example.org' }, 'domain is "Meet.Example.org"; expected a host'],
    [{ domain: 'meet.example.org:443' }, 'domain is "meet.example.org:443"; expected a host'],
    [{ domain: '' }, 'domain is an empty string'],
    [{ domain: ['meet.example.org'] }, 'domain is a list of 1'],
    [{ domain: `https://${'a'.repeat(500)}` }, `domain is "https://${'a'.repeat(92)}"; expected`],
    [{ tenants: ['a.b'] }, 'tenants[0] may hold'],
    [{ tenant: 'acme' }, 'there is no "tenant": write tenants: [\'acme\']'],
    [{ secret: 'x' }, 'that is an option of codes, or of createTokenSigner'],
    [{ settings: [] }, 'there is no "settings": write config'],
    [{ app: true }, 'there is no "app": write apps'],
    [{ loginUrl: '/x' }, 'there is no "loginUrl": write signInUrl'],
    [{ config: 'config.a' }, 'config is "config.a"; expected a function, or a list of names'],
    [{ config: {} }, 'config is an empty object; expected'],
    [{ config: null }, 'config is null; expected'],
    [{ config: [undefined] }, 'config is undefined; expected'],
    [{ config: ['config.a', 'jwt'] }, 'config is "jwt"; expected'],
    [{ config: ['config.__proto__'] }, 'config is "config.__proto__"; expected'],
    [{ config: [7] }, 'config is a number; expected'],
    [{ codes: { secret: 'c'.repeat(31) } }, 'codes.secret has under 32 characters'],
    [{ codes: { secret: 7 } }, 'codes.secret has under 32 characters'],
    [{ codes: { secret: 'c'.repeat(32), now: 7 } }, 'codes.now is a number; expected a function'],
    [{ apps: null }, 'apps is null'],
    [{ apps: 1 }, 'apps is a number'],
    [{ apps: { desktop: 'mailto' } }, 'apps has the scheme "mailto"; expected one of an app'],
    [{ apps: { android: 'x' } }, 'in apps there is no "android": write mobile'],
    [{ apps: { electron: 'x' } }, 'in apps there is no "electron": write desktop'],
    [{ apps: { mobile: 7 } }, 'apps has the scheme 7; expected one of an app'],
    [{ apps: { mobile: '1a' } }, 'apps has the scheme "1a"'],
  ])('are told when the handler is made: %j', (options, problem) => {
    expect(() => server(options as never)).toThrow(problem);
  });
});

describe('the meeting that a person is led to', () => {
  const claimsIn = (location: URL): Record<string, unknown> => decodeJwt(location.searchParams.get('jwt')!);

  it.each([
    ['16：30', '16%3a30'],
    ['a／b', 'a%2fb'],
    ['what？', 'what%3f'],
    ['q＆a', 'q%26a'],
    ['say ＂hi＂', 'say%20%22hi%22'],
    ['ｈｔｔｐ-bind', 'http-bind'],
  ])('is spelled as in the state where the usual spelling has no address: %s', async (room, claim) => {
    const location = await locationOf(await server()(jitsiAsks('x', { room })));
    expect(decodeURIComponent(location.pathname)).toBe(`/${room}`);
    expect(claimsIn(location)['room']).toBe(claim);
    const codes = { codes: { secret: 'c'.repeat(32) } };
    const challenge = `&code_challenge=${'A'.repeat(43)}&nonce=n`;
    const page = await locationOf(await server(codes)(jitsiAsks('x', { room }, challenge)));
    expect(JSON.parse(decodeURIComponent(page.searchParams.get('state')!))).toEqual({ room, roomSafe: room });
  });

  it.each([
    [{ room: 'Other Room' }, '/other%20room', { room: 'other%20room', sub: 'meet.example.org' }],
    [{ tenant: 'Beta' }, '/beta/daily', { room: 'daily', sub: 'beta' }],
    [{ room: 'x', tenant: 'beta' }, '/beta/x', { room: 'x', sub: 'beta' }],
    [{ room: { any: true } }, '/daily', { room: '*' }],
    [{ room: { pattern: 'dai.*' } }, '/daily', { room: 'dai.*' }],
  ] as const)('is the one that the grant %j names', async (grant, path, claims) => {
    const location = await locationOf(await server({ authorize: () => grant as never })(jitsiAsks('daily')));
    expect(location.pathname).toBe(path);
    expect(claimsIn(location)).toMatchObject(claims);
    const codes = { codes: { secret: 'c'.repeat(32) }, authorize: () => grant as never };
    const challenge = `&code_challenge=${'A'.repeat(43)}&nonce=n`;
    const page = await locationOf(await server(codes)(jitsiAsks('x', { room: 'daily' }, challenge)));
    const { roomSafe, tenant } = JSON.parse(decodeURIComponent(page.searchParams.get('state')!)) as Record<
      string,
      string
    >;
    expect(`/${tenant ? `${tenant}/` : ''}${roomSafe}`).toBe(path);
  });

  it('is in the only tenant of the signer', async () => {
    const only = createTokenSigner({
      appId: 'app',
      domain: 'meet.example.org',
      secret: 's'.repeat(32),
      tenant: 'solo',
    });
    const location = await locationOf(await server({ signer: only, tenants: undefined })(jitsiAsks('daily')));
    expect([location.pathname, claimsIn(location)['sub']]).toEqual(['/solo/daily', 'solo']);
  });

  it.each([
    ['a room that no Jitsi serves', { room: 'a:b' }],
    ['a room that is not served behind the tenant', { room: 'http-bind2', tenant: 'acme' }],
  ])('is told to have no address where the grant names %s', async (_what, grant) => {
    const response = await server({ authorize: () => grant })(jitsiAsks('daily'));
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/^The name of the room /);
  });
});

describe('a person who is not signed in', () => {
  it('signs in first, and comes back to the same address', async () => {
    const guarded = server({ authorize: () => unauthorized() });
    const asked = jitsiAsks('daily', { room: 'daily', tenant: 'acme' });
    const response = await guarded(asked);
    expect(response.status).toBe(302);
    const location = new URL(response.headers.get('location')!, own);
    expect(location.pathname).toBe('/');
    expect(location.searchParams.has('sign-in')).toBe(true);
    expect(new URL(location.searchParams.get('returnTo')!, own).href).toBe(asked.url);
    expect(isOwnPath(location.searchParams.get('returnTo')!)).toBe(true);
  });

  it.each([
    ['/login', '/login?returnTo=%2Fa'],
    ['/login?a=b?c', '/login?a=b%3Fc&returnTo=%2Fa'],
    ['/#/login', '/?returnTo=%2Fa#/login'],
    ['https://id.example.org/in?x=1#y', 'https://id.example.org/in?x=1&returnTo=%2Fa#y'],
  ])('signs in at %s', async (signInUrl, start) => {
    const guarded = server({ authorize: () => unauthorized(), signInUrl });
    const response = await guarded(new Request('https://app.example.org/a?room=daily'));
    expect(response.headers.get('location')).toBe(start.replace('%2Fa', '%2Fa%3Froom%3Ddaily'));
  });

  it.each(['//evil.example/x', '///evil.example', '/\\evil.example'])(
    'comes back to the own host, whatever the path was: %s',
    async (path) => {
      const guarded = server({ authorize: () => unauthorized() });
      const response = await guarded(new Request(`https://app.example.org${path}?room=daily`));
      const returnTo = new URL(response.headers.get('location')!, own).searchParams.get('returnTo')!;
      expect(new URL(returnTo, own).host).toBe('app.example.org');
      expect(isOwnPath(returnTo)).toBe(true);
    },
  );

  it('reads why not, where they may not join', async () => {
    const response = await server({ authorize: () => forbidden('Members <only>.') })(jitsiAsks('daily'));
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('Members <only>.\n');
  });
});

describe('whatever the request says, the person ends up at the configured deployment', () => {
  it.each([
    ['//evil.example'],
    ['\\\\evil.example'],
    ['/\\evil.example'],
    ['@evil.example'],
    ['user:pass@evil.example'],
    ['https://evil.example/'],
    ['%2f%2fevil.example'],
    ['evil。example'],
    ['．．'],
    ['..'],
    ['%2e%2e'],
    ['.\u0000.'],
    ['a\r\nLocation: https://evil.example'],
    ['?jwt=x'],
    ['#x'],
  ])('room %j', async (name) => {
    for (const field of ['room', 'tenant']) {
      const state = { room: 'daily', [field]: name };
      const response = await server()(jitsiAsks('daily', state));
      if (response.status === 302) expect((await locationOf(response)).origin).toBe('https://meet.example.org');
      else expect(response.status).toBe(400);
      expect(response.headers.get('location') ?? '').not.toMatch(/[\r\n]/);
    }
  });

  it.each(['state', 'room', 'tenant', 'code_challenge', 'nonce', 'client_id'])(
    'refuses %s given twice',
    async (name) => {
      const response = await server()(
        new Request(`${own}?room=daily&${name}=a&${name}=b`.replace('room=daily&room', 'room')),
      );
      expect(response.status).toBe(400);
      expect(await response.text()).toBe(`The parameter ${name} is given twice.\n`);
    },
  );

  it('signs for the room that it leads to, where the state names two', async () => {
    for (const state of ['{"room":"a","room":"b"}', '{"room":"b","roomSafe":"a"}', '{"roomSafe":"b"}']) {
      const location = await locationOf(
        await server()(new Request(`${own}?room=c&state=${encodeURIComponent(state)}`)),
      );
      expect(location.pathname).toBe('/b');
      expect(decodeJwt(location.searchParams.get('jwt')!)['room']).toBe('b');
    }
  });

  it('answers HEAD as GET, and nothing else', async () => {
    const head = await server()(new Request(`${own}?room=daily`, { method: 'HEAD' }));
    expect([head.status, head.headers.get('cache-control')]).toEqual([302, 'no-store']);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await server()(new Request(`${own}?room=daily`, { method }));
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
  });

  it('a failing signer, authorize or rateLimit is a page without a word of the cause', async () => {
    const fail = (): never => {
      throw new Error('redis://secret');
    };
    for (const broken of [{ signer: { sign: fail } }, { authorize: fail }, { rateLimit: fail }]) {
      const heard: unknown[] = [];
      const response = await server({ ...broken, onError: (error) => heard.push(error) })(jitsiAsks('daily'));
      expect(response.status).toBe(500);
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).not.toContain('redis');
      expect(heard).toHaveLength(1);
    }
  });

  it('other parameters change nothing', async () => {
    const more = '&domain=evil.example&host=evil.example&redirect=https://evil.example&returnTo=//evil.example';
    const location = await locationOf(await server()(jitsiAsks('daily', { room: 'daily', domain: 'evil' }, more)));
    expect(location.host).toBe('meet.example.org');
  });

  it.each([
    ['no JSON', '{', 400],
    ['a list', '[]', 400],
    ['an address of 5,000 characters', `{"room":"${'x'.repeat(5_000)}"}`, 400],
    ['a room that is not a string', '{"room":{"any":true}}', 400],
    ['a wildcard', '{"room":"*"}', 400],
  ])('refuses a state that is %s', async (_, state, status) => {
    expect((await server()(new Request(`${own}?state=${encodeURIComponent(state)}`))).status).toBe(status);
  });

  it('takes no setting that would become another parameter of the fragment', async () => {
    const state = {
      room: 'daily',
      'config.a&jwt': 'x',
      'config.a=b': 1,
      'config.__proto__.x': 1,
      'userInfo.email': 'x',
    };
    expect((await locationOf(await server()(jitsiAsks('daily', state)))).hash).toBe('');
  });
});

describe('paths of the own origin', () => {
  it.each(['/', '/?sign-in', '/a/b?c=d#e', '/api/jitsi-sign-in?room=a%2Fb'])('are: %j', (path) => {
    expect(isOwnPath(path)).toBe(true);
  });
  it.each(['//evil', '/\\evil', '\\\\evil', '/\t/evil', 'https://evil', 'javascript:alert(1)', '', 'evil', '/a\r\nb'])(
    'are not: %j',
    (path) => {
      expect(isOwnPath(path)).toBe(false);
    },
  );
});

describe('PKCE, as Jitsi’s static/sso.html does it', () => {
  const verifier = 'v'.repeat(64);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const clock = { now: Date.UTC(2026, 10, 24) };
  const withCodes = server({ codes: { secret: 'c'.repeat(32), now: () => clock.now } });
  const state = { room: '50% off', roomSafe: '50%25%20off', tenant: 'acme' };

  async function codeOf(handler = withCodes): Promise<string> {
    const asked = jitsiAsks('x', state, `&code_challenge=${challenge}&nonce=n0nce`);
    const location = await locationOf(await handler(asked));
    expect(location.origin + location.pathname).toBe('https://meet.example.org/static/sso.html');
    expect(JSON.parse(decodeURIComponent(location.searchParams.get('state')!))).toEqual(state);
    return location.searchParams.get('code')!;
  }

  function change(code: string, form: Record<string, string> = {}, handler = withCodes): Promise<Response> {
    const body = new URLSearchParams({ grant_type: 'authorization_code', code, code_verifier: verifier, ...form });
    return handler(
      new Request(`${own}/token`, { method: 'POST', body, headers: { origin: 'https://meet.example.org' } }),
    );
  }

  it('gives the token for code and verifier, and the nonce back', async () => {
    const response = await change(await codeOf());
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://meet.example.org');
    const tokens = (await response.json()) as Record<string, string>;
    expect(decodeJwt(tokens['access_token']!)).toMatchObject({ room: '50%25%20off', sub: 'acme' });
    expect(decodeJwt(tokens['id_token']!)).toMatchObject({ nonce: 'n0nce' });
  });

  it('shows the token in no address', async () => {
    const location = await locationOf(
      await withCodes(jitsiAsks('daily', state, `&code_challenge=${challenge}&nonce=n`)),
    );
    expect(location.href).not.toMatch(/eyJ[\w-]+\.eyJ[\w-]+\./);
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(64) }],
    ['no verifier', { code_verifier: '' }],
    ['another grant type', { grant_type: 'refresh_token' }],
    ['a code that somebody made', { code: 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAA.AAAA.AAAA' }],
  ])('refuses %s', async (_, form) => {
    const response = await change(await codeOf(), form);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('takes a code once, and for a minute', async () => {
    const used = await codeOf();
    expect((await change(used)).status).toBe(200);
    expect((await change(used)).status).toBe(400);
    const late = await codeOf();
    clock.now += 61_000;
    expect((await change(late)).status).toBe(400);
  });

  it('takes a code of another process, once among all of them', async () => {
    const used = new Set<string>();
    const firstUse = async (id: string): Promise<boolean> => !used.has(id) && used.add(id) !== undefined;
    const process = (): ReturnType<typeof server> => server({ codes: { secret: 'c'.repeat(32), firstUse } });
    const [one, two, three] = [process(), process(), process()];
    const code = await codeOf(one);
    expect((await change(code, {}, two)).status).toBe(200);
    expect((await change(code, {}, three)).status).toBe(400);
  });

  it('refuses a challenge that is not a SHA-256 hash', async () => {
    expect((await withCodes(jitsiAsks('daily', state, '&code_challenge=abc'))).status).toBe(400);
  });
});
