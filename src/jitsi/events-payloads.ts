/** Kinds of media that can be muted or moderated. */
export type MediaType = 'audio' | 'video' | 'desktop';

/** What an occupant is allowed, as the server decided it. Releases may know more. */
export type ParticipantRole = 'moderator' | 'participant' | 'none' | (string & {});

/** A device as `MediaDeviceInfo.toJSON()` writes it. */
export interface Device {
  deviceId: string;
  groupId: string;
  kind: MediaDeviceKind;
  label: string;
}

/** Devices by kind. */
export interface DeviceList {
  audioInput?: Device[];
  audioOutput?: Device[];
  videoInput?: Device[];
}

/** The numbers of a `MouseEvent` inside the frame, in CSS pixels; what the event lacks is left out. */
export interface MousePosition {
  clientX: number;
  clientY: number;
  movementX?: number;
  movementY?: number;
  offsetX?: number;
  offsetY?: number;
  pageX?: number;
  pageY?: number;
  screenX?: number;
  screenY?: number;
  x?: number;
  y?: number;
}

/** What the token of the other side said about its user (`context.user`). */
export interface UserContext {
  id?: string;
  name?: string;
  [claim: string]: unknown;
}

/** One breakout room, with the people in it. */
export interface BreakoutRoom {
  id: string;
  jid: string;
  name: string;
  isMainRoom?: boolean;
  /** By the occupant's address in its room. */
  participants: Record<string, { jid: string; role: string; displayName: string; userContext?: UserContext }>;
}

/** Breakout rooms by their address; the main room is one of them. */
export type BreakoutRooms = Record<string, BreakoutRoom>;

/** A file that somebody shared in the meeting. */
export interface SharedFile {
  fileId: string;
  fileName: string;
  /** Bytes. */
  fileSize: number;
  /** The file's ending or MIME type. */
  fileType: string;
  authorParticipantId: string;
  authorParticipantJid: string;
  authorParticipantName: string;
  conferenceFullName: string;
  /** Milliseconds since 1970. */
  timestamp: number;
  /** Percent, while it is uploaded. */
  progress?: number;
  isDeleted?: boolean;
}

/** Why connecting or joining failed: `error` of `errorOccurred`. `explainError` says what it means. */
export interface JitsiError {
  /** A value of lib-jitsi-meet's `JitsiConferenceErrors` or `JitsiConnectionErrors`, or an `Error`'s name. */
  name: string;
  /** The server's words; apostrophes may come as `&apos;`. Show it as text only. */
  message?: string;
  type?: 'CONFIG' | 'CONFERENCE' | 'CONNECTION';
  /** `true`: the app reloads itself in 10 to 30 seconds. `false` doesn't mean that it recovers. */
  isFatal?: boolean;
  /** Arguments of a conference error; the server's words are often the second. */
  params?: unknown[];
  /** A dialog inside the frame lets the person act. */
  recoverable?: boolean;
  /** The name that the app tried to log in with. */
  credentials?: { jid?: string; password?: string };
  details?: Record<string, unknown>;
}

/** The occupant who was thrown out, or the one who did it. `id` may be `local`. */
export interface KickedParticipant {
  id: string;
  name?: string;
  local?: boolean;
}

/** What a second-screen window shows; one of the two is needed. */
export interface SecondScreenSource {
  role?: 'stage' | 'screenshare' | 'tile' | 'whiteboard' | 'sharedvideo';
  /** Id of the occupant to show. */
  participant?: string;
  /** Default `camera`. */
  media?: 'camera' | 'desktop';
}

/** A WebRTC signal of a screen that is cast straight into the meeting. */
export type ExternalShareSignal =
  | { kind: 'offer' | 'answer'; sdp: RTCSessionDescriptionInit | string }
  | { kind: 'candidate'; candidate: RTCIceCandidateInit }
  | { kind: 'stop' };

/** A record of the Compute Pressure API. */
export interface PressureRecord {
  source: string;
  state: 'nominal' | 'fair' | 'serious' | 'critical';
  time: number;
}

/** Part of a transcript; one of the three texts is there. */
export interface TranscriptionChunk {
  messageID: string;
  language: string;
  participant: { id?: string; name?: string; avatarUrl?: string };
  /** This text won't change any more. */
  final?: string;
  /** This text will hardly change. */
  stable?: string;
  unstable?: string;
}
