/** The terms that `machine.ts` uses for the life of a meeting. */

/** The values of `state`, as a page sees them, and what each means. */
export const states = {
  idle: 'nothing is going on',
  connecting: 'token and script are being fetched, side by side',
  loading: 'the frame is there, and the app in it is not ready yet',
  ready: 'the app is ready, and the visitor has not joined',
  joined: 'the visitor is in the meeting',
  reconnecting:
    'the visitor was in the meeting, and a new frame, a reload of the app or a rejoin is to bring them back',
  leaving: 'the app is hanging up',
  ended: 'the meeting is over for the visitor',
  failed: 'the visitor could not join',
} as const;

export type MeetingStateName = keyof typeof states;

/**
 * Why a meeting ended. `left`: the visitor hung up in the app. `host-left`: this page left, by `leave()`, by removing the
 * element or by hiding React's component; no other person is meant. `kicked`: a moderator removed the visitor.
 * `conference-ended`: it was ended for everybody. `connection-lost`: the connection dropped, and no rejoin succeeded.
 * `token`: no token lets the visitor back in. `page-hidden`: the browser keeps the page for a way back.
 */
export type EndReason =
  'left' | 'host-left' | 'kicked' | 'conference-ended' | 'connection-lost' | 'token' | 'page-hidden';

/**
 * How a lost meeting may come back: not known yet, by the app itself, by the next try after a pause, by a new frame.
 */
export type Recovery = 'in-doubt' | 'by-app' | 'paused' | 'by-frame';

export const inputs = {
  join: 'the page or the person wants to join',
  leave: 'the page wants to leave, with a goodbye of the app',
  remove: 'the element is gone from the page',
  restart: 'domain, room or tenant changed',
  sourceCame: 'there is a source of tokens now, and the meeting began without one',
  hide: 'the page goes into the back/forward cache',
  unload: 'the element was moved, so the browser unloaded its frame',
  offline: 'the device lost its network',
  online: 'the device has its network back',
  prepared: 'token and script are there',
  unprepared: 'token or script failed',
  frameLoaded: 'the iframe has loaded a page, which may be any page',
  appReady: 'the app in the frame says that it is ready',
  appWaiting: 'the app shows prejoin, lobby, password or sign-in, or waits for a moderator or the start',
  appAccepted: 'the server took the token, and the app asks for the conference',
  appJoined: 'videoConferenceJoined',
  appLeft: 'videoConferenceLeft',
  appClosed: 'readyToClose',
  kicked: 'participantKickedOut, about this person',
  destroyed: 'the conference was ended for all',
  refused: 'the server refuses, and the app does not try again',
  fatal: 'an error with isFatal: the app is going to reload itself',
  suspect: 'a sign that the connection dropped',
  alive: 'an event that only the server can cause, so that the connection works',
  timeout: 'the node has lasted too long',
} as const;

export type Input = keyof typeof inputs;

/** Conditions of branches; the session answers them at the time of the input. */
export const guards = {
  wasJoined: 'the person was in the meeting before',
  freshTokenMayHelp: 'the token was kept from an earlier request, and no fresh one was tried in its place yet',
  tokenOver: "the frame's token has expired by the server's clock, or by the device's clock, which the app uses",
  guestCannotSignIn: 'no token was sent, and the app asks for a name and a password',
  onPrejoin: 'the person is on the prejoin screen',
  tokenFaultless: 'preflight found nothing in the token that may keep a server from answering',
  triesLeft: 'fewer than 3 automatic rejoins in 5 minutes',
  autoRejoin: 'rejoin="auto", and triesLeft',
  mayTryAgain: 'rejoin="auto", triesLeft, and the error may pass within 5 minutes',
  tokenFailed: 'the token is the cause, or this person gets no token',
} as const;

export type Guard = keyof typeof guards;

/** What happens while a meeting is at a node; `machine` says what comes next. */
export const nodes = {
  idle: 'Nothing is under way.',
  connecting: 'Token and script are being fetched, side by side.',
  loading: 'The frame is there, but its page has not loaded yet.',
  starting:
    "The frame's page has loaded. The app reports within a second, so a longer silence means another page, such as an error page of the web server. `frameTimeout` counts from the moment when the frame was made.",
  joining: 'The app is ready and joins. Some tokens make the server never answer.',
  entering: 'The server took the token. The app asks Jicofo for the conference until that is ready.',
  waiting:
    'The app waits for a person. That may be the visitor (prejoin, password, sign-in) or somebody else (lobby, a moderator who has not come, a meeting that is not live yet).',
  challenged:
    'The app asks a guest for a name and a password, which a server with tokens never takes. Where the deployment has a sign-in page (`tokenAuthUrl`), the app goes there within a moment.',
  joined: 'The person is in the meeting.',
  parting:
    'The app said only `videoConferenceLeft`. What comes within half a second shows whether it hung up or changes rooms.',
  moving: 'The app has left one room and joins another, such as a breakout room. On a slow network that takes seconds.',
  interrupted: 'The app left without a goodbye, or reloads itself. It may come back by itself.',
  'presumed-dead':
    "The frame's token has expired and the connection may have dropped, so the call may be dead without showing it. The person is offered a rejoin, unless an event proves that the connection works.",
  'backing-off': 'The meeting was lost; the next try comes by itself in a while, or when the person asks for it.',
  renewing: 'A fresh token is being fetched for a new frame, which rejoins the meeting.',
  'frame-reloading': 'The new frame is there, but its app has not joined yet.',
  leaving: 'The app says goodbye.',
  restarting: 'The app says goodbye, and the next meeting begins after it.',
  ended:
    'The meeting is over; there is a reason. Nearly always the person was in it. A person who closes the app or leaves the page while joining ends here as well.',
  failed: 'The person did not get into the meeting; there is an error.',
} as const;

export type NodeName = keyof typeof nodes;

/** What a step does besides going from one node to another; `effects.ts` carries it out. */
export const effects = {
  abortPreparation: 'aborts the token request and the script load that are under way',
  endRoleCheck: 'stops waiting for the role that the server gives',
  endDoubt: 'stops waiting for the token to expire after a sign of a dropped connection',
  beginAnew: 'forgets earlier joins, rejoins and fresh tokens, so that the next meeting has all its tries',
  forgetUnlessLost:
    'forgets the commands and what the person chose in the last frame, unless the connection to that meeting was lost',
  dropCommands: 'drops the commands that wait for the app',
  noteFreshToken: 'remembers that a fresh token is tried in place of one that was refused',
  handOver:
    'keeps the commands that were sent into a frame which did not get in, and what the person chose there, for the next frame',
  spendTry: 'counts one automatic rejoin',
  hangUp: 'tells the app to hang up',
  disposeFrame: 'removes the frame, if there is one',
  watchPage: 'listens to the page and the device, unless it does already',
  prepare: 'fetches token and script for a join',
  prepareAgain: 'fetches token and script for a rejoin',
  startDeadline: 'starts the time in which the app has to be ready',
  noteJoined: 'remembers that the person was in the meeting',
  startRoleCheck: 'waits for the role that the server gives',
  rest: 'ends everything that is still running: requests ahead of a join, renewals, listeners, waiting commands',
} as const;

export type Effect = keyof typeof effects;

export interface Step {
  to: NodeName;
  reason?: EndReason;
  do?: readonly Effect[];
}

/** Steps in order: the first whose guards all hold is taken. If none of them do, the input changes nothing. */
export type Branch = Step & { if?: readonly Guard[] };
export type Cell = Branch | readonly Branch[];

/** How long a node may last, ms; the option `frameTimeout` replaces `frame`. */
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
  /** The state that the page sees. */
  state: MeetingStateName;
  holds: 'nothing' | 'preparation' | 'frame';
  /** Only with state `reconnecting`. */
  recovery?: Recovery;
  timer?: NodeTimer;
  /** Effects of every step to this node, after those of the step itself. */
  enter?: readonly Effect[];
  /** Effects of every step from this node, before all others. */
  leave?: readonly Effect[];
  /** Every input has an answer: steps, or `ignored` on purpose. The compiler names a missing input. */
  on: Record<Input, Cell | 'ignored'>;
}
