import type { Device, UserContext } from './events-payloads.js';

/** What the script remembers about an occupant. */
export interface ParticipantInfo {
  participantId: string;
  displayName?: string;
  formattedDisplayName?: string;
  avatarURL?: string;
  email?: string;
}

/** The devices in use. A kind that isn't used, or may not be, is left out. */
export interface CurrentDevices {
  audioInput?: Device;
  audioOutput?: Device;
  videoInput?: Device;
}

/** A room, and the people in it. */
export interface RoomInfo {
  id: string;
  jid: string;
  isMainRoom: boolean;
  participants: RoomParticipant[];
}

/** A person in a room. */
export interface RoomParticipant {
  id: string;
  jid?: string;
  role?: string;
  displayName?: string;
  avatarUrl?: string;
  audioMuted?: boolean;
  videoMuted?: boolean;
  /** A recorder or transcriber. */
  isHidden?: boolean;
  /** Takes part by telephone. */
  isJigasi?: boolean;
  userContext?: UserContext;
}

/** Statistics of the connection as lib-jitsi-meet gathers them: bit rates, packet loss, resolutions. */
export interface ConnectionStats {
  iceConnected: boolean;
  [statistic: string]: unknown;
}

/** A picture as a data URL; `error` in its place when there was none to take. */
export interface Picture {
  dataURL?: string;
  error?: unknown;
}

/** The result of `invite`. Jitsi's promise resolves even when inviting failed: then there is an `error`. */
export interface InviteResult {
  result?: true;
  error?: unknown;
}

/** What the app knows of the server that it talks to. */
export interface DeploymentInfo {
  environment?: string;
  envType?: string;
  product?: string;
  region?: string;
  shard?: string;
  userRegion?: string;
  [name: string]: unknown;
}
