import type { JitsiMeetingError } from '../errors.js';
import type { ExternalApiOptions } from '../jitsi/options.js';
import type { Deployment } from '../preflight/types.js';
import type { TokenSource } from '../token/types.js';

/** Everything that a meeting needs. A session reads it anew at each join, so a page may change it at any time. */
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
  /** Settings of the server, without secrets: with them the session is sure where it could only guess. */
  deployment?: Deployment | undefined;
  /** How long the app in the frame may take until it says `ready`, ms; default 30 000. */
  frameTimeout?: number | undefined;
  /** An error in the markup that the options come from; a join fails with it. */
  problem?: JitsiMeetingError;
  /** Accessible name of the iframe. */
  frameTitle?: string;
}
