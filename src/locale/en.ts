import type { ErrorCode } from '../errors.js';

/** What a visitor reads when something failed: what happened, and what they can do. */
const errors: Record<ErrorCode, string> = {
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
  'token-rejected': 'The meeting server does not accept your pass. Ask whoever invited you for access to this room.',
  'script-load': 'The meeting server could not be reached. Check your connection and try again.',
  'script-timeout': 'The meeting server does not answer. Try again in a moment.',
  'script-invalid':
    'The meeting server answered with something else than a meeting. Please tell whoever runs this page.',
  'iframe-timeout': 'The meeting does not start here. Try again, or open it in a new tab.',
  'join-timeout': 'The meeting server did not let you in and gave no reason. Try again, or ask whoever invited you.',
  'conference-failed': 'The meeting server has a problem. Try again in a moment.',
  aborted: 'You left before the meeting began.',
};

/** English: the words a visitor reads. `{...}` is filled in. A page replaces single sentences by `messages`. */
export const en = {
  ...errors,
  placeholder: 'Meeting “{room}”',
  join: 'Join the meeting',
  connecting: 'Getting your pass for the meeting…',
  loading: 'Opening the meeting…',
  ready: 'Joining…',
  'ready-prejoin': 'Choose your camera and microphone, then join.',
  'ready-lobby': 'Waiting until someone lets you in…',
  'ready-password': 'This meeting asks for its password.',
  'ready-sign-in': 'The meeting server asks you to sign in.',
  joined: 'You are in the meeting.',
  reconnecting: 'The connection was lost. Getting you back in…',
  'reconnecting-doubtful': 'The connection to the meeting seems to be lost.',
  leaving: 'Leaving…',
  'ended-left': 'You left the meeting.',
  'ended-host-left': 'The meeting was closed.',
  'ended-kicked': 'A moderator removed you from the meeting.',
  'ended-conference-ended': 'The meeting was ended for everyone.',
  'ended-connection-lost': 'The connection to the meeting was lost.',
  'ended-token': 'Your access to the meeting is over.',
  'ended-page-hidden': 'The meeting was closed while this page was away.',
  rejoin: 'Rejoin',
  dismiss: 'Close',
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
  'media-camera': 'Your camera can’t be used here. Allow it for this page in your browser, then rejoin.',
  'media-microphone': 'Your microphone can’t be used here. Allow it for this page in your browser, then rejoin.',
  'embed-limited': 'meet.jit.si ends embedded meetings after five minutes.',
  'role-differs': 'You asked to be moderator, but the server made you a participant.',
} satisfies Record<string, string>;

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;
