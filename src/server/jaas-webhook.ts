import { isObject, jsonObject } from '../plain.js';
import { readBody } from './body.js';
import { invalidOf } from './options-check.js';
import { TokenRefusal } from './problem.js';

/** What JaaS tells of every event. */
interface JaasEventBase {
  /** The same when the event is sent again. */
  idempotencyKey: string;
  customerId: string;
  /** `vpaas-magic-cookie-…` */
  appId: string;
  sessionId: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** `APPID/ROOM` */
  fqn: string;
}

/** A person in events: what the token said. */
export interface JaasParticipant {
  id?: string;
  name?: string;
  email?: string;
  avatar?: string;
  participantId?: string;
  participantJid?: string;
  participantFullJid?: string;
  moderator?: boolean | string;
  /** Why the person is gone, in `PARTICIPANT_LEFT`. */
  disconnectReason?: string;
}

interface JaasEventData {
  ROOM_CREATED: { conference?: string; isBreakout?: boolean };
  ROOM_DESTROYED: { conference?: string; isBreakout?: boolean };
  PARTICIPANT_JOINED: JaasParticipant;
  PARTICIPANT_LEFT: JaasParticipant;
  PARTICIPANT_JOINED_LOBBY: JaasParticipant;
  PARTICIPANT_LEFT_LOBBY: JaasParticipant;
  RECORDING_STARTED: { conference?: string };
  RECORDING_ENDED: { conference?: string };
  RECORDING_UPLOADED: { preAuthenticatedLink?: string; recordingSessionId?: string; durationSec?: number };
  LIVE_STREAM_STARTED: { conference?: string };
  LIVE_STREAM_ENDED: { conference?: string };
  TRANSCRIPTION_UPLOADED: { preAuthenticatedLink?: string };
  CHAT_UPLOADED: { preAuthenticatedLink?: string };
}

/** An event whose members this package knows. What is optional may be missing, and there may be more. */
export type JaasKnownEvent = {
  [Type in keyof JaasEventData]: JaasEventBase & { eventType: Type; data: JaasEventData[Type] };
}[keyof JaasEventData];

/** Any other event, such as those of SIP calls. */
export type JaasOtherEvent = JaasEventBase & { eventType: string; data?: Record<string, unknown> };

/** Narrow it by `isJaasEvent(event, 'PARTICIPANT_JOINED')`. */
export type JaasEvent = JaasKnownEvent | JaasOtherEvent;

/** Whether an event is of that type. */
export function isJaasEvent<Type extends JaasKnownEvent['eventType']>(
  event: JaasEvent,
  type: Type,
): event is Extract<JaasKnownEvent, { eventType: Type }> {
  return event.eventType === type && isObject(event.data);
}

/** Options of `verifyJaasWebhook`. */
export interface JaasWebhookOptions {
  /** Seconds that a signature may be old, or ahead; default 300. */
  tolerance?: number;
  /** Milliseconds since 1970; default `Date.now`. */
  now?: () => number;
}

const invalid = invalidOf('JaaS webhook', 'Copy the secret of the endpoint from the JaaS console, section Webhooks.');
const longestBody = 1_000_000;

/**
 * The event that JaaS sent, if the header `X-Jaas-Signature` proves that it did: HMAC-SHA256 over time and body, with the
 * secret of this endpoint. Reads the body. Throws a `TokenRefusal` for anything else (400, 401, 408, 413), which
 * `toResponse()` makes an answer of; `config-invalid` for a secret that can't be one. An event may come again, with the
 * same `idempotencyKey`, and a copy of a request passes within the tolerance: remember the keys.
 */
export async function verifyJaasWebhook(
  request: Request,
  secret: string,
  { tolerance = 300, now = Date.now }: JaasWebhookOptions = {},
): Promise<JaasEvent> {
  if (typeof secret !== 'string' || secret.trim().length < 8) throw invalid('the secret is missing or too short');
  const { time, signatures } = readHeader(request.headers.get('x-jaas-signature'));
  const body = await readBody(request, { maxBodyBytes: longestBody });
  if (!(await isSigned(`${time}.${body}`, secret, signatures))) throw refused('does not belong to this body');
  // Last, so that only JaaS itself learns of clocks.
  if (!(Math.abs(now() / 1000 - secondsOf(time)) <= tolerance)) throw refused('is too old, or the clock is wrong');
  const event = jsonObject(body);
  if (typeof event === 'string' || typeof event['eventType'] !== 'string') {
    throw new TokenRefusal(400, 'The body is not an event.');
  }
  return event as unknown as JaasEvent;
}

/** `t=1632490060,v1=BASE64`: one time, and one signature for each secret that counts. */
function readHeader(header: string | null): { time: string; signatures: readonly string[] } {
  const parts = (header ?? '').split(',').map((part) => /^\s*([a-z]\w*)=(\S+)\s*$/.exec(part));
  const valuesOf = (name: string): string[] => parts.filter((part) => part?.[1] === name).map((part) => part![2]!);
  const [times, signatures] = [valuesOf('t'), valuesOf('v1')];
  if (times.length !== 1 || !/^\d{9,14}$/.test(times[0]!)) throw refused('is missing, or has no time');
  if (signatures.length === 0 || signatures.length > 10) throw refused('has no v1');
  return { time: times[0]!, signatures };
}

/** Some senders count milliseconds. */
const secondsOf = (time: string): number => (time.length > 11 ? Number(time) / 1000 : Number(time));

async function isSigned(text: string, secret: string, signatures: readonly string[]): Promise<boolean> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['verify']);
  // `verify` takes the same time for every wrong signature.
  const results = await Promise.all(
    signatures.map((signature) => crypto.subtle.verify('HMAC', key, bytesOf(signature), encoder.encode(text))),
  );
  return results.includes(true);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

const refused = (why: string): TokenRefusal => new TokenRefusal(401, `The X-Jaas-Signature ${why}.`);
