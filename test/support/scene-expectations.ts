// What a person would expect of every recorded scene. Written from the scenes' names and test/data/real-app/README.md,
// not from what the code does.
import {
  opening,
  inMeeting,
  joining,
  seemsLost,
  joined,
  asModerator,
  asParticipant,
  waits,
  prejoin,
  signIn,
  lobby,
  moderator,
  notLive,
  mustSignIn,
  offline,
  fails,
  expired,
  rejected,
  forOtherRoom,
  damaged,
  unanswered,
  ends,
  hangsUp,
  removed,
  endedForAll,
  comesBack,
  noticed,
  gettingBack,
  reloading,
  type Expectation,
} from './scene-kinds.js';

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

/** By the number in the scene's name. */
export const expectations: Readonly<Record<string, Expectation>> = {
  ...all('c01 c01e c01g c01i c01j c05b c05c c06b c08a c08c c08d c12b', asModerator),
  ...all('c01c c01d c01f c01l', asParticipant),
  // Somebody else was kicked, left or joined; the red button of a moderator opened a menu; the app resumed unseen.
  ...all('c11c c18a c18f c18g c22b c26', asModerator),
  c22b: { ...asModerator, story: [...prejoin.story, joining, inMeeting] },
  c19: { ...asParticipant, story: [...waits('This meeting asks for its password.').story, inMeeting] },

  ...all('c01b c02b', prejoin),
  ...all('c06 c10c c12e', mustSignIn),
  c06d: moderator,
  // The app goes to the deployment's sign-in page.
  c12a: signIn,

  ...all('c02 c06c c12c', expired),
  c09: fails('token-not-yet-valid', 'The meeting hasn’t opened yet. If it should have, check the time on your device.'),
  ...all('c10 c10b', damaged),
  ...all('c03 c04 c05 c08b c10e', rejected),
  ...all('c01h c07', forOtherRoom),
  ...all('c07b c07c c08f', unanswered),
  c20: fails('conference-failed', 'It usually passes in a moment. Please try again.'),
  c21: {
    story: [...opening.slice(0, 2), ['failed', 'Try again, or open it in a new tab.']],
    code: 'iframe-timeout',
    offers: ['Try again', 'Open in a new tab'],
  },

  ...all('c11a c11e', comesBack),
  ...all('c11b c11d c11f', noticed),
  c11g: ends('left', 'You left the meeting', seemsLost),

  ...all('c11i c13a c13b c13c c26b', hangsUp),
  c13d: { story: [...opening, ['ended', 'You left the meeting']], reason: 'left', offers: ['Rejoin'] },
  ...all('c14a c14b c14h c14j', removed),
  ...all('c14e c14f', ends('host-left', 'You left the meeting', ['leaving', 'Leaving…'])),
  c14i: ends('connection-lost', 'Check your internet, then rejoin.', reloading),
  c18b: ends('kicked', 'If that was a mistake, ask the host.'),
  ...all('c18c c18e', endedForAll),

  // The newest app says so of a token that earlier ones met with silence.
  ...all('n01 n02', rejected),
  n03a: { ...asParticipant, story: [...lobby.story, inMeeting] },
  ...all('n03c n04a n05 n11', asModerator),
  n06: notLive,
  // A fresh pass is fetched, and a person who clicked Join is in, without a second prejoin screen.
  n08: { ...joined, story: [...prejoin.story, ...opening, inMeeting] },
  n12: noticed,
  n13: { ...comesBack, story: [...opening, inMeeting, offline, inMeeting, gettingBack, inMeeting] },

  // The page hears nothing, or is gone: so it shows nothing, and keeps nobody in the room.
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
