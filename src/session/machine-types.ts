/** The terms in which `machine.ts` tells the life of a meeting. */

/** What a page sees as `state`. */
export type MeetingStateName =
  'idle' | 'connecting' | 'loading' | 'ready' | 'joined' | 'reconnecting' | 'leaving' | 'ended' | 'failed';

/** Why a meeting that ended did. */
export type EndReason =
  'left' | 'host-left' | 'kicked' | 'conference-ended' | 'connection-lost' | 'token' | 'page-hidden';

/** How a meeting that was lost is taken up again: nobody knows yet, by the app itself, after a pause, by a new frame. */
export type Recovery = 'in-doubt' | 'by-app' | 'paused' | 'by-frame';

export const inputs = {
  join: 'the page or the person wants in',
  leave: 'the page wants out, saying goodbye',
  remove: 'the element is gone from the page',
  restart: 'domain, room or tenant changed',
  hide: 'the page goes into the back/forward cache',
  unload: 'the element was moved, so the browser unloaded its frame',
  offline: 'the device lost its network',
  online: 'the device has its network back',
  prepared: 'token and script are there',
  unprepared: 'token or script failed',
  frameLoaded: 'the iframe has loaded a page, of whatever kind',
  appReady: 'the app in the frame is up',
  appWaiting: 'the app shows prejoin, lobby, password or sign-in, or waits for a moderator or the start',
  appAccepted: 'the server took the token, and the app asks for the conference',
  appJoined: 'videoConferenceJoined',
  appLeft: 'videoConferenceLeft',
  appClosed: 'readyToClose',
  kicked: 'participantKickedOut, oneself',
  destroyed: 'the conference was ended for all',
  refused: 'the server refuses, and the app does not try again',
  fatal: 'isFatal: the app is going to reload itself',
  suspect: 'a sign that the connection dropped',
  alive: 'an event that only the server can cause',
  timeout: 'the time of the node is over',
} as const;

export type Input = keyof typeof inputs;

/** Questions that a branch asks; the session answers them at the time of the input. */
export const guards = {
  wasJoined: 'was joined before',
  freshTokenMayHelp: 'the token was kept from before, and no fresh one was tried in its place yet',
  tokenOver: "the frame's token is past its exp by the server's clock, or by the device's, which the app goes by",
  guestCannotSignIn: 'no token was sent, and the app asks for a name and a password',
  onPrejoin: 'the person is on the prejoin screen',
  tokenFaultless: 'nothing was found in the token that a server may meet with silence',
  triesLeft: 'fewer than 3 automatic rejoins in 5 minutes',
  autoRejoin: 'rejoin="auto" and tries left',
  mayTryAgain: 'rejoin="auto", tries left, and the error may pass within 5 minutes',
  tokenFailed: 'the token is the cause, or that there is none for this person',
} as const;

export type Guard = keyof typeof guards;

/** What is going on behind a state; `machine` says what happens next. */
export const nodes = {
  idle: 'Nothing is under way.',
  connecting: 'Token and script are being fetched, side by side.',
  loading: 'The frame is there, its page not yet.',
  starting:
    "The frame's page is there. The app would say so within a second, so that a longer silence means another page: an error page of the web server, say. `frameTimeout` counts from the beginning.",
  joining: 'The app is up and joins; some tokens are never answered.',
  entering: 'The server took the token, and the app asks Jicofo for the conference until it is ready.',
  waiting:
    'The app is up, and a person has to act, here or elsewhere: prejoin, lobby, password, sign-in; a moderator who has yet to come, a meeting that is not live yet.',
  challenged:
    'The app asks a guest for a name and a password, which a server with tokens never takes. Where the deployment has a sign-in page (`tokenAuthUrl`), the app goes there within a moment.',
  joined: 'In the meeting.',
  parting: 'A bare `videoConferenceLeft`: half a second tells a hang-up from a change of rooms.',
  interrupted: 'The app left without a goodbye, or reloads itself: it may come back by itself.',
  'presumed-dead':
    "The frame's token is over and the connection may have dropped, so that the call may be none any more. The person is offered a rejoin, unless the app proves alive.",
  'backing-off': 'The meeting was lost; the next try comes by itself in a while, or when the person asks for it.',
  renewing: 'A fresh token is fetched for a new frame that takes the meeting up again.',
  'frame-reloading': 'The new frame is there, its app not in the meeting yet.',
  leaving: 'The app says goodbye.',
  restarting: 'The app says goodbye, and the next meeting begins after it.',
  ended:
    'The meeting is over; there is a reason. Nearly always the person was in it; who closes the app or leaves the page on the way in ends here, too.',
  failed: 'It did not come to a meeting; there is an error.',
} as const;

export type NodeName = keyof typeof nodes;

/** What a step does beside going from one node to another; `effects.ts` says how. */
export const effects = {
  abortPreparation: 'aborts the token request and the script load that are under way',
  endRoleCheck: 'no longer waits for the role that the server gives',
  endDoubt: 'no longer waits for the end of the token after a sign of a dropped connection',
  beginAnew: 'forgets joins, rejoins and fresh tokens of before: the next meeting has all its tries',
  forgetUnlessLost:
    'forgets what was sent and what the person chose in the frame before, unless the connection to that meeting was lost',
  dropCommands: 'drops the commands that wait for an app',
  noteFreshToken: 'remembers that a fresh token is tried in place of one that was refused',
  handOver: 'keeps what was sent into a frame that did not get in, and what the person chose there, for the next frame',
  spendTry: 'counts one automatic rejoin',
  hangUp: 'tells the app to hang up',
  disposeFrame: 'removes the frame, if there is one',
  watchPage: 'listens to the page and the device, unless it does already',
  prepare: 'fetches token and script for a join',
  prepareAgain: 'fetches token and script for a rejoin',
  startDeadline: 'starts the time in which the app has to be ready',
  noteJoined: 'remembers that the person was in the meeting',
  startRoleCheck: 'waits for the role that the server gives',
  rest: 'ends everything that is still running: requests ahead of a join, renewals, listeners, commands that wait',
} as const;

export type Effect = keyof typeof effects;

export interface Step {
  to: NodeName;
  reason?: EndReason;
  do?: readonly Effect[];
}

/** Steps in order: the first whose guards all hold is taken; a list without a last resort may take none. */
export type Branch = Step & { if?: readonly Guard[] };
export type Cell = Branch | readonly Branch[];

/** How long a node may last, ms; `frame` is an option as well. */
export const times = {
  frame: 30_000,
  app: 8_000,
  join: 20_000,
  conference: 60_000,
  challenge: 1_000,
  rejoin: 50_000,
  part: 500,
  interruption: 45_000,
  leave: 2_000,
} as const;

/** `backOff` grows with every rejoin. */
export type NodeTimer = keyof typeof times | 'backOff';

export interface MachineNode {
  /** How the page sees it. */
  state: MeetingStateName;
  holds: 'nothing' | 'preparation' | 'frame';
  /** With state `reconnecting`. */
  recovery?: Recovery;
  timer?: NodeTimer;
  /** Effects of every step to this node, after those of the step itself. */
  enter?: readonly Effect[];
  /** Effects of every step from this node, before all others. */
  leave?: readonly Effect[];
  /** Every input has an answer: steps, or on purpose nothing. The compiler names a pair that is missing. */
  on: Record<Input, Cell | 'ignored'>;
}
