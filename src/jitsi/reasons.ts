import { serverTexts, type ServerText } from '../server-texts.js';
import type { JitsiError, JitsiEventName, JitsiEvents } from './events.js';
import { namedFailures, type Failure, type NamedFailure } from './reasons-names.js';

/** What a failure is, for developers; a visitor's sentence goes by `code`. */
export type FailureExplanation = NamedFailure & {
  /** The server's own words, entities decoded. Written by others: show them as text only. */
  serverText?: string;
};

const longestText = 300;

const entities: Readonly<Record<string, string>> = { amp: '&', apos: "'", gt: '>', lt: '<', quot: '"' };

/** Decodes the five entities of XML and numeric ones, once: `&apos;` is `'`, `&amp;lt;` is `&lt;`. */
export function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|apos|gt|lt|quot));/gi, (entity, hex, decimal, name) => {
    if (name) return entities[name.toLowerCase()] ?? entity;
    const codePoint = hex ? parseInt(hex, 16) : Number(decimal);
    return codePoint > 0 && codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
  });
}

function readText(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  return decodeEntities(value).slice(0, longestText);
}

/** Refusals to join that have a type of their own (lib-jitsi-meet's `AUTH_ERROR_TYPES`). */
const refusalTypes: Readonly<Record<string, Partial<Failure>>> = {
  'authentication-required': {
    code: 'token-auth-required',
    message: 'The room lets nobody in who is not signed in.',
    hint: 'Join with a token.',
  },
  'no-main-participants': {
    code: 'conference-failed',
    detail: 'not-begun',
    message: 'Visitors can only join when somebody is in the meeting.',
    hint: 'Try again when the meeting has begun.',
    retryable: true,
  },
  'no-visitors-lobby': {
    detail: 'turned-away',
    message: 'Visitors can not wait in the lobby.',
    hint: 'Switch the lobby or visitors off.',
  },
  'promotion-not-allowed': {
    detail: 'turned-away',
    message: 'Visitors may not become participants here.',
    hint: 'Ask a moderator.',
  },
  'room-creation-restriction': {
    code: 'conference-failed',
    detail: 'not-begun',
    message: 'The room was joined before it was opened.',
    hint: 'Try again in some seconds; if it stays, Jicofo does not open rooms for this person.',
    retryable: true,
  },
};

function explainRefusal(error: JitsiError, failure: NamedFailure): FailureExplanation {
  const joining = error.name === 'conference.connectionError.notAllowed';
  const [type, words] = error.params ?? [];
  const byType = joining && Object.hasOwn(refusalTypes, String(type)) ? refusalTypes[String(type)] : undefined;
  const text = readText(joining ? words : error.message);
  const said: ServerText | undefined = byType
    ? undefined
    : serverTexts.find(({ pattern }) => text !== undefined && pattern.test(text));
  const { code, hint } = said ?? {};
  const known = code !== undefined && hint !== undefined && { code, hint };
  const turnedAway: Partial<Failure> = joining && !byType && !known ? { detail: 'turned-away' } : {};
  const explained = { ...failure, ...byType, ...turnedAway };
  if (text !== undefined && !byType) explained.message = failure.message.replace(/\.$/, `: ${text}`);
  if (!known) return withText(explained, text);
  const retryable = known.code === 'token-expired' || known.code === 'token-not-yet-valid';
  return withText({ ...explained, ...known, retryable }, text);
}

function withText(failure: NamedFailure, serverText: string | undefined): FailureExplanation {
  return serverText === undefined ? failure : { ...failure, serverText };
}

function explainUnknown(error: JitsiError): FailureExplanation {
  const text = readText(error.message);
  if (/time_?limit/i.test(error.name)) {
    const message = 'The meeting used up the time that the deployment allows.';
    const hint = "Look at the deployment's time limit.";
    return { kind: 'ended', code: 'conference-failed', reason: 'conference-ended', retryable: false, message, hint };
  }
  const config = error.type === 'CONFIG';
  const what = config ? "The app could not load the deployment's configuration" : 'The app reported a failure';
  const message = `${what} (${[error.name, text].filter(Boolean).join(': ')}).`;
  const hint = config
    ? 'Check that https://DOMAIN/config.js can be loaded.'
    : "Look at the browser's console inside the frame.";
  return withText({ kind: 'fatal', code: 'conference-failed', retryable: true, message, hint }, text);
}

/** A room that waits for its host keeps people in a special lobby, and says so with the refusal. */
function lobbyKind(failure: NamedFailure, { params }: JitsiError): NamedFailure {
  return params?.[1] === true ? { ...failure, kind: 'waiting', waitingFor: 'moderator' } : failure;
}

/** A failure with a dialog in the frame is a question to the person; only its name shows which one. */
function waiting(explained: FailureExplanation): FailureExplanation {
  return explained.kind === 'waiting' ? explained : { ...explained, kind: 'waiting', waitingFor: 'sign-in' };
}

/**
 * Says what a failure of Jitsi's means: which of our errors it is, what happens to the meeting, what to do. Pure.
 * Names: lib-jitsi-meet's `JitsiConferenceErrors` and `JitsiConnectionErrors`; an unknown one keeps Jitsi's own text.
 * @param error `error` of the event `errorOccurred`.
 */
export function explainError(error: JitsiError): FailureExplanation {
  // The frame may send anything, and a listener that throws would keep the event from the listeners after it.
  if (typeof error?.name !== 'string') return explainUnknown({ name: 'without a name' });
  const failure = Object.hasOwn(namedFailures, error.name) ? namedFailures[error.name] : undefined;
  const explained = !failure
    ? explainUnknown(error)
    : error.name === 'connection.passwordRequired' || error.name === 'conference.connectionError.notAllowed'
      ? explainRefusal(error, failure)
      : error.name === 'conference.connectionError.membersOnly'
        ? lobbyKind(failure, error)
        : withText(failure, readText(error.message) ?? readText(error.params?.[0]));
  return error.recoverable === true ? waiting(explained) : explained;
}

/** Says the same about every event that reports a failure or an end; `undefined` for other events. */
export function explainEvent<Name extends JitsiEventName>(
  name: Name,
  payload: JitsiEvents[Name],
): FailureExplanation | undefined {
  const event = { name, payload } as {
    [Each in JitsiEventName]: { name: Each; payload: JitsiEvents[Each] };
  }[JitsiEventName];
  const base = { code: 'conference-failed', retryable: true } as const;
  switch (event.name) {
    case 'errorOccurred':
      return explainError(event.payload.error);
    case 'passwordRequired':
      return namedFailures['conference.passwordRequired'];
    case 'participantKickedOut':
      if (!event.payload.kicked.local) return undefined;
      return {
        ...base,
        kind: 'ended',
        reason: 'kicked',
        message: 'A moderator threw the person out.',
        hint: 'Ask the moderator before joining again.',
      };
    case 'videoConferenceLeft':
      return { ...base, kind: 'ended', reason: 'left', message: 'The meeting was left.', hint: 'Join again to go on.' };
    case 'suspendDetected':
      return {
        ...base,
        kind: 'fatal',
        reason: 'connection-lost',
        message: 'The computer slept, and the app left the meeting.',
        hint: 'Join again.',
      };
    case 'peerConnectionFailure':
      return {
        ...base,
        kind: 'ignorable',
        reason: 'connection-lost',
        message: event.payload.wasConnected
          ? 'The connection for media was lost; the app tries to restore it.'
          : 'No connection for media came about; the app goes on trying.',
        hint: 'Check the network, and that UDP port 10000 of the video bridge (or TURN) can be reached.',
      };
    default:
      return undefined;
  }
}

export type { Failure, FailureKind, FailureReason, FailureWaitingFor, NamedFailure } from './reasons-names.js';
