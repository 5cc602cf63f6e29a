import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../src/errors.js';
import type { JitsiError, JitsiEvents } from '../../src/jitsi/events.js';
import { decodeEntities, explainError, explainEvent } from '../../src/jitsi/reasons.js';
import { namedFailures } from '../../src/jitsi/reasons-names.js';
import { en } from '../../src/locale/en.js';
import { library } from '../../scripts/archives.js';

type Scene = { scene: string; events: [number, string, unknown][] };
type Case = {
  verdict: Record<'connect' | 'join', { ok: boolean; condition: string | null; text: string | null } | null>;
};

const read = (file: string) => JSON.parse(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8')) as unknown;
const scenes = ['scenes.json', 'new-scenes.json'].flatMap((file) => read(`real-app/${file}`) as Scene[]);
const { cases } = read('prosody-verdicts/verdicts.json') as { cases: Case[] };

const recorded = scenes.flatMap(({ scene, events }) =>
  events
    .filter(([, name]) => name === 'errorOccurred')
    .map(([, , payload]) => ({ scene, error: (payload as JitsiEvents['errorOccurred']).error })),
);

const refusal = (message: string | null): JitsiError => ({
  name: 'connection.passwordRequired',
  ...(message === null ? {} : { message }),
  type: 'CONNECTION',
});
const turnedAway = (...params: unknown[]): JitsiError => ({ name: 'conference.connectionError.notAllowed', params });

const texts = (stage: 'connect' | 'join', condition: string) =>
  new Set(
    cases
      .map(({ verdict }) => verdict[stage])
      .filter((result) => result && !result.ok && result.text && result.condition === condition)
      .map((result) => result?.text as string),
  );

describe('what the real app said', () => {
  it.each(recorded)('is explained in $scene: $error.name', ({ error }) => {
    expect(Object.keys(namedFailures)).toContain(error.name);
    const explained = explainError(error);
    expect(errorCodes).toContain(explained.code);
    expect(explained.message).not.toMatch(/&\w+;/);
    expect(explained.hint).not.toBe('');
  });

  it('holds every kind of failure that the recording has', () => {
    const kinds = new Set(recorded.map(({ error }) => explainError(error).kind));
    expect([...kinds].sort()).toEqual(['ended', 'fatal', 'refused-connecting', 'refused-joining', 'waiting']);
  });

  it.each([
    ['c02-expired', 'token-expired', 'refused-connecting'],
    ['c03-bad-signature', 'token-rejected', 'refused-connecting'],
    ['c06-no-token', 'token-auth-required', 'waiting'],
    ['c06d-allowempty-focus-refuses', 'token-auth-required', 'waiting'],
    ['c07-room-mismatch', 'token-rejected', 'refused-joining'],
    ['c08b-sub-mismatch', 'token-rejected', 'refused-joining'],
    ['c09-nbf-future', 'token-not-yet-valid', 'refused-connecting'],
    ['c10-garbage', 'token-malformed', 'refused-connecting'],
    ['c10b-garbage-3seg', 'token-malformed', 'refused-connecting'],
    ['c11a-valid-token-prosody-restart', 'conference-failed', 'fatal'],
    ['c18e-ended-ok', 'conference-failed', 'ended'],
    ['c19-password', 'conference-failed', 'waiting'],
    ['c20-focus-down', 'conference-failed', 'fatal'],
    ['n01-no-room-claim-answered', 'token-rejected', 'refused-connecting'],
    ['n02-no-sub-answered', 'token-rejected', 'refused-connecting'],
    ['n03a-lobby-admitted', 'conference-failed', 'waiting'],
    ['n06-not-live', 'conference-failed', 'waiting'],
    ['n08-prejoin-click-bad-signature', 'token-rejected', 'refused-connecting'],
    ['n13-offline-70s-valid', 'conference-failed', 'fatal'],
  ])('means in %s: %s, %s', (scene, code, kind) => {
    const first = recorded.find((entry) => entry.scene === scene);
    expect(first && explainError(first.error)).toMatchObject({ code, kind });
  });

  it('has a sentence for everything that tells of a failure or an end', () => {
    const names = ['errorOccurred', 'videoConferenceLeft', 'passwordRequired'] as const;
    for (const { events } of scenes) {
      for (const [, name, payload] of events) {
        if (names.some((each) => each === name)) {
          expect(explainEvent(name as (typeof names)[number], payload as never)?.message).toBeTruthy();
        }
      }
    }
  });
});

describe('names of lib-jitsi-meet', () => {
  it.each(['JitsiConferenceErrors', 'JitsiConnectionErrors'])('%s: every value is in the table', (name) => {
    const source = readFileSync(`${library.folder}/dist/${name}.d.ts`, 'utf8');
    const values = [...source.matchAll(/= '([^']+)'/g)].map((match) => match[1]);
    expect(values.length).toBeGreaterThan(3);
    expect(values.filter((value) => !Object.hasOwn(namedFailures, value as string))).toEqual([]);
  });
});

describe('what a visitor reads', () => {
  it('does not promise that trying again helps where it does not help', () => {
    const failures = [
      ...Object.keys(namedFailures).map((name) => ({ name })),
      ...recorded.map(({ error }) => error),
    ].map((error) => ({ name: JSON.stringify(error), ...explainError(error as JitsiError) }));
    const hopeless = failures.filter(({ retryable }) => !retryable);
    expect(hopeless.length).toBeGreaterThan(10);
    for (const { name, code, detail } of hopeless) expect(en[detail ?? code], name).not.toMatch(/try again/i);
  });
});

describe("the server's words", () => {
  it('are known for every refusal to connect that a real server gave', () => {
    const unknown = [...texts('connect', 'not-allowed'), ...texts('connect', 'not-authorized')].filter(
      (text) => explainError(refusal(text)).hint === explainError(refusal(null)).hint,
    );
    expect(unknown).toEqual([]);
  });

  it('are known for every refusal to join that a real server gave', () => {
    const refusals = [...texts('join', 'not-allowed')].filter((text) => /token|room name/i.test(text));
    expect(refusals.length).toBeGreaterThan(1);
    for (const text of refusals) {
      const { code, detail } = explainError(turnedAway('general', text));
      expect({ code, detail }, text).toEqual({ code: 'token-rejected', detail: undefined });
    }
  });

  it('are kept, decoded and short, where nothing is known of them', () => {
    const explained = explainError(turnedAway('general', `It&apos;s ${'long '.repeat(200)}`));
    expect(explained.code).toBe('conference-failed');
    expect(explained.serverText).toMatch(/^It's long/);
    expect(explained.message).toContain("It's long");
    expect(explained.message.length).toBeLessThan(400);
  });

  it.each([
    ['authentication-required', { code: 'token-auth-required', detail: undefined }],
    ['promotion-not-allowed', { code: 'conference-failed', detail: 'turned-away' }],
    ['no-main-participants', { retryable: true }],
    ['room-creation-restriction', { retryable: true }],
    ['toString', { code: 'conference-failed', detail: 'turned-away', retryable: false }],
  ])('have a type that counts more: %s', (type, expected) => {
    const { kind, code, detail, retryable } = explainError(turnedAway(type, null));
    expect({ kind, code, detail, retryable }).toMatchObject({ kind: 'refused-joining', ...expected });
  });
});

describe('failures outside of the table', () => {
  it("keep Jitsi's own text", () => {
    const explained = explainError({ name: 'conference.brandNew', message: 'out of tea', isFatal: true });
    expect(explained).toMatchObject({ kind: 'fatal', code: 'conference-failed', serverText: 'out of tea' });
    expect(explained.message).toContain('conference.brandNew: out of tea');
  });

  it('wait where the app says that the person can act', () => {
    expect(explainError({ name: 'conference.brandNew', recoverable: true })).toMatchObject({
      kind: 'waiting',
      waitingFor: 'sign-in',
    });
  });

  it('name the configuration when that could not be loaded', () => {
    expect(explainError({ name: 'Error', type: 'CONFIG', isFatal: true }).hint).toContain('config.js');
  });

  it('end the meeting when its time is used up', () => {
    expect(explainError({ name: 'conference.timeLimit' })).toMatchObject({ kind: 'ended', reason: 'conference-ended' });
  });

  it.each([undefined, null, {}, { name: 7 }, 'text'])('never throw: %j', (error) => {
    expect(explainError(error as unknown as JitsiError).kind).toBe('fatal');
  });
});

describe('explainEvent', () => {
  const kicker = { id: 'b' };

  it('tells being thrown out from somebody else being thrown out', () => {
    expect(explainEvent('participantKickedOut', { kicked: { id: 'a', local: true }, kicker })?.reason).toBe('kicked');
    expect(explainEvent('participantKickedOut', { kicked: { id: 'a', local: false }, kicker })).toBeUndefined();
  });

  it('tells a broken connection from one that never worked', () => {
    const messages = [true, false].map(
      (wasConnected) => explainEvent('peerConnectionFailure', { isP2P: false, wasConnected })?.message,
    );
    expect(new Set(messages).size).toBe(2);
    expect(explainEvent('suspendDetected', {})?.reason).toBe('connection-lost');
  });

  it('says nothing about events that are not failures', () => {
    expect(explainEvent('audioMuteStatusChanged', { muted: true })).toBeUndefined();
  });
});

describe('decodeEntities', () => {
  it.each([
    ['invalid &apos;iss&apos; claim', "invalid 'iss' claim"],
    ['&lt;b&gt; &quot;&amp;&quot; &#39;&#x27;', '<b> "&" \'\''],
    ['&amp;lt; once only', '&lt; once only'],
    ['&nosuch; &#x110000; & a;', '&nosuch; &#x110000; & a;'],
  ])('%s', (text, decoded) => expect(decodeEntities(text)).toBe(decoded));
});
