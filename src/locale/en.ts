import type { ErrorCode, ErrorDetail } from '../errors.js';

/** What a visitor reads when something failed: what happened, and what they can do. */
const errors: Record<ErrorCode | ErrorDetail, string> = {
  'config-invalid': 'This meeting is not set up correctly. Please tell whoever runs this page.',
  'insecure-context': 'Your browser allows camera and microphone on secure pages only. Open this page with https.',
  'token-network': 'Your pass for this meeting could not be fetched. Check your connection and try again.',
  'token-timeout': 'Fetching your pass for this meeting takes too long. Try again in a moment.',
  'token-auth-required': 'Please sign in to join this meeting.',
  'token-forbidden': 'You are not allowed into this meeting. Ask whoever invited you.',
  'token-rate-limited': 'Too many attempts just now. Wait a minute and try again.',
  'token-server': 'The service that issues passes for this meeting has a problem. Try again in a few minutes.',
  'token-endpoint-invalid':
    'The service that issues passes for this meeting was not found. Please tell whoever runs this page.',
  'token-response-invalid':
    'The service that issues passes for this meeting gave none. Please tell whoever runs this page.',
  'token-malformed': 'Your pass for this meeting is damaged. Please tell whoever runs this page.',
  'token-expired': 'Your pass for this meeting has expired. Try again to get a new one.',
  'token-not-yet-valid':
    'Your pass for this meeting is not valid yet. If the meeting has begun, check the clock of your device.',
  'token-rejected': 'The meeting server does not accept your pass. Please tell whoever runs this page.',
  'other-room': 'Your pass is for another room. Ask whoever invited you for access to this one.',
  'script-load': 'The meeting server could not be reached. Check your connection and try again.',
  'script-timeout': 'The meeting server does not answer. Try again in a moment.',
  'script-invalid':
    'The meeting server answered with something else than a meeting. Please tell whoever runs this page.',
  'iframe-timeout': 'The meeting does not start here. Try again, or open it in a new tab.',
  'join-timeout': 'The meeting server did not let you in and gave no reason. Try again, or ask whoever invited you.',
  'conference-failed': 'The meeting server has a problem. Try again in a moment.',
  'room-full': 'The meeting is full. Try again when someone has left.',
  'turned-away': 'You were not let into the meeting. Ask whoever invited you.',
  'not-begun': 'The meeting has not begun yet. Try again in a moment.',
  'no-media': 'Sound and video do not get through from here. Try another network.',
  aborted: 'You left before the meeting began.',
};

/** English: the words a visitor reads. `{...}` is filled in. A page replaces single sentences by `messages`. */
export const en = {
  ...errors,
  placeholder: 'Meeting “{room}”',
  join: 'Join the meeting',
  offline: 'You seem to be offline. The meeting goes on as soon as you are back.',
  connecting: 'Getting your pass for the meeting…',
  loading: 'Opening the meeting…',
  ready: 'Joining…',
  'ready-prejoin': 'Choose your camera and microphone, then join.',
  'ready-lobby': 'Waiting until someone lets you in…',
  'ready-password': 'This meeting asks for its password.',
  'ready-sign-in': 'The meeting server asks you to sign in.',
  joined: 'You are in the meeting.',
  reconnecting: 'The connection was lost. Getting you back in…',
  'reconnecting-by-app': 'Getting you back into the meeting…',
  'reconnecting-in-doubt': 'The connection to the meeting seems to be lost.',
  leaving: 'Leaving…',
  'ended-left': 'You left the meeting.',
  'ended-host-left': 'The meeting was closed.',
  'ended-kicked': 'A moderator removed you from the meeting.',
  'ended-conference-ended': 'The meeting was ended for everyone.',
  'ended-connection-lost': 'The connection to the meeting was lost.',
  'ended-token': 'Your access to the meeting is over.',
  'ended-page-hidden': 'The meeting was closed while this page was away.',
  rejoin: 'Rejoin',
  close: 'Close',
  retry: 'Try again',
  'sign-in': 'Sign in',
  'open-tab': 'Open in a new tab',
  'frame-title': 'Video meeting “{room}”',
  status: 'Your pass for the meeting',
  'role-moderator': 'Moderator',
  'role-participant': 'Participant',
  'role-visitor': 'Visitor',
  'role-unknown': 'Guest',
  'role-asked-moderator': 'Asks to be moderator',
  'role-asked-participant': 'Asks to be participant',
  'role-asked-visitor': 'Asks to be visitor',
  features: 'Rights: {features}',
  'features-default': 'Rights: as the server sets them',
  'features-none': 'No extra rights',
  'expires-in': 'Pass ends in {time}',
  'expires-never': 'Pass without an end',
  expired: 'Pass ended',
  'expired-joined': 'Pass ended: you can stay; coming back takes a new one',
  'no-token': 'No pass',
  'no-token-yet': 'No pass yet',
  'no-token-used': 'No pass in use',
  'camera-permission':
    'Your camera is blocked for this page. Allow it in your browser, then turn it on in the meeting.',
  'camera-policy': 'This page does not pass your camera on to the meeting. Please tell whoever runs this page.',
  'camera-not-found': 'No camera was found. Plug one in, then turn it on in the meeting.',
  'camera-not-starting':
    'Your camera does not start. Close other programs that use it, then turn it on in the meeting.',
  'microphone-permission':
    'Your microphone is blocked for this page. Allow it in your browser, then turn it on in the meeting.',
  'microphone-policy': 'This page does not pass your microphone on to the meeting. Please tell whoever runs this page.',
  'microphone-not-found': 'No microphone was found. Plug one in, then turn it on in the meeting.',
  'microphone-not-starting':
    'Your microphone does not start. Close other programs that use it, then turn it on in the meeting.',
  'embed-limited': 'meet.jit.si ends embedded meetings after five minutes.',
  'role-differs':
    'Your pass asks for moderator, but the meeting server did not make you one. Please tell whoever runs this page.',
} satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;
