import type { TemplateResult } from 'lit/html.js';
import type { ErrorCode, ErrorDetail } from '../../errors.js';
import type { MessageKey } from '../../locale/en.js';
import { page } from '../../jitsi/page.js';
import { clockTime, fromNow } from '../../locale/format.js';
import { wordsFor } from '../../locale/screen-words.js';
import type { EndReason } from '../../session/machine-types.js';
import { safeSignInUrl } from '../../token/sign-in-url.js';
import { details } from './details.js';
import { drawScreen, type FullScreen } from './draw.js';
import { alertIcon, offlineIcon, type Icon } from './icons.js';
import {
  checkIcon,
  clockIcon,
  doorIcon,
  leaveIcon,
  lockIcon,
  mutedIcon,
  noEntryIcon,
  pauseIcon,
  peopleIcon,
} from './more-icons.js';
import type { Action, Tone } from './screen.js';
import { stateKey, type ScreenView } from './view.js';

type ActionName =
  | 'retry'
  | 'join'
  | 'rejoin'
  | 'ask-to-rejoin'
  | 'sign-in'
  | 'signed-in'
  | 'switch-account'
  | 'open-tab'
  | 'open-secure';

interface Row {
  tone: Tone;
  icon: Icon;
  /** In order; those that can't help here are left out. */
  actions: readonly ActionName[];
}

const siteFault: Row = { tone: 'error', icon: alertIcon, actions: ['retry'] };
const unreachable: Row = { tone: 'error', icon: offlineIcon, actions: ['retry', 'open-tab'] };

/** How each failure looks, and what can be done about it. When a try comes by itself is in `tries.ts`. */
const failures: Record<ErrorCode | ErrorDetail, Row> = {
  'config-invalid': siteFault,
  'insecure-context': { tone: 'notice', icon: lockIcon, actions: ['open-secure'] },
  'page-policy': siteFault,
  'token-network': unreachable,
  'token-timeout': { tone: 'error', icon: clockIcon, actions: ['retry'] },
  'token-auth-required': { tone: 'neutral', icon: lockIcon, actions: ['sign-in', 'signed-in'] },
  'token-forbidden': { tone: 'notice', icon: noEntryIcon, actions: ['switch-account'] },
  'token-rate-limited': { tone: 'wait', icon: clockIcon, actions: ['retry'] },
  'token-server': siteFault,
  'token-endpoint-invalid': siteFault,
  'token-response-invalid': siteFault,
  'token-malformed': siteFault,
  'token-rejected': siteFault,
  'token-expired': { tone: 'notice', icon: clockIcon, actions: ['retry'] },
  'only-page': { tone: 'notice', icon: clockIcon, actions: [] },
  'token-not-yet-valid': { tone: 'wait', icon: clockIcon, actions: ['retry'] },
  'other-room': { tone: 'notice', icon: doorIcon, actions: [] },
  'script-load': unreachable,
  'script-timeout': unreachable,
  'script-invalid': siteFault,
  'iframe-timeout': { ...siteFault, actions: ['retry', 'open-tab'] },
  'join-timeout': siteFault,
  'conference-failed': siteFault,
  'room-full': { tone: 'wait', icon: peopleIcon, actions: ['retry'] },
  'not-begun': { tone: 'wait', icon: clockIcon, actions: ['retry'] },
  'turned-away': { tone: 'notice', icon: noEntryIcon, actions: ['retry'] },
  'no-media': { tone: 'error', icon: mutedIcon, actions: ['retry'] },
  aborted: { tone: 'neutral', icon: leaveIcon, actions: ['join'] },
};

const ends: Record<EndReason, Row> = {
  left: { tone: 'neutral', icon: leaveIcon, actions: ['rejoin'] },
  'host-left': { tone: 'neutral', icon: leaveIcon, actions: ['rejoin'] },
  kicked: { tone: 'notice', icon: noEntryIcon, actions: ['ask-to-rejoin'] },
  'conference-ended': { tone: 'neutral', icon: checkIcon, actions: ['rejoin'] },
  'connection-lost': { tone: 'notice', icon: offlineIcon, actions: ['rejoin'] },
  token: { tone: 'notice', icon: clockIcon, actions: ['sign-in', 'rejoin'] },
  'page-hidden': { tone: 'neutral', icon: pauseIcon, actions: ['rejoin'] },
};

/** Of these a try helps less than something else, or comes by itself: it isn't the main action. */
const quiet = new Set<ActionName>(['ask-to-rejoin', 'signed-in', 'switch-account']);

/** What is over: the meeting, or the attempt to join it. */
export function drawOver(view: ScreenView): TemplateResult {
  const { state, error, reason, say } = view;
  const key = stateKey(view);
  const row =
    state === 'ended' ? ends[reason ?? 'left'] : failures[error?.detail ?? error?.code ?? 'conference-failed'];
  const { title, text } = wordsFor(key);
  return drawScreen(view, {
    panel: state === 'ended' ? 'ended' : 'error',
    tone: row.tone,
    icon: row.icon,
    title: say(title ?? text!),
    text: title && text && textOf(view, text),
    note: noteOf(view),
    actions: actionsOf(view, row),
    ...(error && { details: details(view, error) }),
  });
}

function textOf(view: ScreenView, key: MessageKey): string {
  const { say, tag, now, failedAt, nextTry = failedAt + (view.error?.retryAfter ?? NaN), validFrom } = view;
  if (key === 'token-rate-limited' && nextTry > now && nextTry < Infinity)
    return say('token-rate-limited-in', { time: fromNow((nextTry - now) / 1000, tag) });
  if (key === 'token-not-yet-valid' && validFrom !== undefined && validFrom > now)
    return say('token-not-yet-valid-from', { time: clockTime(new Date(validFrom), tag, new Date(now)) });
  if (key === 'token-forbidden' && signInUrlOf(view)) return `${say(key)} ${say('wrong-account')}`;
  return say(key);
}

function noteOf({ say, tag, now, nextTry, isTrying, error }: ScreenView): string | undefined {
  if (isTrying) return say('tries-again');
  // Its own sentence says when.
  if (nextTry === undefined || error?.code === 'token-rate-limited') return undefined;
  const left = (nextTry - now) / 1000;
  if (left < 3_600) return say('tries-again-in', { time: fromNow(left, tag) });
  return say('tries-again-at', { time: clockTime(new Date(nextTry), tag, new Date(now)) });
}

function actionsOf(view: ScreenView, { actions }: Row): FullScreen['actions'] {
  const { isTrying, nextTry, supportUrl, leave, error } = view;
  const all: (Action | undefined)[] = actions.map((name) => (isTrying ? undefined : actionOf(view, name)));
  all.push(isTrying || nextTry !== undefined ? { key: 'cancel', press: leave, quiet: true } : undefined);
  if (supportUrl && error)
    all.push({ key: 'contact-support', href: supportUrl, target: '_blank', quiet: all.some(Boolean) });
  return all;
}

function actionOf(view: ScreenView, name: ActionName): Action | undefined {
  const { error, join } = view;
  const signInUrl = signInUrlOf(view);
  const press: Action = { key: name, press: join, quiet: quiet.has(name) };
  const leads = (href: string | undefined, target?: '_top' | '_blank'): Action | undefined =>
    href === undefined ? undefined : { key: name, href, quiet: quiet.has(name), ...(target && { target }) };
  switch (name) {
    case 'retry':
      // The wait is the main thing where the next try comes by itself.
      return error?.retryable ? { ...press, quiet: view.nextTry !== undefined } : undefined;
    case 'rejoin':
      return error?.detail === 'only-page' ? undefined : press;
    case 'sign-in':
      return error?.code === 'token-auth-required' ? leads(signInUrl, '_top') : undefined;
    case 'signed-in':
      return error?.status === 401 ? press : undefined;
    case 'switch-account':
      return leads(signInUrl, '_top');
    case 'open-tab':
      return leads(view.meetingUrl, '_blank');
    case 'open-secure':
      return leads(secureAddress());
    default:
      return press;
  }
}

/**
 * That of the answer, else the page's. The one of an endpoint has been checked, and may be of its origin; code of the page
 * may throw any.
 */
function signInUrlOf({ error, signInUrl }: ScreenView): string | undefined {
  const given = error?.signInUrl;
  return safeSignInUrl(given, page.baseURI) ?? safeSignInUrl(given, given) ?? signInUrl;
}

/** This page by https, where it came by http. */
function secureAddress(): string | undefined {
  const { protocol, href } = location;
  return protocol === 'http:' ? href.replace(/^http:/, 'https:') : undefined;
}
