import type { ErrorCode, ErrorDetail } from '../errors.js';

/**
 * What a failure means for the meeting in the frame:
 * - `refused-connecting`, `refused-joining`: the server said no; nothing comes after it.
 * - `waiting`: the app goes on by itself, or a dialog inside the frame lets the person act (password, lobby, log-in).
 * - `fatal`: this connection is lost; with `isFatal` the app reloads itself 10 to 30 seconds later.
 * - `ended`: the meeting is over, on purpose.
 * - `ignorable`: the meeting goes on.
 */
export type FailureKind = 'refused-connecting' | 'refused-joining' | 'waiting' | 'fatal' | 'ended' | 'ignorable';

/** Why a joined meeting is over. */
export type FailureReason = 'left' | 'kicked' | 'conference-ended' | 'connection-lost' | 'token';

/** What the frame shows while a person waits. */
export type FailureWaitingFor = 'prejoin' | 'lobby' | 'password' | 'sign-in' | 'moderator' | 'start';

export interface Failure {
  code: ErrorCode;
  /** Which of several causes it is, where a visitor should read the difference. */
  detail?: ErrorDetail;
  /** English, for developers. */
  message: string;
  hint: string;
  retryable: boolean;
  /** Why the meeting is over, when it was joined before. */
  reason?: FailureReason;
}

/** The facts that are the same for all failures of one name. */
export type NamedFailure = Failure &
  ({ kind: Exclude<FailureKind, 'waiting'> } | { kind: 'waiting'; waitingFor: FailureWaitingFor });

const failed = { code: 'conference-failed', retryable: true } as const;
const bridge = 'Check that the video bridge runs and that UDP port 10000 reaches it (or TURN is set up).';
const focus = 'Check that Jicofo runs and is connected to Prosody.';
const none = 'Nothing has to be done.';

/** Failures by lib-jitsi-meet's names: the values of `JitsiConferenceErrors` and `JitsiConnectionErrors`. */
export const namedFailures: Readonly<Record<string, NamedFailure>> = {
  'conference.authenticationRequired': {
    ...failed,
    kind: 'waiting',
    waitingFor: 'moderator',
    code: 'token-auth-required',
    message: 'The room does not exist yet, and only somebody who is signed in may open it.',
    hint: 'The app asks again every five seconds; join with a token of somebody who may open rooms.',
  },
  'conference.chatError': { ...failed, kind: 'ignorable', message: 'A chat message could not be sent.', hint: none },
  'conference.connectionError': {
    ...failed,
    kind: 'fatal',
    message: 'The room could not be joined.',
    hint: 'Look at the logs of Prosody and Jicofo.',
  },
  'conference.connectionError.accessDenied': {
    ...failed,
    kind: 'refused-joining',
    detail: 'turned-away',
    message: 'A moderator turned the person away in the lobby.',
    hint: 'Ask a moderator.',
  },
  'conference.connectionError.membersOnly': {
    ...failed,
    kind: 'waiting',
    waitingFor: 'lobby',
    message: 'The room has a lobby, or waits for its host.',
    hint: 'A moderator lets the person in; a token with the right affiliation goes past the lobby.',
  },
  'conference.connectionError.notAllowed': {
    ...failed,
    kind: 'refused-joining',
    retryable: false,
    message: 'The server refused to let the person into the room.',
    hint: 'Look at the log of Prosody.',
  },
  'conference.destroyed': {
    ...failed,
    kind: 'ended',
    reason: 'conference-ended',
    message: 'The meeting was ended for everybody.',
    hint: none,
  },
  'conference.display_name_required': {
    ...failed,
    kind: 'waiting',
    waitingFor: 'prejoin',
    message: 'The room asks for a name.',
    hint: 'Put context.user.name into the token, or set display-name.',
  },
  'conference.focusDisconnected': { ...failed, kind: 'fatal', message: 'Jicofo is not available.', hint: focus },
  'conference.focusLeft': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'Jicofo left the room, or the server restarted.',
    hint: focus,
  },
  'conference.gracefulShutdown': {
    ...failed,
    kind: 'fatal',
    message: 'The deployment is being shut down and takes no new meetings.',
    hint: 'Try again later.',
  },
  'conference.iceFailed': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    detail: 'no-media',
    message: 'No connection for media came about.',
    hint: bridge,
  },
  'conference.incompatible_server_versions': {
    ...failed,
    kind: 'fatal',
    message: 'The app and the server are of different releases.',
    hint: 'The app reloads itself; a cache in front of the deployment may serve old files.',
  },
  'conference.max_users': {
    ...failed,
    kind: 'refused-joining',
    detail: 'room-full',
    message: 'The room is full.',
    hint: 'Try again when somebody has left.',
  },
  'conference.offerAnswerFailed': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    detail: 'no-media',
    message: 'The browser and the video bridge could not agree on media.',
    hint: 'Try again; if it stays, try another browser.',
  },
  'conference.passwordNotSupported': {
    ...failed,
    kind: 'ignorable',
    message: 'The room can not have a password.',
    hint: none,
  },
  'conference.passwordRequired': {
    ...failed,
    kind: 'waiting',
    waitingFor: 'password',
    message: 'The room asks for its password.',
    hint: 'The person types it into the dialog, or the page sets password.',
  },
  'conference.reservationError': {
    ...failed,
    kind: 'refused-joining',
    retryable: false,
    detail: 'turned-away',
    message: 'The reservation system refused the meeting.',
    hint: 'Look at the log of the reservation system.',
  },
  'conference.restarted': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'The meeting moved to another video bridge.',
    hint: 'The app joins again by itself.',
  },
  'conference.settingsError': { ...failed, kind: 'ignorable', message: 'A setting could not be changed.', hint: none },
  'conference.videobridgeNotAvailable': {
    ...failed,
    kind: 'fatal',
    message: 'There is no video bridge to take the meeting.',
    hint: 'Check that a video bridge runs and is known to Jicofo.',
  },
  'connection.conferenceRequestFailed': {
    ...failed,
    kind: 'fatal',
    message: 'The request for the conference had no answer.',
    hint: focus,
  },
  'connection.droppedError': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'The connection to the server was lost.',
    hint: 'Check the network; the app reloads itself.',
  },
  'connection.notLiveError': {
    ...failed,
    kind: 'waiting',
    waitingFor: 'start',
    message: 'The meeting is not live yet.',
    hint: 'The app lets the visitor in when it is.',
  },
  'connection.otherError': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'The connection to the server failed.',
    hint: 'Check that Prosody runs and that the web server passes /xmpp-websocket or /http-bind on to it.',
  },
  'connection.passwordRequired': {
    ...failed,
    kind: 'refused-connecting',
    code: 'token-rejected',
    reason: 'token',
    retryable: false,
    message: 'The server refused the token.',
    hint: 'Run the check of this package over the token, and look at the log of Prosody.',
  },
  'connection.serverError': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'The server answered with errors.',
    hint: 'Look at the logs of the web server and of Prosody.',
  },
  'connection.shardChangedError': {
    ...failed,
    kind: 'fatal',
    reason: 'connection-lost',
    message: 'The meeting moved to another part of the deployment.',
    hint: 'The app joins again by itself.',
  },
};
