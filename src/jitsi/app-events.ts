import type { JitsiMeetingError } from '../errors.js';
import type { JitsiEventName, JitsiEvents } from './events.js';
import type { FailureWaitingFor } from './reasons.js';

export type WaitingFor = FailureWaitingFor;

/** What an event of Jitsi means for the life of the meeting. Most events mean nothing for it. */
export type Signal =
  /** `loaded`: the iframe has loaded a page. Only later events show whether it is the app. */
  | {
      type:
        'loaded' | 'ready' | 'joining' | 'joined' | 'left' | 'closed' | 'kicked' | 'destroyed' | 'suspect' | 'alive';
    }
  /** `challenged`: the app asks for a name and a password, because it has no token that the server takes. */
  | { type: 'waiting'; for: WaitingFor; challenged?: true }
  /** `serverText`: the server's text, if it gave one. */
  | { type: 'refused'; error: JitsiMeetingError; stage: 'connect' | 'join'; serverText: string | undefined }
  /** The app is going to reload itself. */
  | { type: 'fatal'; error: JitsiMeetingError }
  /** A failure that keeps a person from joining, but doesn't end a meeting that they are in. */
  | { type: 'trouble'; error: JitsiMeetingError };

/** The app's own words for a dropped connection; not a stable interface, so matched loosely (test/data/real-app). */
const closedSocket = /websocket.*closed|closed.*websocket/i;

/** With this notice the app offers to sign in again, in a call whose token has expired and whose socket dropped. */
const loginOnResume = 'dialog.loginOnResume';

/** Reads an event that tells of a failure. */
export type ReadFailure = (name: FailureEventName, payload: unknown) => Signal | undefined;

type FailureEventName = 'errorOccurred' | 'suspendDetected';

export const tellsOfFailure = (name: JitsiEventName): name is FailureEventName =>
  name === 'errorOccurred' || name === 'suspendDetected';

/** Reads an event; facts about order and meaning are in test/data/real-app/README.md. */
export function readSignal(
  name: JitsiEventName,
  payload: unknown,
  ownId: string | undefined,
  readFailure: ReadFailure,
): Signal | undefined {
  switch (name) {
    // Releases up to 1.0.3 send only the first of the two, at the same point of their start.
    case 'browserSupport':
    case 'ready':
      return { type: 'ready' };
    // The app sends this whenever its conference changes (whiteboard/middleware.any.ts), so also when a join begins.
    case 'whiteboardStatusChanged':
      return { type: 'joining' };
    case 'videoConferenceJoined':
      return { type: 'joined' };
    case 'videoConferenceLeft':
      return { type: 'left' };
    case 'readyToClose':
      return { type: 'closed' };
    case 'prejoinScreenLoaded':
      return { type: 'waiting', for: 'prejoin' };
    case 'passwordRequired':
      return { type: 'waiting', for: 'password' };
    case 'participantKickedOut':
      return (payload as JitsiEvents['participantKickedOut']).kicked?.local ? { type: 'kicked' } : { type: 'alive' };
    case 'errorOccurred':
    case 'suspendDetected':
      return readFailure(name, payload);
    case 'dataChannelClosed':
    case 'peerConnectionFailure':
      return { type: 'suspect' };
    case 'log':
      return closedSocket.test(JSON.stringify(payload) ?? '') ? { type: 'suspect' } : undefined;
    case 'notificationTriggered':
      return JSON.stringify(payload)?.includes(loginOnResume) ? { type: 'suspect' } : undefined;
    case 'participantJoined':
    case 'participantRoleChanged':
    case 'knockingParticipant':
    case 'incomingMessage':
      return { type: 'alive' };
    case 'displayNameChange':
    case 'raiseHandUpdated':
    case 'participantMuted': {
      // About this person, the app sends them by itself; about others, only when the server did.
      const { id } = payload as { id?: string };
      return id && id !== 'local' && id !== ownId ? { type: 'alive' } : undefined;
    }
    default:
      return undefined;
  }
}
