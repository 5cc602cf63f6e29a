import { describe, expect, it } from 'vitest';
import type { JitsiEventName } from '../../src/jitsi/events.js';
import { readSignal } from '../../src/jitsi/app-events.js';
import { readFailure } from '../../src/jitsi/failure-signals.js';

const read = (name: JitsiEventName, payload: unknown = {}): string | undefined =>
  readSignal(name, payload, 'me', readFailure)?.type;
const error = (name: string, more: object) => ({ error: { name, params: [], ...more } });

describe('a sign that the connection dropped', () => {
  it.each<[JitsiEventName, unknown]>([
    ['dataChannelClosed', {}],
    ['peerConnectionFailure', { isP2P: false, wasConnected: true }],
    ['log', { logLevel: 'error', args: ['Strophe: Websocket closed unexpectedly'] }],
  ])('is %s', (name, payload) => {
    expect(read(name, payload)).toBe('suspect');
  });

  it('is not what else the app logs', () => {
    expect(read('log', { logLevel: 'error', args: ['a track was closed'] })).toBeUndefined();
    expect(read('log', undefined)).toBeUndefined();
  });
});

describe('a sign of life', () => {
  it.each<JitsiEventName>(['participantJoined', 'participantRoleChanged', 'knockingParticipant', 'incomingMessage'])(
    'is %s, which only the server can cause',
    (name) => {
      expect(read(name)).toBe('alive');
    },
  );

  it.each<JitsiEventName>(['displayNameChange', 'raiseHandUpdated', 'participantMuted'])(
    'is %s about others, and not about oneself',
    (name) => {
      expect(['other', 'me', 'local', '', undefined].map((id) => read(name, { id }))).toEqual([
        'alive',
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
    },
  );

  it('is that another was thrown out; that oneself was is the end', () => {
    expect(read('participantKickedOut', { kicked: { id: 'other', local: false } })).toBe('alive');
    expect(read('participantKickedOut', { kicked: { id: 'me', local: true } })).toBe('kicked');
    expect(read('participantKickedOut', {})).toBe('alive');
  });
});

describe('an error of the app', () => {
  it.each([
    [true, 'fatal'],
    [false, 'trouble'],
  ])('that it calls fatal (%s) makes it reload; any other only stops a person who is joining', (isFatal, expected) => {
    expect(read('errorOccurred', error('conference.focusLeft', { type: 'CONFERENCE', isFatal }))).toBe(expected);
  });

  it('of which it tells nothing is trouble, too', () => {
    expect(read('errorOccurred', {})).toBe('trouble');
  });

  it.each([
    ['connection.passwordRequired', 'connect'],
    ['conference.connectionError.notAllowed', 'join'],
  ])('%s is a refusal, at the stage of: %s', (name, stage) => {
    expect(
      readSignal('errorOccurred', error(name, { isFatal: false, message: 'Invalid signature' }), 'me', readFailure),
    ).toMatchObject({
      type: 'refused',
      stage,
    });
  });
});
