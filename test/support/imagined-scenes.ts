// Scenes that were not recorded, put together from the recordings, test/data/real-app/README.md and Jitsi's source:
// the rules that hold for the recorded ones have to hold for these as well.
import type { Scene } from '../../demo/standin/scenes.js';
import {
  asModerator,
  comesBack,
  ends,
  endedForAll,
  fails,
  inMeeting,
  joined,
  noticed,
  opening,
  prejoin,
  rejected,
  reloading,
  seemsLost,
  signIn,
  lobby as inLobby,
  moderator,
  mustSignIn,
  notLive,
  waits,
  type Expectation,
  type Moment,
} from './scene-kinds.js';

type Event = [event: string, payload?: unknown];

const up: Event[] = [['browserSupport', { supported: true }], ['ready'], ['audioMuteStatusChanged', { muted: false }]];
const joins = (id: string, breakoutRoom = false): Event[] => [
  ['videoConferenceJoined', { roomName: 'room1', id, displayName: 'Tess Token', breakoutRoom, visitor: false }],
  ['participantRoleChanged', { id, role: 'participant' }],
  ['participantRoleChanged', { id, role: 'moderator' }],
];
const wasIn: Event[] = [...up, ...joins('11111111')];
const left: Event = ['videoConferenceLeft', { roomName: 'room1' }];
const error = (name: string, more: object = {}): Event => [
  'errorOccurred',
  { error: { name, type: name.startsWith('connection.') ? 'CONNECTION' : 'CONFERENCE', isFatal: false, ...more } },
];
const fatal = (name: string): Event => error(name, { params: [], isFatal: true });
const refusal = (message: string): Event => error('connection.passwordRequired', { message });
const tokenOver = refusal('Not acceptable by exp (66.0 sec since expired, valid for:-60.0 sec)');
const lobby = error('conference.connectionError.membersOnly', { params: ['lobby@x'], recoverable: true });
const lobbyPassed: Moment = ['ready', 'Waiting until someone lets you in…'];
const over: Event[] = [['(>>> token now expired)'], ['(>>> nginx (ws) killed)']];
const kick: Event = [
  'participantKickedOut',
  { kicked: { id: 'local', name: 'Tess', local: true }, kicker: { id: '22222222', name: 'Ann A' } },
];
const serverTrouble = fails('conference-failed', 'It usually passes in a moment. Please try again.');
const joinsFrom = (...moments: Moment[]): Expectation => ({ ...joined, story: [...opening, ...moments, inMeeting] });

const table: [name: string, events: Event[], expectation: Expectation][] = [
  ['lobby-let-in', [...up, lobby, ...joins('1')], joinsFrom(lobbyPassed)],
  [
    'lobby-turned-away',
    [...up, lobby, error('conference.connectionError.accessDenied', { params: ['no'] })],
    {
      ...fails('conference-failed', 'The host declined. Ask the person who invited you.'),
      story: [...waits(lobbyPassed[1]).story, ['failed', 'The host declined. Ask the person who invited you.']],
    },
  ],
  [
    'lobby-hangup',
    [...up, lobby, ['(>>> hangup)'], left, ['readyToClose'], left, ...up],
    {
      ...ends('left', 'You left the meeting'),
      story: [...opening, lobbyPassed, ['ended', 'You left the meeting']],
    },
  ],
  ['visitor-waits-for-the-start', [...up, error('connection.notLiveError')], notLive],
  [
    'room-full',
    [...up, error('conference.max_users', { params: [] })],
    fails('conference-failed', 'We’ll let you in as soon as there’s room.', ['Try again', 'Cancel']),
  ],
  [
    'visitors-before-the-start',
    [...up, error('conference.connectionError.notAllowed', { params: ['no-main-participants', 'x'] })],
    fails('conference-failed', 'We’ll connect you when it does.', ['Try again', 'Cancel']),
  ],
  ['xmpp-down', [...up, fatal('connection.otherError'), left, ...up, fatal('connection.otherError')], serverTrouble],
  ['no-bridge', [...up, fatal('conference.videobridgeNotAvailable')], serverTrouble],
  ['shutting-down', [...up, error('conference.gracefulShutdown', { params: [] })], serverTrouble],
  ['old-release', [...up, error('conference.incompatible_server_versions', { params: [] })], serverTrouble],
  ['tokenAuthUrl-wrong-token', [...up, refusal('Invalid signature')], rejected],
  [
    'sub-is-user',
    [...up, error('conference.connectionError.notAllowed', { params: ['general', 'Room and token mismatched'] })],
    rejected,
  ],
  [
    'signs-in-on-the-way',
    [
      ...up,
      error('connection.passwordRequired', { message: 'token required', recoverable: true }),
      left,
      ...up,
      ...joins('1'),
    ],
    { ...joined, story: [...signIn.story, ['ready', 'Joining…'], inMeeting] },
  ],
  [
    'waits-for-the-host',
    [...up, error('conference.authenticationRequired', { params: [], recoverable: true }), ...joins('1')],
    { ...joined, story: [...moderator.story, inMeeting] },
  ],
  [
    'lobby-waits-for-the-host',
    [
      ...up,
      error('conference.connectionError.membersOnly', { params: ['lobby@x', true], recoverable: true }),
      ['prejoinScreenLoaded', { id: 'local' }],
      ...joins('1'),
    ],
    { ...joined, story: [...moderator.story, inMeeting] },
  ],
  [
    'lobby-and-its-screen-turned-away',
    [
      ...up,
      lobby,
      ['prejoinScreenLoaded', { id: 'local' }],
      error('conference.connectionError.accessDenied', { params: ['no'] }),
    ],
    {
      ...fails('conference-failed', 'The host declined. Ask the person who invited you.'),
      story: [...inLobby.story, ['failed', 'The host declined. Ask the person who invited you.']],
    },
  ],
  [
    'asks-a-guest-no-token',
    [...up, error('connection.passwordRequired', { message: null, recoverable: true })],
    mustSignIn,
  ],
  [
    'prejoin-click-expired',
    [...up, ['prejoinScreenLoaded', { id: 'local' }], ['(>>> click Join)'], tokenOver],
    // A fresh pass is fetched, and a person who clicked Join is in.
    { ...joined, story: [...prejoin.story, ...opening, inMeeting] },
  ],
  ['guest-sees-the-end', [...wasIn, error('conference.destroyed', { params: ['Ended', null] }), left], endedForAll],
  [
    'kicked-then-ok',
    [...wasIn, kick, left, ['(>>> click OK)'], ['readyToClose'], left, ...up],
    ends('kicked', 'If that was a mistake, ask the host.'),
  ],
  ['breakout-room', [...wasIn, left, ...joins('3', true), left, ...joins('4')], asModerator],
  [
    'app-reloads',
    [...wasIn, left, ...up, ...joins('5')],
    { ...asModerator, story: [...joined.story, reloading, inMeeting] },
  ],
  ['app-reloads-and-is-refused', [...wasIn, left, ...up, tokenOver], comesBack],
  ['slept', [...wasIn, ['suspendDetected']], comesBack],
  ['ice-failed', [...wasIn, fatal('conference.iceFailed')], comesBack],
  ['dropped', [...wasIn, fatal('connection.droppedError'), left, ...up], comesBack],
  ['dropped-after-expiry', [...wasIn, ...over.slice(0, 1), fatal('connection.droppedError')], comesBack],
  ['moved-to-another-bridge', [...wasIn, error('conference.restarted', { params: [] }), ...joins('6')], asModerator],
  ['chat-fails', [...wasIn, error('conference.chatError', { params: ['x'] })], asModerator],
  [
    'in-doubt-but-alive',
    [...wasIn, ...over, ['participantJoined', { id: '22222222', displayName: 'Bob B' }]],
    { ...asModerator, story: [...joined.story, seemsLost, inMeeting] },
  ],
  [
    'in-doubt-then-kicked',
    [...wasIn, ...over, kick, left],
    ends('kicked', 'If that was a mistake, ask the host.', seemsLost),
  ],
  [
    'in-doubt-by-data-channel',
    [...wasIn, ...over.slice(0, 1), ['dataChannelClosed', { code: 1006, reason: '' }]],
    noticed,
  ],
  [
    'live-token-data-channel',
    [
      ...wasIn,
      ['dataChannelClosed', { code: 1006, reason: '' }],
      ['peerConnectionFailure', { isP2P: false, wasConnected: true }],
    ],
    asModerator,
  ],
];

/** Half a second apart, as far as a scene tells things apart at all. */
export const imagined: Scene[] = table.map(([name, events]) => ({
  scene: `x-${name}`,
  events: events.map(([event, payload], at) => [at * 150, event, payload]),
}));

export const imaginedExpectations = new Map(table.map(([name, , expectation]) => [`x-${name}`, expectation]));
