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
  ['connecting', 'Checking your access…'],
  ['loading', 'Opening the meeting…'],
  joining,
];
/** Without a token there is no access to check. */
export const asGuest = (expected: Expectation): Expectation => ({
  ...expected,
  story: [['connecting', 'Opening the meeting…'], ...expected.story.slice(1)],
});
export const inMeeting: Moment = ['joined', 'You are in the meeting.'];
export const gettingBack: Moment = ['reconnecting', 'Getting you back in…'];
export const seemsLost: Moment = ['reconnecting', 'Your connection seems unstable. Rejoin if you can’t hear anyone.'];

export const joined: Expectation = { story: [...opening, inMeeting], offers: [] };
export const asModerator: Expectation = { ...joined, role: 'moderator' };
export const asParticipant: Expectation = { ...joined, role: 'participant' };

export const waits = (sentence: string): Expectation => ({ story: [...opening, ['ready', sentence]], offers: [] });
export const prejoin = waits('Choose your camera and microphone, then join.');
export const signIn = waits('The meeting server asks you to sign in.');
export const lobby = waits('Waiting until someone lets you in…');
export const moderator = waits('Waiting for a moderator to start the meeting…');
export const notLive = waits('The meeting hasn’t started. You can wait here.');

/** If trying again would not help, the visitor is not asked to. */
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
export const expired = fails('token-expired', 'Try again to renew it.');
export const rejected = fails(
  'token-rejected',
  'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
);
export const forOtherRoom = fails('token-rejected', 'Your invitation is for another one. Ask for access to this one.');
export const damaged = fails(
  'token-malformed',
  'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
);
/** The dialog in the frame asks for a name and a password, and no visitor has these. */
export const mustSignIn: Expectation = {
  ...fails('token-auth-required', 'This meeting is open to people who are signed in.'),
  story: [...signIn.story, ['failed', 'This meeting is open to people who are signed in.']],
};
export const unanswered = fails(
  'join-timeout',
  'The meeting didn’t let you in and didn’t say why. Try again, or ask the person who invited you.',
);

export const ends = (reason: EndReason, sentence: string, ...between: Moment[]): Expectation => ({
  story: [...opening, inMeeting, ...between, ['ended', sentence]],
  reason,
  offers: [reason === 'kicked' ? 'Ask to rejoin' : 'Rejoin'],
});
export const hangsUp = ends('left', 'You left the meeting');
export const removed = ends('host-left', 'You left the meeting');
export const endedForAll = ends('conference-ended', 'The meeting was ended for everyone');

export const reloading: Moment = ['reconnecting', 'Getting you back in…'];
/** The app gave up and would reload itself: back with a new frame and a fresh token, without a word from the person. */
export const comesBack: Expectation = { story: [...opening, inMeeting, gettingBack, inMeeting], offers: [] };
/** The device is offline: the call stands still, which the app doesn't say. */
export const offline: Moment = ['joined', 'You’re offline. The meeting continues as soon as you’re back.'];
/** The token is over and the connection was cut: a call that isn't one any more, and only the page can notice. */
export const noticed: Expectation = {
  story: [...opening, inMeeting, seemsLost, gettingBack, inMeeting],
  press: 'Rejoin',
  offers: [],
};
