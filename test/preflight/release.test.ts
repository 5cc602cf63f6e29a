import { describe, expect, it } from 'vitest';
import { preflight, type Deployment, type Preflight, type PreflightRequest } from '../../src/preflight/index.js';
import { unsignedToken } from '../support/jwt.js';

const NOW = new Date(1_800_000_000_000);
const good = { iss: 'app', aud: 'jitsi', sub: 'meet.example.com', room: 'room', exp: 1_800_003_600, context: {} };
const deployment: Deployment = { appId: 'app', xmppDomain: 'meet.example.com' };

const check = (claims: object | null, settings: Deployment = {}, request: Partial<PreflightRequest> = {}) =>
  preflight(
    claims && unsignedToken({ ...good, ...claims }, { alg: 'HS256', typ: 'JWT' }),
    { ...deployment, ...settings },
    { room: 'room', now: NOW, ...request },
  );

const firstError = ({ findings }: Preflight) => findings.find(({ severity }) => severity === 'error');
const user = (claims: unknown) => ({ context: { user: claims } });

describe('the release of a deployment', () => {
  it('is the newest where nothing is said: a token without sub is refused on connecting', async () => {
    const result = await check({ sub: undefined }, { domainVerification: false });
    expect(result.connect).toBe('rejected');
    expect(firstError(result)).toMatchObject({
      code: 'sub-missing',
      stage: 'connect',
      serverText: 'sub claim is missing',
    });
  });

  it('accepts that token with the older release on a server that does not compare sub', async () => {
    const result = await check({ sub: undefined }, { domainVerification: false, release: '2026-03' });
    expect(result).toMatchObject({ connect: 'unknown', join: 'accepted' });
  });

  it.each(['2026-03', '2026-07'] as const)('%s refuses a token without a room', async (release) => {
    const { connect, findings } = await check({ room: undefined }, { release });
    expect(connect).toBe('rejected');
    expect(findings.find(({ code }) => code === 'room-missing')?.serverText).toBe(
      release === '2026-03' ? undefined : 'room claim is missing',
    );
    expect(findings.map(({ code }) => code)).not.toContain('room-other');
  });
});

describe('unknown names are refused, and the known ones are listed', () => {
  it.each<[string, object, object]>([
    ['deployment', { domainVerfication: true }, {}],
    ['deployment', { app_id: 'app' }, {}],
    ['deployment', { toString: 'x' }, {}],
    ['keys', { keys: { jwk: {} } }, {}],
    ['keys', { keys: {} }, {}],
    ['request', {}, { Room: 'x' }],
    ['request', {}, { moderator: true }],
  ])('in %s: %j %j', async (where, settings, request) => {
    const error = await check({}, settings as Deployment, request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'config-invalid', message: expect.stringContaining(where) });
    const known = { deployment: 'domainVerification', keys: 'publicKeys', request: 'displayName' }[where]!;
    expect((error as { hint: string }).hint).toContain(known);
  });

  it.each<[object, object]>([
    [{ release: '2026-08' }, {}],
    [{ release: 'latest' }, {}],
    [{ allowEmptyToken: 'false' }, {}],
    [{ acceptedIssuers: 'app' }, {}],
    [{ plugins: 'token_affiliation' }, {}],
    [{ keys: { secret: 5 } }, {}],
    [{ keys: 'secret' }, {}],
    [{ proxy: 'apache' }, {}],
    [{}, { now: new Date(NaN) }],
    [{}, { occupants: -1 }],
    [{}, { room: undefined }],
  ])('and values that would be misread: %j %j', async (settings, request) => {
    await expect(check({}, settings as Deployment, request)).rejects.toMatchObject({ code: 'config-invalid' });
  });

  it('without telling a value, which may be a secret', async () => {
    const error = await check({}, { keys: { publicKeys: 'hunter2' } } as never).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([(error as Error).message, (error as { hint: string }).hint])).not.toContain('hunter2');
  });
});

describe('the role that the plugins give', () => {
  it.each<[string[], object | null, string]>([
    [[], user({ moderator: true }), 'participant'],
    [['token_affiliation'], user({ moderator: true }), 'moderator'],
    [['mod_token_affiliation'], user({ affiliation: 'teacher' }), 'moderator'],
    [['token_affiliation'], { moderator: true }, 'participant'],
    [['token_affiliation'], user({ role: 'visitor', moderator: 'true' }), 'moderator'],
    [['token_affiliation_legacy'], user({ affiliation: 'owner', moderator: false }), 'moderator'],
    [['muc_wait_for_host'], user({ moderator: false }), 'moderator'],
    [['wait_for_host', 'wait_for_host_disable_auto_owners'], user({ moderator: true }), 'participant'],
    [['wait_for_host', 'token_affiliation_legacy'], user({ moderator: false }), 'participant'],
    [['muc_allowners'], null, 'moderator'],
    [['muc_wait_for_host'], null, 'moderator'],
  ])('%j, %j: %s', async (plugins, claims, role) =>
    expect(await check(claims, { plugins, allowEmptyToken: true })).toMatchObject({ role }),
  );

  it('is left out when the person is refused, and when the plugins are unknown or follow other rules', async () => {
    expect(await check({ room: 'other' }, { plugins: [] })).not.toHaveProperty('role');
    expect(await check({})).not.toHaveProperty('role');
    expect(await check({}, { plugins: ['lobby_autostart_on_owner'] })).not.toHaveProperty('role');
  });

  it.each(['token_affiliation', 'token_owner_party', 'token_security_ondemand', 'token_lobby_ondemand'])(
    '%s fails on a user that is not an object, and does not answer',
    async (plugin) => {
      const result = await check(user(5), { plugins: [plugin] });
      expect(result.join).toBe('rejected');
      expect(firstError(result)).toMatchObject({ code: 'user-unusable', claim: 'context.user' });
      expect(firstError(result)).not.toHaveProperty('serverText');
    },
  );
});

describe('the lobby and the password', () => {
  const moderator = { moderator: true };
  const room = { roomPassword: 'sesame' };
  it.each<[string, string[], object, Partial<PreflightRequest>, string]>([
    ['a moderator is held', ['token_affiliation'], moderator, { lobby: true }, 'lobby'],
    ['a bypass passes', ['token_lobby_bypass'], { lobby_bypass: true }, { lobby: true }, 'none'],
    ['only by true itself', ['token_lobby_bypass'], { lobby_bypass: 'true' }, { lobby: true }, 'lobby'],
    ['not without a name', ['token_lobby_bypass'], { lobby_bypass: true }, { lobby: true, displayName: '' }, 'name'],
    ['every token passes', ['token_lobby_ondemand'], {}, { lobby: true }, 'none'],
    ['but a token that asks for a lobby', ['token_lobby_ondemand'], { lobby: true }, { lobby: true }, 'lobby'],
    ['the password passes the lobby', [], {}, { lobby: true, ...room, password: 'sesame' }, 'none'],
    ['a moderator needs the password', ['token_affiliation'], moderator, room, 'password'],
    ['a wrong one does not do', [], {}, { ...room, password: 'x' }, 'password'],
    [
      'security_bypass passes both',
      ['token_security_ondemand'],
      { security_bypass: true },
      { ...room, lobby: true },
      'none',
    ],
    [
      'a member past the lobby is given the password, an owner is not',
      ['token_lobby_bypass', 'token_affiliation'],
      { lobby_bypass: true, moderator: true },
      { ...room, lobby: true },
      'password',
    ],
    [
      'an owner with the password needs a name',
      ['token_affiliation', 'token_security_ondemand'],
      { security_bypass: true, moderator: true },
      { ...room, lobby: true, displayName: null },
      'name',
    ],
  ])('%s', async (_, plugins, claims, request, lobby) => {
    const result = await check(user(claims), { plugins }, request);
    expect(result).toMatchObject({ lobby, join: lobby === 'none' ? 'accepted' : 'rejected' });
    expect(JSON.stringify(result)).not.toContain('sesame');
  });

  it('guests of the guest domain wait for a host; on the main domain they are taken for one', async () => {
    const settings: Deployment = {
      guestDomain: 'guest.example.com',
      allowEmptyToken: true,
      plugins: ['muc_wait_for_host'],
    };
    const asGuest = (request: Partial<PreflightRequest>) => check(null, settings, request);
    expect(await asGuest({ xmppDomain: 'guest.example.com' })).toMatchObject({ lobby: 'host' });
    expect(await asGuest({ xmppDomain: 'guest.example.com', occupants: 1 })).toMatchObject({ role: 'participant' });
    expect(await asGuest({ xmppDomain: 'meet.example.com' })).toMatchObject({ role: 'moderator' });
  });

  it('a room that is closed to guests, and a room that is not open yet', async () => {
    const settings = { allowEmptyToken: true };
    const closed = await check(null, settings, { unauthenticatedAccess: false });
    expect(firstError(closed)).toMatchObject({ serverText: 'Authentication required' });
    const other = await check({ context: { tenant: 'ACME' } }, {}, { unauthenticatedAccess: false, tenant: 'b' });
    expect(firstError(other)).toMatchObject({ code: 'tenant-claim-other' });
    const missing = await check({}, {}, { roomExists: false });
    expect(firstError(missing)).toMatchObject({ serverText: 'Room does not exist' });
  });

  it.each([
    [{ room: '*' }, 'Wildcard room in token not allowed'],
    [{ sub: '*' }, 'Wildcard sub in token not allowed'],
    [{ room: '.*', context: { room: { regex: 'true' } } }, 'Regex support not allowed for token'],
  ])('token_no_wildcard refuses %j', async (claims, serverText) => {
    const result = await check(claims, { plugins: ['token_no_wildcard'] });
    expect(result.join).toBe('rejected');
    expect(firstError(result)).toMatchObject({ serverText });
  });
});

describe('the longest token', () => {
  const ofLength = (length: number) => 'x'.repeat(length);
  const said = async (length: number, proxy: Deployment['proxy'], request: PreflightRequest) => {
    const { findings } = await preflight(ofLength(length), proxy ? { proxy } : {}, request);
    const found = findings.find(({ code }) => code === 'token-too-long');
    return found?.severity ?? 'fits';
  };

  // Measured: nginx 1.22.1 with the site files of Debian and docker, Prosody 13.0.1 with a bare request.
  it.each<[Deployment['proxy'], number, PreflightRequest]>([
    ['nginx', 8141, { room: 'testroom' }],
    ['none', 10_020, { room: 'testroom' }],
    // "my%2520room" is what the client asks for.
    ['nginx', 8138, { room: 'My Room' }],
    ['nginx', 8136, { room: 'testroom', tenant: 'acme' }],
    ['none', 10_008, { room: 'testroom', tenant: 'acme' }],
  ])('behind %s: %d characters for %j', async (proxy, limit, request) => {
    expect(await said(limit, proxy, request)).toBe('fits');
    expect(await said(limit + 1, proxy, request)).toBe('error');
  });

  it('where the proxy is not known, what only nginx refuses is a warning', async () => {
    const request = { room: 'testroom' };
    expect(await said(8141, undefined, request)).toBe('fits');
    expect(await said(8142, undefined, request)).toBe('warning');
    expect(await said(10_020, undefined, request)).toBe('warning');
    expect(await said(10_021, undefined, request)).toBe('error');
  });
});
