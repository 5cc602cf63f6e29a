import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeToken } from '../../src/claims/index.js';
import { JitsiMeetingError } from '../../src/errors.js';
import { preflight, selfHosted, type Deployment, type Preflight } from '../../src/preflight/index.js';
import { checkToken, doubts, sureNo, type ServerTime } from '../../src/session/check-token.js';
import { fullRules } from '../../src/session/full-rules.js';
import { isFaultless } from '../../src/session/faultless.js';
import { findingsWithoutSettings } from '../../src/preflight/index.js';
import { explainRefusal, explainSilence } from '../../src/session/explain-refusal.js';
import type { CurrentToken } from '../../src/token/token-manager.js';
import { unsignedToken } from '../support/jwt.js';
import { makeSession } from '../support/session.js';
import {
  hangsOnRoom,
  outOfScope,
  readRecording,
  replayOf,
  requestOf,
  type RecordedCase,
} from '../support/prosody-verdicts.js';
import { stat } from '../support/stats.js';

const NOW = 1_800_000_000;
const good = { iss: 'my_app', aud: 'jitsi', sub: 'meet.example.org', room: 'team', exp: NOW + 3600 };
const target = { domain: 'meet.example.org', room: 'team', tenant: null };
const server: ServerTime = { now: NOW * 1000, known: true };
const device: ServerTime = { now: NOW * 1000, known: false };

function held(jwt: string): CurrentToken {
  return {
    jwt,
    decoded: decodeToken(jwt),
    expiresAt: undefined,
    receivedAt: 0,
    used: false,
    reused: false,
    origin: 'page',
  };
}

interface Given {
  header?: Record<string, unknown>;
  time?: ServerTime;
  deployment?: Deployment;
  to?: Partial<typeof target> | { tenant: string };
}

const check = (claims: object | null, { header, time = server, deployment, to = {} }: Given = {}) =>
  checkToken(
    claims === null ? undefined : held(unsignedToken({ ...good, ...claims }, header)),
    { ...target, ...to },
    time,
    deployment,
  );

async function outcome(...args: Parameters<typeof check>): Promise<string> {
  const found = await check(...args);
  const no = sureNo(found);
  if (no) return `stops: ${no.code}, ${no.findings!.map(({ code }) => code).join()}`;
  const doubt = doubts(found);
  return doubt ? `warns: ${doubt.findings!.map(({ code }) => code).join()}` : 'goes on';
}

const { cases, policies } = readRecording('2026-07');
/** What an element could meet: it connects to the main domain. */
const inScope = cases.filter(
  (one) =>
    !outOfScope(one) &&
    !hangsOnRoom(one) &&
    one.request.xmpp_domain === policies[one.policy]!.domain &&
    one.token !== '',
);

function replay(recorded: RecordedCase, change: (deployment: Deployment) => Deployment | undefined) {
  const { token, deployment } = replayOf(recorded, policies[recorded.policy]!, '2026-07');
  const { room, tenant = null, now } = requestOf(recorded, policies[recorded.policy]!);
  const time = { now: now!.getTime(), known: true };
  const request = { domain: 'elsewhere.example', room, tenant };
  return checkToken(token === null ? undefined : held(token), request, time, change(deployment));
}
const isAccepted = ({ verdict }: RecordedCase): boolean => verdict.connect.ok && verdict.join?.ok === true;

describe('without settings', () => {
  it('goes on with a proper token, and without any', async () => {
    expect(await outcome({})).toBe('goes on');
    expect(await outcome(null)).toBe('goes on');
  });

  it.each([
    ['an expired one', { exp: NOW }, 'token-expired, token-expired'],
    ['one of the future', { nbf: NOW + 1 }, 'token-not-yet-valid, token-not-yet-valid'],
    ['one for another room', { room: 'other' }, 'token-rejected, room-other'],
    ['one that is too long', { pad: 'x'.repeat(10_000) }, 'token-rejected, token-too-long'],
  ])('stops at %s', async (_what, claims, expected) => expect(await outcome(claims)).toBe(`stops: ${expected}`));

  it.each([
    [{ exp: String(NOW + 60) }, 'exp-not-number'],
    [{ iss: undefined }, 'iss-missing'],
    [{ aud: undefined }, 'aud-missing'],
    [{ room: undefined }, 'room-missing'],
    [{ sub: 'user-17' }, 'sub-other'],
  ])('warns at %j', async (claims, code) => expect(await outcome(claims)).toBe(`warns: ${code}`));

  it('warns of a missing typ', async () =>
    expect(await outcome({}, { header: { alg: 'HS256' } })).toBe('warns: typ-not-jwt'));

  it('stops at a string that is not a token', async () =>
    expect(sureNo(await checkToken(held('undefined'), target, server, undefined))!.code).toBe('token-malformed'));

  it('takes a room that has no address for a fault of the page, token or not', async () => {
    const to = { room: "bob's" };
    expect(await outcome({ room: '*' }, { to })).toBe('stops: config-invalid, room-address-unusable');
    expect(await outcome(null, { to })).toBe('stops: config-invalid, room-address-unusable');
  });

  it('stops none of the recorded tokens that a server took', async () => {
    const stopped = { right: 0, wrong: [] as string[] };
    for (const recorded of inScope) {
      if (!sureNo(await replay(recorded, () => undefined))) continue;
      if (isAccepted(recorded)) stopped.wrong.push(recorded.id);
      else stopped.right++;
    }
    const refused = inScope.filter((one) => !isAccepted(one)).length;
    stat(`without settings: ${stopped.right} of ${refused} recorded refusals stop before the app loads`);
    expect(stopped.wrong).toEqual([]);
    expect(stopped.right).toBeGreaterThan(refused / 4);
  });
});

describe('by the clock of a device', () => {
  const trusted = selfHosted({ domain: 'meet.example.org', appId: 'my_app' });
  describe.each([
    ['without settings', undefined],
    ['with settings', trusted],
  ])('%s', (_which, deployment) => {
    it.each([
      ['expired 10 minutes ago', { exp: NOW - 600 }, 'warns: token-expired'],
      ['valid in 10 minutes', { nbf: NOW + 600 }, 'warns: token-not-yet-valid'],
      ['expired 2 days ago', { exp: NOW - 172_800 }, 'stops: token-expired, token-expired'],
      [
        'valid in 2 days',
        { nbf: NOW + 172_800, exp: NOW + 200_000 },
        'stops: token-not-yet-valid, token-not-yet-valid',
      ],
      ['never valid', { nbf: NOW - 100, exp: NOW - 200 }, 'stops: token-expired, token-expired'],
      ['valid', {}, 'goes on'],
    ])('%s', async (_what, claims, expected) =>
      expect(await outcome(claims, { time: device, ...(deployment && { deployment }) })).toBe(expected),
    );
  });
});

describe('with settings', () => {
  const all: Deployment = {
    appId: 'my_app',
    allowEmptyToken: false,
    requireRoomClaim: true,
    domainVerification: true,
    xmppDomain: 'meet.example.org',
  };
  const without = (...names: (keyof Deployment)[]): Deployment =>
    Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name as keyof Deployment)));

  it('goes on with a proper token, though its signature can not be checked here', async () => {
    const found = await check({}, { deployment: all });
    expect(found).toMatchObject({ connect: 'unknown', join: 'accepted' });
    expect(found.findings.map(({ code }) => code)).toContain('signature-unchecked');
    expect(await outcome({}, { deployment: all })).toBe('goes on');
  });

  it.each([
    [{ iss: 'other' }, 'iss-other'],
    [{ aud: undefined }, 'aud-missing'],
    [{ room: undefined }, 'room-missing'],
    [{ sub: 'user-17' }, 'sub-other'],
    [{ sub: undefined }, 'sub-missing'],
  ])('stops at %j', async (claims, code) =>
    expect(await outcome(claims, { deployment: all })).toBe(`stops: token-rejected, ${code}`),
  );

  it.each([
    ['domainVerification', { sub: 'user-17' }, 'warns: sub-other'],
    ['domainVerification', { sub: undefined }, 'warns: sub-missing'],
    ['requireRoomClaim', { room: undefined }, 'warns: room-missing'],
    ['xmppDomain', { sub: 'user-17' }, 'warns: sub-other'],
    ['xmppDomain', { sub: 'meet.jitsi' }, 'goes on'],
    ['appId', { iss: 'other' }, 'goes on'],
  ] as const)('only doubts what hangs on %s where that is left out: %j', async (name, claims, expected) => {
    expect(await outcome(claims, { deployment: without(name) })).toBe(expected);
    const undefinedOne = { ...all, [name]: undefined } as Deployment;
    expect(await outcome(claims, { deployment: undefinedOne })).toBe(expected);
  });

  it('says what is sure even where nothing is said', async () => {
    expect(await outcome({ room: 'other' }, { deployment: {} })).toBe('stops: token-rejected, room-other');
    expect(await outcome({ iss: undefined }, { deployment: {} })).toBe('stops: token-rejected, iss-missing');
  });

  it('stops at a pattern that does not match, whether the server reads patterns or not', async () => {
    const claims = { room: 'board%-.*', context: { room: { regex: true } } };
    expect(await outcome(claims, { deployment: without('domainVerification') })).toMatch(/^stops: token-rejected/);
    expect(await outcome({ ...claims, room: 'te.*' }, { deployment: without('domainVerification') })).toBe(
      'warns: room-pattern-off',
    );
  });

  it('reports a string that is not a token as it does without settings', async () => {
    for (const jwt of ['undefined', 'a.b.c', `${unsignedToken(good).split('.')[0]}.bm8.x`, '!.!.!'])
      expect(sureNo(await checkToken(held(jwt), target, server, all))!.code, jwt).toBe('token-malformed');
  });

  it('stops a guest whom the server does not admit, unless people sign in inside the app', async () => {
    expect(await outcome(null, { deployment: all })).toBe('stops: token-auth-required, token-required');
    const tokenAuthUrl = 'https://sso.example.org/{room}';
    expect(await outcome(null, { deployment: { ...all, tokenAuthUrl } })).toBe('warns: token-required');
    expect(await outcome(null, { deployment: without('allowEmptyToken') })).toBe('warns: token-required');
    expect(await outcome(null, { deployment: { ...all, allowEmptyToken: true } })).toBe('goes on');
  });

  it("doesn't take what Jitsi's client dislikes for a refusal", async () =>
    expect(doubts(await check({ context: undefined }, { deployment: all }))).toBeUndefined());

  it('stops exactly the recorded tokens that the server refused', async () => {
    const wrong: string[] = [];
    for (const recorded of inScope.filter(({ token, token_omitted }) => token !== null || token_omitted))
      if (Boolean(sureNo(await replay(recorded, (deployment) => deployment))) === isAccepted(recorded))
        wrong.push(recorded.id);
    expect(wrong).toEqual([]);
  });

  it.each([
    ['keys'],
    ['algorithm'],
    ['keys', 'algorithm'],
    ['appId', 'acceptedIssuers'],
    ['acceptedAudiences'],
    ['allowEmptyToken'],
    ['requireRoomClaim'],
    ['domainVerification'],
    ['xmppDomain'],
    ['guestDomain'],
    ['plugins'],
    ['requireRoomClaim', 'domainVerification', 'xmppDomain', 'algorithm'],
  ] as (keyof Deployment)[][])('stops none that a server took where a page leaves out %s', async (...names) => {
    const wrong: string[] = [];
    for (const recorded of inScope.filter(isAccepted)) {
      const found = await replay(recorded, (deployment) => {
        const said = { ...deployment };
        for (const name of names) delete said[name];
        // The base is the XMPP domain's, unless it isn't set.
        if (names.includes('xmppDomain') && said.mucMapperDomainBase) delete said.mucMapperDomainBase;
        return said;
      });
      if (sureNo(found)) wrong.push(recorded.id);
    }
    expect(wrong).toEqual([]);
  });

  it('stops nobody because of a lobby, and does not guess who is in the room already', async () => {
    const inLobby = { context: { user: { lobby: true } } };
    const plugins = ['token_lobby_ondemand'];
    expect(await outcome(inLobby, { deployment: { ...all, plugins } })).toBe('goes on');
    expect(await outcome({}, { deployment: { ...all, plugins: ['token_owner_party'] } })).toBe(
      'warns: party-not-started',
    );
  });

  it('refuses unknown names', async () => {
    const deployment = { ...all, domainVerfication: true } as Deployment;
    await expect(check({}, { deployment })).rejects.toMatchObject({ code: 'config-invalid' });
  });

  describe('that can not be used, because loading the rules failed', () => {
    beforeEach(() => {
      fullRules.now = undefined;
      vi.spyOn(fullRules, 'load').mockRejectedValue(new Error('offline'));
    });
    afterEach(() => void vi.restoreAllMocks());

    it('are told as a doubt', async () => {
      const { session, clock, backend, names, told } = makeSession({ deployment: all });
      backend.claims = { room: 'team' };
      void session.join().catch(() => {});
      await clock.pass(0);
      expect(names()).toContain('meeting-warning');
      expect(told.find(({ name }) => name === 'meeting-warning')?.detail).toMatchObject({
        code: 'token-doubtful',
        message: expect.stringContaining('not checked in full') as string,
      });
      expect(session.state).toBe('loading');
    });

    it('goes by what is sure without', async () => {
      expect(await outcome({ iss: 'other' }, { deployment: all })).toBe('goes on');
      expect(await outcome({ room: 'other' }, { deployment: all })).toBe('stops: token-rejected, room-other');
    });
  });
});

it('never says the token', async () => {
  for (const claims of [{ exp: NOW }, { iss: undefined }, { room: 'x' }]) {
    const jwt = unsignedToken({ ...good, ...claims });
    const found = await checkToken(held(jwt), target, server, undefined);
    const said = JSON.stringify([found, sureNo(found), sureNo(found)?.message, doubts(found)]);
    for (const part of jwt.split('.')) expect(said).not.toContain(part);
  }
});

const refusal = (text: string) =>
  new JitsiMeetingError('token-rejected', `The server refused the token: ${text}`, { hint: 'by the text' });

describe("a refusal of Jitsi's", () => {
  it("carries the finding that fits the server's words, where nothing was found before", async () => {
    const token = decodeToken(unsignedToken(good));
    const error = explainRefusal(refusal("invalid 'iss' claim"), 'connect', await check({}), token);
    expect(error).toMatchObject({ code: 'token-rejected', message: expect.stringContaining("'iss'") as string });
    expect(error.findings).toEqual([
      { code: 'iss-other', severity: 'error', stage: 'connect', claim: 'iss', found: '"my_app"', fix: 'by the text' },
    ]);
  });

  it('tells a token for another room, which the visitor can mend, from faults that only the site can mend', async () => {
    const said = (text: string, claims: object, before?: Preflight) =>
      explainRefusal(refusal(text), 'join', before, decodeToken(unsignedToken({ ...good, ...claims }))).detail;
    const pattern = { room: 'class%-.*', context: { room: { regex: true } } };
    expect(said('Room does not match the room from token', { room: 'other' })).toBe('other-room');
    expect(said('Room name cannot be matched to the one from token.', pattern)).toBe('other-room');
    expect(said('Room and token mismatched', { sub: 'user-17' })).toBeUndefined();
    expect(said('Invalid signature', {})).toBeUndefined();
    expect(sureNo(await check({ room: 'other' }))?.detail).toBe('other-room');
    expect(sureNo(await check({}, { deployment: { appId: 'another_app' } }))).toMatchObject({ code: 'token-rejected' });
    expect(sureNo(await check({}, { deployment: { appId: 'another_app' } }))?.detail).toBeUndefined();
    // A guest has no pass that could be for another room.
    const guest = explainRefusal(
      refusal('Room name cannot be matched to the one from token.'),
      'join',
      undefined,
      undefined,
    );
    expect(guest.detail).toBeUndefined();
  });

  it('and not those that were found before, but that the server does not speak of', async () => {
    const before = await check({ iss: undefined }, { header: { alg: 'HS256' } });
    const codes = (text: string) =>
      explainRefusal(refusal(text), 'connect', before, undefined).findings?.map(({ code }) => code);
    expect(codes('Invalid typ')).toEqual(['typ-not-jwt']);
    expect(codes("'iss' claim is missing")).toEqual(['iss-missing']);
    expect(codes('Invalid signature')).toEqual(['signature-wrong']);
    expect(codes('Something new')).toBeUndefined();
  });

  it('says what was expected where that is known', async () => {
    const before = await check({ sub: 'user-17' });
    const error = explainRefusal(refusal('Room and token mismatched'), 'join', before, undefined);
    expect(error.findings).toMatchObject([{ code: 'sub-other', found: '"user-17"', expected: 'the domain' }]);
    expect(error.hint).toBe(error.findings![0]!.fix);
  });

  it('fits each recorded refusal that comes as far as the app, without settings', async () => {
    const texts = new Set<string>();
    const wrong: string[] = [];
    for (const recorded of inScope) {
      const stage = recorded.verdict.connect.ok ? 'join' : 'connect';
      const text = recorded.verdict[stage]?.text;
      const before = await replay(recorded, () => undefined);
      // The server sends this as well when the room is not open yet, so it says nothing about the token.
      if (text === 'Room does not exist') continue;
      // The server's own notation of a room in a tenant, which some servers take.
      if (recorded.id.endsWith('/room-with-tenant')) continue;
      // Numbers for names, which mismatch for their type.
      if (typeof decodeToken(recorded.token ?? '').claims?.room === 'number') continue;
      if (recorded.token === null || recorded.verdict[stage]?.ok !== false || !text || sureNo(before)) continue;
      const { deployment } = replayOf(recorded, policies[recorded.policy]!, '2026-07');
      const { findings } = await preflight(recorded.token, deployment, requestOf(recorded, policies[recorded.policy]!));
      const expected = findings.filter((one) => one.stage === stage && one.serverText && text.includes(one.serverText));
      const error = explainRefusal(refusal(text), stage, before, decodeToken(recorded.token));
      texts.add(text.replace(/ \(.*/, ''));
      for (const { code } of error.findings ?? [{ code: 'none' }])
        if (!expected.some((one) => one.code === code))
          wrong.push(`${recorded.id} ${text}: ${code}, not ${expected.map((one) => one.code).join()}`);
    }
    stat(`${texts.size} texts of the server: ${[...texts].sort().join('; ')}`);
    expect(wrong).toEqual([]);
    expect(texts.size).toBeGreaterThan(12);
  });

  it('that comes as silence carries what makes the server silent', async () => {
    const timeout = new JitsiMeetingError('join-timeout', 'No answer.', { hint: 'h', retryable: true });
    const before = await check({ room: undefined }, { header: { alg: 'HS256' } });
    const error = explainSilence(timeout, before);
    expect(error).toMatchObject({ code: 'join-timeout', retryable: true });
    expect(error.findings!.map(({ code }) => code)).toEqual(['room-missing']);
    expect(explainSilence(timeout, await check({}))).toBe(timeout);
  });
});

const quiet = (promise: Promise<void>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('in a meeting', () => {
  it('a refusal fails with its findings', async () => {
    const { session, clock, api } = makeSession();
    const joining = quiet(session.join());
    await clock.pass(0);
    api().emit('ready', {});
    const message = 'invalid &apos;iss&apos; claim';
    api().emit('errorOccurred', {
      error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false, message },
    });
    expect(await joining).toMatchObject({
      code: 'token-rejected',
      findings: [{ code: 'iss-other', claim: 'iss', found: '"my_app"' }],
    });
  });

  it('nothing is said any more of the token before', async () => {
    const { session, clock, backend } = makeSession();
    backend.claims = { room: 'other' };
    const joining = quiet(session.join());
    await clock.pass(0);
    await joining;
    expect(session.preflight).toMatchObject({ join: 'rejected' });
    backend.answer = () => new Promise(() => {});
    quiet(session.join());
    await clock.pass(0);
    expect(session.preflight).toBeUndefined();
  });

  it('fails the join with config-invalid for a deployment with an unknown name', async () => {
    const deployment = { appId: 'my_app', domainVerfication: false } as Deployment;
    // The module with the rules is loaded in real time.
    const { session, clock } = makeSession({ deployment });
    const joining = quiet(session.join());
    while (session.state !== 'failed') {
      await clock.pass(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await joining).toMatchObject({
      code: 'config-invalid',
      hint: expect.stringContaining('domainVerification'),
    });
    expect(session).toMatchObject({ state: 'failed', error: { code: 'config-invalid' } });
  });

  it('silence fails with what made the server silent', async () => {
    const { session, clock, backend, api } = makeSession();
    backend.claims = { room: undefined };
    const joining = quiet(session.join());
    await clock.pass(0);
    api().emit('ready', {});
    await clock.pass(20_000);
    expect(await joining).toMatchObject({ code: 'join-timeout', findings: [{ code: 'room-missing' }] });
  });

  it.each([
    ['moderator', { moderator: true }, 'participant', 1],
    ['moderator', { affiliation: 'owner' }, 'participant', 1],
    ['moderator', { moderator: true }, 'moderator', 0],
    ['no moderator', { moderator: false }, 'moderator', 1],
    ['nothing', {}, 'moderator', 0],
    ['nothing', {}, 'participant', 0],
  ])('asked for %s (%j), made a %s: %d warnings', async (_asked, user, role, count) => {
    const { session, clock, backend, api, told } = makeSession();
    backend.claims = { context: { user } };
    quiet(session.join());
    await clock.pass(0);
    // The server says participant first, of whomever.
    api().join();
    await clock.pass(200);
    api().emit('participantRoleChanged', { id: 'me', role });
    await clock.pass(10_000);
    const warnings = told.filter(({ name }) => name === 'meeting-warning').map(({ detail }) => detail['code']);
    expect(warnings).toEqual(Array(count).fill('role-differs'));
  });
});

describe('the first look at a token', () => {
  const values = {
    typ: ['JWT', 'jwt', undefined],
    exp: [NOW + 3600, NOW, NOW - 1, undefined, '1', (NOW + 3600) * 1000],
    nbf: [undefined, NOW, NOW + 1, 0, '1', NOW * 1000],
    iss: ['my_app', undefined],
    aud: ['jitsi', undefined],
    sub: ['meet.example.org', 'acme', 'ACME', '*', undefined, 5],
    claimed: ['team', 'TEAM', '*', '[acme]team', 'other', undefined, 5, '\u212Aey'],
    context: [undefined, { room: { regex: true } }, { user: {} }],
    tenant: [null, 'acme', 'Acme'],
    room: ['team', 'Team', "it's", 'k'.repeat(1200), '\u212Aey', 'key'],
  };
  const pick = <Name extends keyof typeof values>(name: Name, random: number) =>
    values[name][random % values[name].length] as (typeof values)[Name][number];

  it('finds faultless only what the rules find nothing in, and the usual token among it', () => {
    let faultless = 0;
    for (let seed = 0; seed < 20_000; seed++) {
      // Mostly the first value, which is the usual one.
      const any = (name: keyof typeof values, at: number) => {
        const random = (Math.imul(seed + 1, 2654435761) >>> at) ^ Math.imul(seed, at + 7);
        return pick(name, random % 3 === 0 ? Math.abs(random >> 3) : 0);
      };
      const claims = Object.fromEntries(
        Object.entries({
          exp: any('exp', 1),
          nbf: any('nbf', 2),
          iss: any('iss', 3),
          aud: any('aud', 4),
          sub: any('sub', 5),
          room: any('claimed', 6),
          context: any('context', 7),
        }).filter(([, value]) => value !== undefined),
      );
      const to = { ...target, room: any('room', 8) as string, tenant: any('tenant', 9) as string | null };
      const decoded = decodeToken(unsignedToken(claims, { typ: any('typ', 10) }));
      if (!isFaultless(decoded, to, NOW * 1000)) continue;
      faultless++;
      expect(
        findingsWithoutSettings(decoded, { ...to, now: new Date(NOW * 1000) }),
        JSON.stringify([claims, to]),
      ).toEqual([]);
    }
    expect(faultless).toBeGreaterThan(100);
    expect(isFaultless(decodeToken(unsignedToken(good)), target, NOW * 1000)).toBe(true);
    expect(isFaultless(undefined, target, NOW * 1000)).toBe(true);
    const long = decodeToken(unsignedToken({ ...good, filler: 'x'.repeat(9000) }));
    expect(isFaultless(long, target, NOW * 1000)).toBe(false);
  });
});
