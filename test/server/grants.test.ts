import * as fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import type { JitsiMeetingError } from '../../src/errors.js';
import { luaMatch } from '../../src/preflight/lua/pattern.js';
import { normaliseRoom } from '../../src/room/index.js';
import { createTokenHandler, createTokenSigner, featureNames, luaPattern } from '../../src/server/index.js';

const signer = createTokenSigner({ appId: 'app', domain: 'meet.example.org', secret: 'x'.repeat(32) });

async function claimsOf(grant: object): Promise<Record<string, unknown>> {
  return decodeJwt((await signer.sign({ room: 'daily', ...grant } as never)).token);
}

const contextOf = async (grant: object): Promise<Record<string, unknown>> =>
  (await claimsOf(grant))['context'] as Record<string, unknown>;

const userOf = async (grant: object): Promise<unknown> => (await contextOf(grant))['user'];

async function refusalOf(grant: unknown): Promise<JitsiMeetingError> {
  try {
    await signer.sign(grant as never);
  } catch (error) {
    expect((error as JitsiMeetingError).code).toBe('config-invalid');
    return error as JitsiMeetingError;
  }
  return expect.fail('it was signed');
}

const member = { moderator: false, affiliation: 'member' };

describe('what a grant says of lobby and password is in the claims that Jitsi’s plugins read', () => {
  it.each<[object, object]>([
    [{}, {}],
    [{ lobby: 'bypass' }, { lobby_bypass: true }],
    [{ lobby: 'wait' }, { lobby: true }],
    [{ security: 'bypass' }, { security_bypass: true }],
    [
      { lobby: 'bypass', security: 'bypass' },
      { lobby_bypass: true, security_bypass: true },
    ],
    [{ lobby: null, security: null, lobbyModerator: null }, {}],
    [{ lobby: '', security: '' }, {}],
  ])('%j: context.user has %j, exactly true', async (grant, claims) => {
    expect(await userOf(grant)).toEqual({ ...member, ...claims });
    expect(await contextOf(grant)).not.toHaveProperty('room');
  });

  it.each([true, false])('lobbyModerator %s is the claim of that name, at the top', async (lobbyModerator) => {
    expect(await claimsOf({ lobbyModerator })).toHaveProperty('lobbyModerator', lobbyModerator);
    expect(await userOf({ lobbyModerator })).toEqual(member);
  });

  it('lobbyModerator is not there unless it is granted', async () => {
    expect(await claimsOf({})).not.toHaveProperty('lobbyModerator');
  });

  it.each([
    [{ lobby: true }, "lobby is true; expected 'bypass' or 'wait'"],
    [{ lobby: false }, "lobby is false; expected 'bypass' or 'wait'"],
    [{ lobby: 'Bypass' }, `lobby is "Bypass"; expected 'bypass' or 'wait'`],
    [{ lobby: ['bypass'] }, "lobby is a list of 1; expected 'bypass'"],
    [{ security: 'wait' }, `security is "wait"; expected 'bypass'`],
    [{ security: true }, "security is true; expected 'bypass'"],
    [{ security: 'x'.repeat(41) }, "security is a string; expected 'bypass'"],
    [{ security: 'x'.repeat(40) }, `security is "${'x'.repeat(40)}"; expected`],
    [{ lobbyModerator: 'true' }, 'lobbyModerator is a string; expected true or false'],
    [{ lobbyModerator: 1 }, 'lobbyModerator is a number; expected true or false'],
  ])('%j is refused', async (more, words) => {
    expect((await refusalOf({ room: 'daily', ...more })).message).toContain(`Token grant: ${words}`);
  });
});

describe('a role', () => {
  it.each([
    [undefined, member],
    [null, member],
    ['', member],
    ['participant', member],
    ['moderator', { moderator: true, affiliation: 'owner' }],
    ['visitor', { ...member, role: 'visitor' }],
  ])('%j', async (role, user) => {
    expect(await userOf({ role })).toEqual(user);
    expect(await claimsOf({ role })).toHaveProperty('moderator', role === 'moderator');
  });

  it.each([['Moderator'], ['owner'], ['host'], [true], [1], [['moderator']], [{ moderator: true }]])(
    '%j is refused',
    async (role) => {
      const { message } = await refusalOf({ room: 'daily', role });
      expect(message).toMatch(/^Token grant: role is .*; expected moderator, participant or visitor\.$/);
    },
  );
});

describe('a person', () => {
  it.each<[string, object | null | undefined | '', object]>([
    ['that is left out', undefined, {}],
    ['that is null', null, {}],
    ['that is an empty text', '', {}],
    ['of whom nothing is known', {}, {}],
    ['whose fields are null', { id: null, name: null, email: null, avatar: null, hiddenFromRecorder: null }, {}],
    ['whose fields are empty', { id: '', name: '', email: '', avatar: '', hiddenFromRecorder: '' }, {}],
    ['whose name is blank', { name: ' \t ' }, {}],
    ['whose name is a control character', { name: '\u0000\u009f' }, {}],
    ['with the id 7', { id: 7 }, { id: '7' }],
    ['with the id 0', { id: 0 }, { id: '0' }],
    ['with a large id', { id: 12345678901234567890n }, { id: '12345678901234567890' }],
    ['named 42', { name: 42 }, { name: '42' }],
    ['with everything', { id: 'a', name: 'Ada', email: 'a@b.c' }, { id: 'a', name: 'Ada', email: 'a@b.c' }],
    ['with half a letter', { name: 'a\ud83cb' }, { name: 'a\ufffdb' }],
    ['with a line break', { name: 'a\nb\u0085c\u007f' }, { name: 'a b c ' }],
    ['hidden', { hiddenFromRecorder: true }, { 'hidden-from-recorder': true }],
    ['not hidden', { hiddenFromRecorder: false }, { 'hidden-from-recorder': false }],
  ])('%s', async (_, user, claims) => {
    expect(await userOf({ user })).toEqual({ ...member, ...claims });
  });

  it.each([
    ['a list', { user: ['Ada'] }, 'user is a list of 1; expected an object with id, name, email, avatar'],
    ['a text', { user: 'Ada' }, 'user is a string; expected an object'],
    ['true', { user: true }, 'user is true; expected an object'],
    ['a Map', { user: new Map() }, 'user is a Map; expected an object'],
    ['a promise', { user: Promise.resolve({}) }, 'user is a Promise; expected an object'],
    ['with an id that is NaN', { user: { id: Number.NaN } }, 'user.id is NaN; expected a text'],
    ['with an id that is infinite', { user: { id: Infinity } }, 'user.id is a number; expected a text'],
    ['with an id that is true', { user: { id: true } }, 'user.id is true; expected a text'],
    ['with a name in parts', { user: { name: { first: 'A' } } }, 'user.name is an object with first'],
    ['with a list of addresses', { user: { email: ['a@b.c'] } }, 'user.email is a list of 1'],
    ['with a date as name', { user: { name: new Date() } }, 'user.name is a Date'],
    ['with a picture in bytes', { user: { avatar: new Uint8Array(2) } }, 'user.avatar is an Uint8Array'],
    ['with an URL as picture', { user: { avatar: new URL('https://a.example') } }, 'user.avatar is an URL'],
    ['hidden by a text', { user: { hiddenFromRecorder: 'yes' } }, 'hiddenFromRecorder is a string'],
  ])('that is %s is refused', async (_, more, words) => {
    expect((await refusalOf({ room: 'daily', ...more })).message).toContain(words);
  });

  it.each([
    ['https://example.org/face.png', 'https://example.org/face.png'],
    ['http://example.org', 'http://example.org/'],
    ['HTTPS://Example.org/A b', 'https://example.org/A%20b'],
  ])('has the picture %s', async (avatar, address) => {
    const { claims, warnings } = await signer.sign({ room: 'daily', user: { avatar } });
    expect(claims['context']).toEqual({ user: { avatar: address, ...member } });
    expect(warnings).toBeUndefined();
  });

  it.each([
    '/img/face.png',
    'face.png',
    '//example.org/face.png',
    'data:image/png;base64,AAAA',
    'blob:https://example.org/1',
    'file:///home/ada.png',
    'ftp://example.org/a.png',
    'https://',
    'not javascript: at all',
  ])('has no picture from %s, and the operator is told', async (avatar) => {
    const { claims, warnings } = await signer.sign({ room: 'daily', user: { name: 'Ada', avatar } });
    expect(claims['context']).toEqual({ user: { name: 'Ada', ...member } });
    expect(warnings!.map(({ message }) => message)).toEqual([
      'Token grant: user.avatar is not an http(s) address; expected something like https://example.org/face.png, and is left out.',
    ]);
    const told: unknown[] = [];
    const handler = createTokenHandler({
      signer,
      authorize: () => ({ user: { avatar } }),
      onError: (error) => told.push(error),
    });
    expect((await handler(new Request('https://app.example.org/api/token?room=daily'))).status).toBe(200);
    expect(told).toMatchObject([{ code: 'config-invalid', message: warnings![0]!.message }]);
  });

  it.each(['javascript:alert(1)', 'JAVASCRIPT:alert(1)', ' java\tscript:alert(1)', 'vbscript:x', 'java\nscript:1'])(
    'whose picture is a script (%j) gets no token',
    async (avatar) => {
      expect((await refusalOf({ room: 'daily', user: { avatar } })).message).toContain('user.avatar is not an http(s)');
    },
  );
});

describe('a group and rights', () => {
  it.each([
    ['board', 'board'],
    [7, '7'],
    ['a\u0000b', 'a b'],
  ])('the group %j is %j', async (group, text) => {
    expect(await contextOf({ group })).toHaveProperty('group', text);
  });

  it.each([undefined, null, '', '  '])('the group %j is left out', async (group) => {
    expect(await contextOf({ group })).not.toHaveProperty('group');
  });

  it.each([
    [{ group: ['board'] }, 'group is a list of 1; expected a text'],
    [{ features: ['recording'] }, 'features is a list of 1; expected an object with'],
    [{ features: 'recording' }, 'features is a string; expected an object with'],
    [{ features: { recording: 'true' } }, 'feature recording is a string; expected true or false'],
    [{ features: { recording: null } }, 'feature recording is null; expected true or false'],
    [{ features: { recordings: true } }, 'in features there is no "recordings": write recording'],
    [{ features: { flying: true } }, 'in features there is no "flying"; known are'],
  ])('%j is refused', async (more, words) => {
    expect((await refusalOf({ room: 'daily', ...more })).message).toContain(words);
  });

  it('features are as they were granted, and not there where nothing is', async () => {
    expect(await contextOf({ features: null })).not.toHaveProperty('features');
    expect((await contextOf({ features: {} }))['features']).toEqual({});
    expect((await contextOf({ features: { recording: false, 'outbound-call': true } }))['features']).toEqual({
      recording: false,
      'outbound-call': true,
    });
  });
});

const asRole = "say role: 'moderator' (or participant, visitor) in the grant";
const toRefuse = 'to refuse, return forbidden() or unauthorized()';

describe('a name that a grant does not have is refused, with what to write instead', () => {
  it.each<[name: string, advice: string]>([
    ['moderator', asRole],
    ['isModerator', asRole],
    ['is_owner', asRole],
    ['owner', asRole],
    ['admin', asRole],
    ['isHost', asRole],
    ['affiliation', asRole],
    ['lobbyBypass', "say lobby: 'bypass' in the grant"],
    ['bypass_lobby', "say lobby: 'bypass' in the grant"],
    ['security_bypass', "say security: 'bypass' in the grant"],
    ['tenantName', 'say tenant in the grant'],
    ['id', 'say user: { id }'],
    ['userId', 'say user: { id }'],
    ['name', 'say user: { name }'],
    ['displayName', 'say user: { name }'],
    ['username', 'say user: { name }'],
    ['email', 'say user: { email }'],
    ['avatarURL', 'say user: { avatar }'],
    ['hidden-from-recorder', 'say user: { hiddenFromRecorder }'],
    ['sub', "a person's id is user: { id }"],
    ['subject', "a person's id is user: { id }"],
    ['exp', 'say expiresIn, in seconds from now'],
    ['expires', 'say expiresIn, in seconds from now'],
    ['expires_at', 'say expiresIn, in seconds from now'],
    ['ttl', 'say expiresIn, in seconds from now'],
    ['iat', 'the signer sets it'],
    ['nbf', 'see its clockSkew'],
    ['iss', 'createTokenSigner({ issuer })'],
    ['issuer', 'createTokenSigner({ issuer })'],
    ['aud', 'createTokenSigner({ audience })'],
    ['audience', 'createTokenSigner({ audience })'],
    ['domain', 'createTokenSigner({ domain })'],
    ['xmppDomain', 'createTokenSigner({ domain })'],
    ['roomName', 'say room'],
    ['regex', 'say room: { pattern }'],
    ['pattern', 'say room: { pattern }'],
    ['any', 'say room: { any: true }'],
    ['context', 'say user, features and group by themselves'],
    ['rights', 'say features'],
    ['permissions', 'say features'],
    ['password', "say security: 'bypass'"],
    ['error', toRefuse],
    ['status', toRefuse],
    ['statusCode', toRefuse],
    ['message', toRefuse],
    ['reason', toRefuse],
    ['allowed', toRefuse],
    ['allow', toRefuse],
    ['authorized', toRefuse],
    ['denied', toRefuse],
    ['forbidden', toRefuse],
    ['ok', toRefuse],
    ['success', toRefuse],
    ['signInUrl', toRefuse],
    ['users', 'write user'],
    ['feature', 'write features'],
    ['expireIn', 'write expiresIn'],
    ['tennant', 'write tenant'],
    // Two rights are called as members of the grant are.
    ...featureNames
      .filter((name) => !['lobby', 'room'].includes(name))

      .map((name): [string, string] => [name, `say features: { '${name}': true }`]),
  ])('%s: %s', async (name, advice) => {
    const { message } = await refusalOf({ room: 'daily', [name]: 'secret-value' });
    expect(message).toContain(`Token grant: in the grant there is no "${name}": `);
    expect(message).toContain(advice);
    expect(message).toContain('known are room, tenant, user, role, features, group, expiresIn, lobby');
    expect(message).not.toContain('secret-value');
    // The same where authorize returns it.
    const told: JitsiMeetingError[] = [];
    const handler = createTokenHandler({
      signer,
      authorize: () => ({ role: 'participant', [name]: 'secret-value' }) as never,
      onError: (error) => void told.push(error as JitsiMeetingError),
    });
    expect((await handler(new Request('https://app.example.org/api/token?room=daily'))).status).toBe(500);
    expect(told[0]!.message).toContain(advice);
  });

  it.each([
    ['role', asRole],
    ['moderator', asRole],
    ['admin', asRole],
    ['lobby', "lobby: 'wait' in the grant"],
    ['lobby_bypass', "say lobby: 'bypass' in the grant"],
    ['security', "say security: 'bypass' in the grant"],
    ['lobbyModerator', 'say lobbyModerator in the grant'],
    ['avatarUrl', 'write avatar'],
    ['avatar_url', 'write avatar'],
    ['picture', 'write avatar'],
    ['image', 'write avatar'],
    ['photo', 'write avatar'],
    ['icon', 'write avatar'],
    ['displayName', 'write name'],
    ['full_name', 'write name'],
    ['userName', 'write name'],
    ['nick', 'write name'],
    ['nickname', 'write name'],
    ['userId', 'write id'],
    ['uid', 'write id'],
    ['sub', 'write id'],
    ['mail', 'write email'],
    ['e-mail', 'write email'],
    ['emailAddress', 'write email'],
    ['group', 'say group in the grant'],
    ['features', 'say features in the grant'],
    ['tenant', 'say tenant in the grant'],
    ['hiddenFromRecorders', 'write hiddenFromRecorder'],
  ])('in a user, %s: %s', async (name, advice) => {
    const { message } = await refusalOf({ room: 'daily', user: { id: 'ada', [name]: 'secret-value' } });
    expect(message).toContain(`Token grant: in user there is no "${name}": `);
    expect(message).toContain(advice);
    expect(message).toContain('known are id, name, email, avatar, hiddenFromRecorder');
    expect(message).not.toContain('secret-value');
  });

  it.each([
    [{ regex: 'a.*' }, 'write pattern'],
    [{ RegExp: 'a.*' }, 'write pattern'],
    [{ name: 'daily' }, 'say room: NAME'],
    [{ all: true }, 'write any: true'],
    [{ wildcard: true }, 'write any: true'],
    [{ patern: 'a.*' }, 'write pattern'],
    [{ pattern: 'a.*', flags: 'i' }, 'there is no "flags"; known are pattern, any'],
  ])('in a room, %j: %s', async (room, advice) => {
    const { message } = await refusalOf({ room });
    expect(message).toContain('Token grant: in room there is no ');
    expect(message).toContain(advice);
  });

  it.each([['constructor'], ['toString'], ['__proto__'], ['hasOwnProperty'], ['zzzzzzzz']])(
    '%s gets no advice, because its meaning is unclear',
    async (name) => {
      const grant = Object.defineProperty({ room: 'daily' }, name, { value: 1, enumerable: true });
      expect((await refusalOf(grant)).message).toContain(`there is no "${name}"; known are`);
    },
  );

  it('a long name is cut, and a symbol told by what it is called', async () => {
    const long = await refusalOf({ room: 'daily', ['n'.repeat(500)]: 1 });
    expect(long.message).toContain(`"${'n'.repeat(40)}…"`);
    const symbol = await refusalOf({ room: 'daily', [Symbol('mine')]: 1 });
    expect(symbol.message).toContain('"Symbol(mine)"');
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'the grant is undefined; expected an object with room, tenant'],
    ['null', null, 'the grant is null; expected'],
    ['a list', [], 'the grant is a list of 0; expected'],
    ['a text', 'daily', 'the grant is a string; expected'],
    ['a Date', new Date(), 'the grant is a Date; expected'],
    ['an Error', new TypeError('no'), 'the grant is an Error; expected'],
    ['a Response', new Response(null, { status: 204 }), 'the grant is a Response with status 204; expected'],
    [
      'an instance',
      new (class Rights {
        role = 'moderator';
      })(),
      'the grant is a Rights; expected',
    ],
    [
      'an instance whose name begins with a vowel',
      new (class Access {
        role = 'moderator';
      })(),
      'the grant is an Access; expected',
    ],
    [
      'one of a class without a name',
      new (class {
        role = 'moderator';
      })(),
      'the grant is an instance of a class; expected',
    ],
  ])('%s is not a grant', async (_, grant, words) => {
    expect((await refusalOf(grant)).message).toContain(`Token grant: ${words}`);
  });
});

describe('a room that is not plainly said', () => {
  it.each<[string, unknown, string, string]>([
    [
      'a list',
      ['a', 'b'],
      'the room is a list of 2; expected its name, { pattern } or { any: true }',
      'one token for each',
    ],
    ['a list of one', ['a'], 'the room is a list of 1', 'one token for each'],
    ['a RegExp', /^team-\d+$/, 'the room is a RegExp', 'Lua patterns, not regular expressions'],
    ['a number', 7, 'the room is a number', 'one token for each'],
    ['null', null, 'the room is null', 'one token for each'],
    ['undefined', undefined, 'the room is undefined', 'one token for each'],
    ['true', true, 'the room is true', 'one token for each'],
    ['a String', new String('a'), 'the room is a String', 'one token for each'],
    ['a Set', new Set(['a']), 'the room is a Set', 'one token for each'],
    ['any: false', { any: false }, 'room.any is false; expected true', 'Leave it out'],
    ['any: undefined', { any: undefined }, 'room.any is undefined; expected true', 'Leave it out'],
    ['any: null', { any: null }, 'room.any is null; expected true', 'Leave it out'],
    ['any: 1', { any: 1 }, 'room.any is a number; expected true', 'Leave it out'],
    ['any: "true"', { any: 'true' }, 'room.any is a string; expected true', 'Leave it out'],
    ['both', { any: true, pattern: 'a' }, 'the room has pattern and any', ''],
    ['both, one of them off', { any: false, pattern: 'a' }, 'the room has pattern and any', ''],
    ['nothing', {}, 'the room pattern is undefined; expected a Lua pattern such as team%-%d+', ''],
    ['a pattern that is not there', { pattern: undefined }, 'the room pattern is undefined', ''],
    ['a pattern that is null', { pattern: null }, 'the room pattern is null', ''],
    ['an empty pattern', { pattern: '' }, 'the room pattern is empty; expected a Lua pattern', ''],
    ['the wildcard as pattern', { pattern: '*' }, 'the room pattern is the wildcard *', 'say room: { any: true }'],
    ['a RegExp as pattern', { pattern: /a/ }, 'the room pattern is a RegExp', ''],
    ['patterns', { pattern: ['a', 'b'] }, 'the room pattern is a list of 2', ''],
    ['%S', { pattern: '%S+' }, 'the room pattern has %S, which Prosody reads as %s', '[^%s]'],
    ['%D behind others', { pattern: 'team%-%D' }, 'the room pattern has %D, which Prosody reads as %d', '[^%d]'],
    ['%W in a set', { pattern: '[%W]' }, 'the room pattern has %W, which Prosody reads as %w', '[^%w]'],
    ['%A behind a %', { pattern: '%%%A' }, 'the room pattern has %A, which Prosody reads as %a', '[^%a]'],
    ['the wildcard', '*', 'the room is the wildcard *', 'say room: { any: true }'],
    ['an empty one', '', 'the room is empty', 'Correct the grant'],
    ['a folder', '..', 'the room is called ".."', ''],
    ['the other folder', '.', 'the room is called "."', ''],
    ['a folder in full width', '．．', 'the room is called ".."', ''],
    ['with a tab', 'a\tb', 'the room has a control character', ''],
    ['with DEL', 'a\u007fb', 'the room has a control character', ''],
    ['with the last of the control characters', 'a\u001fb', 'the room has a control character', ''],
    ['an apostrophe in full width', 'bob＇s', 'the room has an apostrophe', ''],
  ])('%s', async (_, room, words, advice) => {
    const { message, hint } = await refusalOf({ room });
    expect(message).toContain(`Token grant: ${words}`);
    expect(hint).toContain(advice);
  });

  it.each([
    [{ any: true }, '*', false],
    [{ pattern: 'team%-%d+' }, 'team%-%d+', true],
    [{ pattern: '.*' }, '.*', true],
    [{ pattern: '**' }, '**', true],
    [{ pattern: '%%S' }, '%%S', true],
    [{ pattern: 'A+' }, 'A+', true],
    ['...', '...', false],
    ['a*', 'a*', false],
  ])('%j is said: %s', async (room, claim, isPattern) => {
    const claims = await claimsOf({ room });
    expect(claims['room']).toBe(claim);
    expect((claims['context'] as Record<string, unknown>)['room']).toEqual(isPattern ? { regex: true } : undefined);
  });
});

describe('a room’s name', () => {
  const asked = async (
    room: string,
    tenant?: string,
  ): Promise<{ status: number; detail?: string; claim?: unknown }> => {
    const told: unknown[] = [];
    const handler = createTokenHandler({
      signer,
      tenants: ['acme'],
      authorize: () => ({ user: { id: 'ada' } }),
      onError: (error) => told.push(error),
    });
    const response = await handler(
      new Request('https://app.example.org/api/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ room, tenant }),
      }),
    );
    expect(told).toEqual([]);
    const { token, detail } = (await response.json()) as { token?: string; detail?: string };
    return {
      status: response.status,
      ...(detail !== undefined && { detail }),
      ...(token !== undefined && { claim: decodeJwt(token)['room'] }),
    };
  };

  it('may grow by NFKC to 500 letters and no further', async () => {
    // U+FDFA is one letter that NFKC writes with eighteen.
    expect(await asked('\uFDFA'.repeat(500))).toMatchObject({
      status: 400,
      detail: 'The room name is too long: at most 500 characters are allowed.',
    });
    // 27 of them are 486 letters, so the length in letters is not what is wrong.
    expect((await asked('\uFDFA'.repeat(27))).detail).toMatch(/percent-encoded it takes \d+ bytes/);
    expect((await asked('\uFDFA'.repeat(28))).detail).toMatch(/at most 500 characters/);
    expect((await asked('a'.repeat(500))).status).toBe(200);
    expect((await asked('a'.repeat(501))).detail).toMatch(/at most 500 characters/);
    expect((await asked('%61'.repeat(500))).status).toBe(200);
  });

  it('has 1023 bytes of an XMPP address, percent-encoded, and not one more', async () => {
    const euros = '€'.repeat(113);
    const atLimit = await asked(`${euros}aaaaaa`);
    expect(atLimit.status).toBe(200);
    expect(atLimit.claim).toHaveLength(1023);
    expect(await asked(`${euros}aaaaaaa`)).toEqual({
      status: 400,
      detail: 'The room name is too long: percent-encoded it takes 1024 bytes of an XMPP address, at most 1023 fit.',
    });
    // Prosody writes a tenant into the same part: [acme].
    expect((await asked(euros, 'acme')).status).toBe(200);
    expect((await asked(`${euros}a`, 'acme')).detail).toMatch(/takes 1024 bytes/);
  });

  it('is held to the same by the signer itself', async () => {
    expect((await claimsOf({ room: 'a'.repeat(1023) }))['room']).toHaveLength(1023);
    expect((await refusalOf({ room: 'a'.repeat(1024) })).message).toContain('takes 1024 bytes');
    expect((await claimsOf({ room: 'a'.repeat(1017), tenant: 'acme' }))['room']).toHaveLength(1017);
    expect((await refusalOf({ room: 'a'.repeat(1018), tenant: 'acme' })).message).toContain('takes 1024 bytes');
    expect((await refusalOf({ room: 'a'.repeat(1018), tenant: 'größ' })).message).toContain('takes 1026 bytes');
  });
});

describe('luaPattern.escape', () => {
  const names = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'^$()%.[]*+-?/ aZß€\u0000\\\'"'), maxLength: 12 }),
  );

  it('makes a pattern that matches the name as Prosody spells it, whatever is in it', () => {
    fc.assert(
      fc.property(names, (text) => {
        const room = normaliseRoom(text);
        // Prosody lower-cases the claim, and anchors it.
        const pattern = `^${luaPattern.escape(text).toLowerCase()}$`;
        expect(luaMatch(room, pattern)).toEqual({ kind: 'match', match: room });
      }),
      { numRuns: 1000 },
    );
  });

  it('and no other name', () => {
    fc.assert(
      fc.property(names, names, (text, other) => {
        const room = normaliseRoom(other);
        if (room === normaliseRoom(text)) return;
        expect(luaMatch(room, `^${luaPattern.escape(text).toLowerCase()}$`)).toEqual({ kind: 'no-match' });
      }),
      { numRuns: 1000 },
    );
  });

  it('can be signed, and a part of a longer pattern', async () => {
    const { room } = await claimsOf({ room: { pattern: `${luaPattern.escape('Team A (50%)')}%-%d+` } });
    expect(room).toBe('team%%20a%%20%(50%%25%)%-%d+');
    expect(luaMatch(normaliseRoom('Team A (50%)-12'), `^${String(room)}$`).kind).toBe('match');
    expect(luaMatch(normaliseRoom('Team B (50%)-12'), `^${String(room)}$`).kind).toBe('no-match');
  });
});
