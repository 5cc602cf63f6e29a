// What a person would expect of every recorded scene: what they read from the first moment to the last, in the states
// that a page sees. Written from the scenes' names and test/data/real-app/README.md, by kind, not from what the code does.
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

/** What was done in the recording beside what the app did, and how a page does it with the element. */
export type Doing =
  /** Sends the command that the recording waits for. */
  | 'command'
  /** Calls `leave()` where the recording waits for a hangup. */
  | 'leave'
  /** The same, and removes the element in the same task. */
  | 'leave-and-remove'
  | 'remove'
  /** The page around the meeting goes elsewhere, or its tab is closed. */
  | 'page-navigates'
  | 'page-closed'
  /** The frame's process dies and says nothing. */
  | 'frame-crashes'
  /** Browser and connection are gone at once. */
  | 'browser-killed';

const opening: Moment[] = [
  ['connecting', 'Getting your pass for the meeting…'],
  ['loading', 'Opening the meeting…'],
  ['ready', 'Joining…'],
];
const inMeeting: Moment = ['joined', 'You are in the meeting.'];
const gettingBack: Moment = ['reconnecting', 'The connection was lost. Getting you back in…'];
const seemsLost: Moment = ['reconnecting', 'The connection to the meeting seems to be lost.'];

const joined: Expectation = { story: [...opening, inMeeting], offers: [] };
const asModerator: Expectation = { ...joined, role: 'moderator' };
const asParticipant: Expectation = { ...joined, role: 'participant' };

const waits = (sentence: string): Expectation => ({ story: [...opening, ['ready', sentence]], offers: [] });
const prejoin = waits('Choose your camera and microphone, then join.');
const signIn = waits('The meeting server asks you to sign in.');

const fails = (code: ErrorCode, sentence: string, offers = ['Try again']): Expectation => ({
  story: [...opening, ['failed', sentence]],
  code,
  offers,
});
const expired = fails('token-expired', 'Your pass for this meeting has expired. Try again to get a new one.');
const rejected = fails(
  'token-rejected',
  'The meeting server does not accept your pass. Ask whoever invited you for access to this room.',
);
const damaged = fails('token-malformed', 'Your pass for this meeting is damaged. Please tell whoever runs this page.');
const unanswered = fails(
  'join-timeout',
  'The meeting server did not let you in and gave no reason. Try again, or ask whoever invited you.',
);

const ends = (reason: EndReason, sentence: string, ...between: Moment[]): Expectation => ({
  story: [...opening, inMeeting, ...between, ['ended', sentence]],
  reason,
  offers: ['Rejoin'],
});
const hangsUp = ends('left', 'You left the meeting.');
const removed = ends('host-left', 'The meeting was closed.');
const endedForAll = ends('conference-ended', 'The meeting was ended for everyone.');

/** The app gave up and would reload itself: back with a new frame and a fresh token, without a word from the person. */
const comesBack: Expectation = { story: [...opening, inMeeting, gettingBack, inMeeting], offers: [] };
/** The token is over and the connection was cut: a call that isn't one any more, and only the page can notice. */
const noticed: Expectation = {
  story: [...opening, inMeeting, seemsLost, gettingBack, inMeeting],
  press: 'Rejoin',
  offers: [],
};

/** By the number in the scene's name. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...all('c01 c01e c01g c01i c01j c05b c05c c06b c08a c08c c08d c12b', asModerator),
  ...all('c01c c01d c01f c01l', asParticipant),
  // Somebody else was kicked, left or joined; the red button of a moderator opened a menu; the app resumed unseen.
  ...all('c11c c18a c18f c18g c22b c26', asModerator),
  c22b: { ...asModerator, story: [...prejoin.story, inMeeting] },
  c19: { ...asParticipant, story: [...waits('This meeting asks for its password.').story, inMeeting] },

  ...all('c01b c02b', prejoin),
  ...all('c06 c06d c10c c12a c12e', signIn),

  ...all('c02 c06c c12c', expired),
  c09: fails(
    'token-not-yet-valid',
    'Your pass for this meeting is not valid yet. If the meeting has begun, check the clock of your device.',
  ),
  ...all('c10 c10b', damaged),
  ...all('c01h c03 c04 c05 c07 c08b c10e', rejected),
  ...all('c07b c07c c08f', unanswered),
  c20: fails('conference-failed', 'The meeting server has a problem. Try again in a moment.'),
  c21: {
    story: [...opening.slice(0, 2), ['failed', 'The meeting does not start here. Try again, or open it in a new tab.']],
    code: 'iframe-timeout',
    offers: ['Try again', 'Open in a new tab'],
  },

  ...all('c11a c11e', comesBack),
  ...all('c11b c11d c11f', noticed),
  c11g: ends('left', 'You left the meeting.', seemsLost),

  ...all('c11i c13a c13b c13c c26b', hangsUp),
  c13d: { story: [...opening, ['ended', 'You left the meeting.']], reason: 'left', offers: ['Rejoin'] },
  ...all('c14a c14b c14h c14j', removed),
  ...all('c14e c14f', ends('host-left', 'The meeting was closed.', ['leaving', 'Leaving…'])),
  c14i: ends('connection-lost', 'The connection to the meeting was lost.', seemsLost),
  c18b: ends('kicked', 'A moderator removed you from the meeting.'),
  ...all('c18c c18e', endedForAll),

  // The page is not told, or is not there to be told anything: it has nothing to say, and keeps nobody in the room.
  ...all('c14c c14d c14g c14k c14l', joined),
};

/** Where it isn't the command that the recording waits for. */
export const doings: Readonly<Record<string, Doing>> = {
  ...all('c14a c14b c14h c14j', 'remove'),
  c14c: 'page-navigates',
  c14d: 'page-closed',
  c14e: 'leave-and-remove',
  c14f: 'leave',
  c14g: 'frame-crashes',
  c14k: 'page-navigates',
  c14l: 'browser-killed',
};

function all<T>(numbers: string, what: T): Record<string, T> {
  return Object.fromEntries(numbers.split(' ').map((number) => [number, what]));
}
