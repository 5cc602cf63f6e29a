import type { ErrorCode, ErrorDetail } from '../errors.js';
import { enFirst } from './en-first.js';

type Failure = ErrorCode | ErrorDetail;

/** What a visitor reads when something failed: what happened, and what they can do. */
const failures: Omit<Record<Failure | `${Failure}-title`, string>, keyof typeof enFirst> = {
  'config-invalid-title': 'This meeting isn’t set up correctly',
  'config-invalid': 'It’s not something you can fix. Please let the people who run this site know.',
  'insecure-context-title': 'This page isn’t secure',
  'insecure-context': 'Browsers allow camera and microphone on secure pages only.',
  'page-policy-title': 'This page doesn’t allow the meeting',
  'page-policy': 'It’s not something you can fix. Please let the people who run this site know.',
  'token-network-title': 'We can’t reach this site',
  'token-network': 'Check your internet, then try again.',
  'token-timeout-title': 'This is taking too long',
  'token-timeout': 'We couldn’t check your access in time. Please try again.',
  'token-auth-required-title': 'Sign in to join',
  'token-auth-required': 'This meeting is open to people who are signed in.',
  'token-forbidden-title': 'You don’t have access to this meeting',
  'token-forbidden': 'Ask the person who invited you.',
  'token-rate-limited-title': 'Please wait a moment',
  'token-rate-limited': 'Many people are joining. Please try again in a minute.',
  'token-server-title': 'We can’t check your access right now',
  'token-server': 'It’s a problem on our side and usually passes in a few minutes.',
  'token-endpoint-invalid-title': 'This meeting can’t be opened',
  'token-endpoint-invalid':
    'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
  'token-response-invalid-title': 'This meeting can’t be opened',
  'token-response-invalid':
    'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
  'token-malformed-title': 'This meeting can’t be opened',
  'token-malformed':
    'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
  'token-rejected-title': 'This meeting can’t be opened',
  'token-rejected':
    'Something is wrong on this site, not with you. Please let the site know and mention the code below.',
  'token-expired-title': 'Your access has ended',
  'token-expired': 'Try again to renew it.',
  'only-page-title': 'Your access has ended',
  'only-page': 'Ask for a new invitation or reload this page.',
  'token-not-yet-valid-title': 'It’s too early',
  'token-not-yet-valid': 'The meeting hasn’t opened yet. If it should have, check the time on your device.',
  'other-room-title': 'This is a different meeting',
  'other-room': 'Your invitation is for another one. Ask for access to this one.',
  'script-timeout-title': 'We can’t reach the meeting',
  'script-timeout': 'Check your internet, then try again.',
  'script-invalid-title': 'This meeting can’t be opened',
  'script-invalid': 'Something is wrong with the meeting server, not with you. Please let the site know.',
  'iframe-timeout-title': 'The meeting isn’t starting',
  'iframe-timeout': 'Try again, or open it in a new tab.',
  'join-timeout-title': 'You couldn’t join',
  'join-timeout': 'The meeting didn’t let you in and didn’t say why. Try again, or ask the person who invited you.',
  'conference-failed-title': 'The meeting has a problem',
  'conference-failed': 'It usually passes in a moment. Please try again.',
  'room-full-title': 'The meeting is full',
  'room-full': 'We’ll let you in as soon as there’s room.',
  'not-begun-title': 'The meeting hasn’t started',
  'not-begun': 'We’ll connect you when it does.',
  'turned-away-title': 'You weren’t let in',
  'turned-away': 'The host declined. Ask the person who invited you.',
  'no-media-title': 'No sound or video',
  'no-media': 'This network blocks them. Try another one, such as your phone’s.',
  'aborted-title': 'You left',
  aborted: 'Join again?',
};

/**
 * English: the words a visitor reads. `KEY-title` is the heading of a screen and `KEY` its sentence; where only one of them
 * is there, it is the heading. `{...}` is filled in; `{time}` is a time of day or a duration, written in the language.
 */
export const en = {
  ...enFirst,
  ...failures,
  // Of failures, where more is known
  'wrong-account': 'Signed in with the wrong account?',
  'token-rate-limited-in': 'Many people are joining. You can try again {time}.',
  'token-not-yet-valid-from': 'You can join from {time}. If it’s later than that, check the time on your device.',

  // Before and on the way in
  ready: 'Joining…',
  'ready-prejoin': 'Choose your camera and microphone, then join.',
  'ready-lobby': 'Waiting until someone lets you in…',
  'ready-password': 'This meeting asks for its password.',
  'ready-sign-in': 'The meeting server asks you to sign in.',
  'ready-moderator': 'Waiting for a moderator to start the meeting…',
  'ready-start': 'The meeting hasn’t started. You can wait here.',

  // In and after it
  joined: 'You are in the meeting.',
  'reconnecting-title': 'The connection was lost',
  reconnecting: 'Getting you back in…',
  'reconnecting-by-app': 'Getting you back in…',
  'reconnecting-in-doubt': 'Your connection seems unstable. Rejoin if you can’t hear anyone.',
  'ended-left-title': 'You left the meeting',
  'ended-host-left-title': 'You left the meeting',
  'ended-kicked-title': 'You were removed from the meeting',
  'ended-kicked': 'If that was a mistake, ask the host.',
  'ended-conference-ended-title': 'The meeting was ended for everyone',
  'ended-connection-lost-title': 'The connection was lost',
  'ended-connection-lost': 'Check your internet, then rejoin.',
  'ended-token-title': 'Your access has ended',
  'ended-token': 'Rejoin to renew it.',
  'ended-page-hidden-title': 'The meeting was paused',
  'ended-page-hidden': 'You left this page. Rejoin to go on.',

  // Actions and what goes on by itself
  rejoin: 'Rejoin',
  'ask-to-rejoin': 'Ask to rejoin',
  'tries-again-in': 'Trying again {time}',
  'tries-again-at': 'Trying again at {time}',
  'tries-again': 'Trying again…',
  'sign-in': 'Sign in',
  'signed-in': 'I’ve signed in',
  'switch-account': 'Switch account',
  'open-secure': 'Open the secure page',
  'contact-support': 'Contact support',
  close: 'Close',
  details: 'Details for support',
  'details-code': 'Code',
  'details-status': 'HTTP status',
  'details-time': 'Time',
  'details-room': 'Meeting',
  'details-server': 'Meeting server',
  'details-version': 'Version',
  copy: 'Copy',
  copied: 'Copied',

  // Names for screen readers
  status: 'Your access to the meeting',

  // The bar
  'role-moderator': 'Moderator',
  'role-participant': 'Participant',
  'role-visitor': 'Visitor',
  'role-unknown': 'Guest',
  'role-asked-moderator': 'Joining as moderator',
  'role-asked-participant': 'Joining as participant',
  'role-asked-visitor': 'Joining as visitor',
  'access-until': 'Access until {time}',
  'access-ends-in': 'Access ends {time}',
  'access-unlimited': 'Access without a time limit',
  'access-renews': 'renews by itself',
  'access-renewing': 'Renewing your access…',
  'access-not-renewed': 'Your access couldn’t be renewed.',
  'access-checking': 'Checking your access…',
  expired: 'Your access has ended',
  'expired-joined': 'Your access has ended. You can stay, but not rejoin once you leave.',
  rights: 'What you can do',
  features: 'You can {features}.',
  'features-default': 'The meeting server decides.',
  'features-none': 'Nothing beyond talking, listening and watching.',
  // Verbs that follow "You can": list formatted by Intl.ListFormat
  'feature-recording': 'record',
  'feature-livestreaming': 'live-stream',
  'feature-transcription': 'transcribe',
  'feature-live-translation': 'translate live',
  'feature-screen-sharing': 'share your screen',
  'feature-outbound-call': 'call phones',
  'feature-inbound-call': 'take calls from phones',
  'feature-sip-outbound-call': 'call rooms and devices',
  'feature-sip-inbound-call': 'take calls from rooms and devices',
  'feature-file-upload': 'share files',
  'feature-create-polls': 'start polls',
  'feature-send-groupchat': 'write to everyone',
  'feature-send-private-message': 'write to one person',
  'feature-list-visitors': 'see the visitors',
  'feature-lobby': 'manage the lobby',
  'feature-moderation': 'moderate',
  'feature-branding': 'change the look',
  'feature-calendar': 'use the calendar',
  'feature-room': 'manage rooms',
  'feature-flip': 'move the meeting to another device',

  // Notices over a running meeting
  'camera-permission': 'Your camera is blocked for this page.',
  'camera-policy': 'This page doesn’t let the meeting use your camera.',
  'camera-not-found': 'No camera was found. Plug one in, then turn it on.',
  'camera-not-starting': 'Your camera won’t start. Another app may be using it.',
  'microphone-permission': 'Your microphone is blocked for this page.',
  'microphone-policy': 'This page doesn’t let the meeting use your microphone.',
  'microphone-not-found': 'No microphone was found. Plug one in, then turn it on.',
  'microphone-not-starting': 'Your microphone won’t start. Another app may be using it.',
  'both-permission': 'Your camera and microphone are blocked for this page.',
  'both-policy': 'This page doesn’t let the meeting use your camera and microphone.',
  'both-not-found': 'No camera and no microphone were found. Plug them in, then turn them on.',
  'both-not-starting': 'Your camera and microphone won’t start. Another app may be using them.',
  'allow-chromium': 'Allow it by the icon at the left of the address, then turn it on.',
  'allow-firefox': 'Allow it by the icon at the left of the address, then turn it on.',
  'allow-safari': 'Allow it in the menu Safari, “Settings for this website”, then turn it on.',
  'allow-other': 'Allow it in your browser’s settings for this page, then turn it on.',
  'embed-limited': 'This meeting will end after five minutes: meet.jit.si limits embedded meetings.',
  'role-differs': 'You should be a moderator here, but the meeting hasn’t made you one. Please let the site know.',
} satisfies Record<string, string>;

/** Key of a sentence. */
export type MessageKey = keyof typeof en;
/** All sentences of a language, by key. */
export type Messages = Record<MessageKey, string>;
/** What a screen stands for: it has a heading, a sentence, or both. */
export type ScreenKey =
  MessageKey | (MessageKey extends infer Key ? (Key extends `${infer Base}-title` ? Base : never) : never);

export default en;
