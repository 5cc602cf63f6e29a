import { JitsiMeetingError } from '../errors.js';
import type { ExternalApiOptions } from '../jitsi/options.js';
import type { Deployment } from '../preflight/types.js';
import { apiRoomName, parseDomain } from '../room/index.js';
import type { TokenSource } from '../token/types.js';

/** Everything a meeting is made of. Read anew at each join, so that a page may change it at any time. */
export interface MeetingOptions extends Pick<
  ExternalApiOptions,
  | 'configOverwrite'
  | 'interfaceConfigOverwrite'
  | 'userInfo'
  | 'devices'
  | 'invitees'
  | 'iceServers'
  | 'e2eeKey'
  | 'lang'
  | 'release'
  | 'sandbox'
> {
  /** Host, or host:port. */
  domain?: string | undefined;
  room?: string | undefined;
  tenant?: string | undefined;
  source: TokenSource;
  displayName?: string | undefined;
  email?: string | undefined;
  subject?: string | undefined;
  password?: string | undefined;
  startAudioMuted?: boolean;
  startVideoMuted?: boolean;
  /** Default `manual`. */
  rejoin?: 'manual' | 'auto';
  /** Default `https://DOMAIN/external_api.js`. */
  apiSrc?: string | undefined;
  apiIntegrity?: string | undefined;
  /** Settings of the server, without secrets: lets the session be sure where it could only guess. */
  deployment?: Deployment | undefined;
  /** How long the app in the frame may take until it says `ready`, ms; default 30 000. */
  frameTimeout?: number | undefined;
  /** What is wrong with where the options come from; a join fails with it. */
  problem?: JitsiMeetingError;
  /** Accessible name of the iframe. */
  frameTitle?: string;
}

/** Which meeting; a change of it ends this meeting and starts the next. */
export interface Target {
  domain: string;
  room: string;
  tenant: string | null;
}

export function sameTarget(one: Target, other: Target): boolean {
  return one.domain === other.domain && one.room === other.room && one.tenant === other.tenant;
}

/** @throws JitsiMeetingError config-invalid, naming the attribute, what it holds and what it should */
export function targetOf({ domain, room, tenant, problem }: MeetingOptions): Target {
  if (problem) throw problem;
  const parsed = parseDomain(domain ?? '');
  if (parsed.problem !== undefined) {
    throw new JitsiMeetingError('config-invalid', `The attribute ${parsed.problem}`, {
      hint: 'Set domain to the host of a Jitsi deployment, host or host:port; there is no default.',
    });
  }
  if (!room?.trim()) {
    throw new JitsiMeetingError(
      'config-invalid',
      'The attribute room is missing or empty; expected the name of a room.',
      {
        hint: 'Set room to the name of the meeting, as in its address.',
      },
    );
  }
  const target = { domain: parsed.domain, room: room.trim(), tenant: tenant || null };
  // Throws for what has no address.
  apiRoomName(target);
  return target;
}

/** @throws JitsiMeetingError config-invalid */
export function checkFrameTimeout({ frameTimeout }: MeetingOptions): void {
  if ((frameTimeout ?? Infinity) > 0) return;
  throw new JitsiMeetingError('config-invalid', `frameTimeout is ${String(frameTimeout)}; expected more than 0.`, {
    hint: 'It is how long the app in the frame may take to be ready, in milliseconds; left out, 30 000.',
  });
}
