// What a person sees of a meeting, by kind: what they read from the first moment to the last, in the states that a page
// sees.
import type { EndReason, ErrorCode, MeetingStateName } from '../../src/index.js';

/** A state, and the sentence that stands there meanwhile. */
export type Moment = readonly [state: MeetingStateName, sentence: string];

export interface Expectation {
  /** Each moment once, in order; no other state and no other sentence may come between. */
  story: readonly Moment[];
  reason?: EndReason;
  code?: ErrorCode;
  /** What the server made of the person in the end. */
  role?: 'moderator' | 'participant';
  /** What the person can press in the end. */
  offers?: readonly string[];
  /** Pressed when it is offered; the story goes on after it. */
  press?: string;
}

export const joining: Moment = ['ready', 'Joining…'];
export const opening: Moment[] = [
  ['connecting', 'Getting your pass for the meeting…'],
  ['loading', 'Opening the meeting…'],
  joining,
];
export const inMeeting: Moment = ['joined', 'You are in the meeting.'];
export const gettingBack: Moment = ['reconnecting', 'The connection was lost. Getting you back in…'];
export const seemsLost: Moment = ['reconnecting', 'The connection to the meeting seems to be lost.'];

export const joined: Expectation = { story: [...opening, inMeeting], offers: [] };
export const asModerator: Expectation = { ...joined, role: 'moderator' };
export const asParticipant: Expectation = { ...joined, role: 'participant' };

export const waits = (sentence: string): Expectation => ({ story: [...opening, ['ready', sentence]], offers: [] });
export const prejoin = waits('Choose your camera and microphone, then join.');
export const signIn = waits('The meeting server asks you to sign in.');
export const lobby = waits('Waiting until someone lets you in…');
export const moderator = waits('Waiting for a moderator to start the meeting…');
export const notLive = waits('The meeting is not live yet. You can wait here until it starts.');

/** Where trying the same again would not help, nobody is asked to. */
const hopeless: readonly ErrorCode[] = ['token-rejected', 'token-malformed', 'token-auth-required'];

export const fails = (
  code: ErrorCode,
  sentence: string,
  offers = hopeless.includes(code) ? [] : ['Try again'],
): Expectation => ({
  story: [...opening, ['failed', sentence]],
  code,
  offers,
});
export const expired = fails('token-expired', 'Your pass for this meeting has expired. Try again to get a new one.');
export const rejected = fails(
  'token-rejected',
  'The meeting server does not accept your pass. Please tell whoever runs this page.',
);
export const forOtherRoom = fails(
  'token-rejected',
  'Your pass is for another room. Ask whoever invited you for access to this one.',
);
export const damaged = fails(
  'token-malformed',
  'Your pass for this meeting is damaged. Please tell whoever runs this page.',
);
/** The dialog in the frame asks for a name and a password that nobody has. */
export const mustSignIn: Expectation = {
  ...fails('token-auth-required', 'Please sign in to join this meeting.'),
  story: [...signIn.story, ['failed', 'Please sign in to join this meeting.']],
};
export const unanswered = fails(
  'join-timeout',
  'The meeting server did not let you in and gave no reason. Try again, or ask whoever invited you.',
);

export const ends = (reason: EndReason, sentence: string, ...between: Moment[]): Expectation => ({
  story: [...opening, inMeeting, ...between, ['ended', sentence]],
  reason,
  offers: ['Rejoin'],
});
export const hangsUp = ends('left', 'You left the meeting.');
export const removed = ends('host-left', 'The meeting was closed.');
export const endedForAll = ends('conference-ended', 'The meeting was ended for everyone.');

export const reloading: Moment = ['reconnecting', 'Getting you back into the meeting…'];
/** The app gave up and would reload itself: back with a new frame and a fresh token, without a word from the person. */
export const comesBack: Expectation = { story: [...opening, inMeeting, gettingBack, inMeeting], offers: [] };
/** The device is offline: the call stands still, which the app doesn't say. */
export const offline: Moment = ['joined', 'You seem to be offline. The meeting goes on as soon as you are back.'];
/** The token is over and the connection was cut: a call that isn't one any more, and only the page can notice. */
export const noticed: Expectation = {
  story: [...opening, inMeeting, seemsLost, gettingBack, inMeeting],
  press: 'Rejoin',
  offers: [],
};
