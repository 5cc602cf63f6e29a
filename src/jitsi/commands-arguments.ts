import type { SecondScreenSource } from './events-payloads.js';

/** Kinds of media a moderator can mute for others. */
export type MutableMedia = 'audio' | 'video' | 'screenshare';

/** Kinds of media that may need a moderator's leave. */
export type ModeratedMedia = 'audio' | 'video';

/** Which of an occupant's pictures; default `camera`. */
export type VideoType = 'camera' | 'desktop';

/** The camera that faces the person or the one on the back. */
export type FacingMode = 'user' | 'environment';

/** Arguments of the command `showNotification`. */
export interface NotificationOptions {
  title: string;
  description?: string;
  /** A name to hide it by with `hideNotification`. */
  uid?: string;
  /** Default `normal`. */
  type?: 'error' | 'normal' | 'success' | 'warning';
  /** Default `short`; `sticky` stays until it is closed. */
  timeout?: 'extra_long' | 'long' | 'medium' | 'short' | 'sticky';
  /** Buttons; a click arrives as `customNotificationActionTriggered` with the `uuid`. */
  customActions?: { label: string; uuid: string }[];
}

/** In the person's own browser. */
export interface LocalRecordingOptions {
  mode: 'local';
  /** Only the person's own streams. */
  onlySelf?: boolean;
}

/** By the deployment's recording service, or into the Dropbox of the token's owner. */
export interface FileRecordingOptions {
  mode: 'file';
  dropboxToken?: string;
  /** Whether the other occupants get the file; where the deployment can. */
  shouldShare?: boolean;
  extraMetadata?: Record<string, unknown>;
  /** Write a transcript as well. */
  transcription?: boolean;
}

/** A stream to any RTMP server. */
export interface RtmpStreamOptions {
  mode: 'stream';
  rtmpStreamKey: string;
  rtmpBroadcastID?: string;
  transcription?: boolean;
}

/** A stream to YouTube. */
export interface YoutubeStreamOptions {
  mode: 'stream';
  youtubeStreamKey: string;
  youtubeBroadcastID?: string;
  transcription?: boolean;
}

/** Arguments of the command `startRecording`. */
export type RecordingOptions = LocalRecordingOptions | FileRecordingOptions | RtmpStreamOptions | YoutubeStreamOptions;

/** How a recording or a stream is made. */
export type RecordingMode = RecordingOptions['mode'];

/** What a second window shows. */
export interface SecondScreenOptions {
  /** Name of the window; default `default`. */
  id?: string;
  /** What it shows; without it the window is closed. */
  source?: SecondScreenSource;
  /** Index of the screen, as the Window Management API counts them. */
  screen?: number;
}
