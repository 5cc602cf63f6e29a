import type {
  JitsiCommandName,
  JitsiCommands,
  ModeratedMedia,
  RecordingMode,
  RecordingOptions,
  VideoType,
} from './commands.js';
import type {
  BreakoutRooms,
  DeviceList,
  ExternalShareSignal,
  JitsiEventListener,
  JitsiEventName,
  JitsiEvents,
} from './events.js';
import type {
  ConnectionStats,
  CurrentDevices,
  DeploymentInfo,
  InviteResult,
  ParticipantInfo,
  Picture,
  RoomInfo,
} from './methods-results.js';
import type { ExternalApiOptions, Invitee } from './options.js';

/** What `executeCommands` takes for a command: its first argument. */
type FirstArgument<Name extends JitsiCommandName> = JitsiCommands[Name] extends [] ? [] : JitsiCommands[Name][0];

/** The script's listeners: Node's `EventEmitter`, with the names and payloads of `JitsiEvents`. */
export interface JitsiEventEmitter {
  on<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  once<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  off<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  addListener<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  removeListener<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  prependListener<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  prependOnceListener<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): this;
  removeAllListeners(event?: JitsiEventName): this;
  emit<Name extends JitsiEventName>(event: Name, payload: JitsiEvents[Name]): boolean;
  listeners<Name extends JitsiEventName>(event: Name): JitsiEventListener<Name>[];
  rawListeners<Name extends JitsiEventName>(event: Name): JitsiEventListener<Name>[];
  listenerCount(event: JitsiEventName): number;
  eventNames(): JitsiEventName[];
  setMaxListeners(count: number): this;
  getMaxListeners(): number;
}

/**
 * Every public method of Jitsi's `JitsiMeetExternalAPI`, typed from `modules/API/external/external_api.js` and from the
 * answers in `modules/API/API.js`; `npm run check:api` holds the names against the source. On an instance of the
 * element's or a session's, promises never hang: they reject with a JitsiMeetingError when the app doesn't answer
 * within 10 s (`iframe-timeout`) or the meeting ends first (`aborted`). On an instance that a page makes itself they
 * may hang (harden-api.ts).
 */
export interface JitsiMethods extends JitsiEventEmitter {
  /** Same as `on`. */
  addEventListener<Name extends JitsiEventName>(event: Name, listener: JitsiEventListener<Name>): void;
  addEventListeners(listeners: { [Name in JitsiEventName]?: JitsiEventListener<Name> }): void;
  /** Asks a phone for a picture of its camera; never answered on other devices. Since 11.4. */
  captureCameraPicture(
    cameraFacingMode?: 'environment' | 'user',
    descriptionText?: string,
    titleText?: string,
  ): Promise<Picture>;
  /** Takes a picture of the big video. */
  captureLargeVideoScreenshot(): Promise<Picture>;
  /**
   * Removes the frame and all listeners at once. To leave first, use the command `hangup` and wait for `readyToClose`.
   */
  dispose(): void;
  /** Sends a command to the app. A name that the script doesn't know is only logged. */
  executeCommand<Name extends JitsiCommandName>(name: Name, ...args: JitsiCommands[Name]): void;
  /** Sends several commands, each with one argument (an empty list for those without). */
  executeCommands(commands: { [Name in JitsiCommandName]?: FirstArgument<Name> }): void;
  getAvailableDevices(): Promise<DeviceList>;
  getAvatarURL(participantId: string): string | undefined;
  /** Since 13.2. */
  getConnectionStats(): Promise<ConnectionStats>;
  /** Ids of the occupants who share their screen. */
  getContentSharingParticipants(): Promise<{ sharingParticipantIds: string[] }>;
  getCurrentDevices(): Promise<CurrentDevices>;
  getCustomAvatarBackgrounds(): Promise<{ avatarBackgrounds: string[] }>;
  /** Rejects where the deployment has none in its configuration. */
  getDeploymentInfo(): Promise<DeploymentInfo>;
  getDisplayName(participantId: string): string | undefined;
  getEmail(participantId: string): string | undefined;
  getIFrame(): HTMLIFrameElement;
  getLivestreamUrl(): Promise<{ livestreamUrl?: string }>;
  /** All occupants of all rooms, the person included. */
  getNumberOfParticipants(): number;
  /** The occupants of this room, the person included. */
  getParticipantsInfo(): ParticipantInfo[];
  /** The rooms and who is in them; `includeHidden`: recorders and transcribers as well (since 13.2). */
  getRoomsInfo(includeHidden?: boolean): Promise<{ rooms: RoomInfo[] }>;
  /** The meeting's unique id, or an empty text. Since 10.2. */
  getSessionId(): Promise<string>;
  /** Address of the shared document, or an empty text. Since 11.3. */
  getSharedDocumentUrl(): Promise<string>;
  /** Names of the commands that this release knows. */
  getSupportedCommands(): string[];
  /** Names of the events that this release knows. */
  getSupportedEvents(): string[];
  /** The best quality to send and receive, as the last `videoQualityChanged` said: height in pixels. */
  getVideoQuality(): number | undefined;
  /** Closes the picture-in-picture window. Since 13.1. */
  hidePiP(): void;
  invite(invitees: Invitee[]): Promise<InviteResult>;
  isAudioAvailable(): Promise<boolean>;
  /** Whether the microphone's button is disabled. */
  isAudioDisabled(): Promise<boolean>;
  isAudioMuted(): Promise<boolean>;
  /** Whether another device can be chosen; default `input`. */
  isDeviceChangeAvailable(deviceType?: 'input' | 'output'): Promise<boolean>;
  /** @deprecated Always true. */
  isDeviceListAvailable(): Promise<boolean>;
  /** Whether occupants need a moderator's leave to unmute; default `audio`. */
  isModerationOn(mediaType?: ModeratedMedia): Promise<boolean>;
  isMultipleAudioInputSupported(): Promise<boolean>;
  /** Whether media goes straight to the only other occupant; `null` outside of a meeting. */
  isP2pActive(): Promise<boolean | null>;
  /** Whether an occupant may not unmute; default `audio`. */
  isParticipantForceMuted(participantId: string, mediaType?: ModeratedMedia): Promise<boolean>;
  isParticipantsPaneOpen(): Promise<boolean>;
  isSharingScreen(): Promise<boolean>;
  /** Whether the meeting was joined without sound. */
  isStartSilent(): Promise<boolean>;
  isVideoAvailable(): Promise<boolean>;
  isVideoMuted(): Promise<boolean>;
  /** Whether the person only watches; known from joining on. Since 11.1. */
  isVisitor(): boolean | undefined;
  listBreakoutRooms(): Promise<BreakoutRooms>;
  pinParticipant(participantId?: string, videoType?: VideoType): void;
  /** Removes all listeners of the event, also those of other code. @deprecated Use `off`. */
  removeEventListener(event: JitsiEventName): void;
  /** Removes every listener of the events. @deprecated Use `off`. */
  removeEventListeners(events: JitsiEventName[]): void;
  /**
   * Sets the size of the big video in CSS pixels. Ignored unless the frame's size was given as numbers, and is larger.
   */
  resizeLargeVideo(width: number, height: number): void;
  /** Sends a WebRTC signal of a screen that is cast into the meeting. Since 13.1. */
  sendExternalShareSignal(signal: ExternalShareSignal): void;
  /** Sends a message to a peer that shares its screen; Jitsi advises against it. */
  sendProxyConnectionEvent(event: { data: unknown; from?: string; to?: string }): void;
  /** Chooses the microphone by its label, or else by its id; answers whether there is such a device. */
  setAudioInputDevice(label: string | undefined, deviceId?: string): Promise<boolean>;
  /** Chooses the loudspeaker by its label, or else by its id; answers whether there is such a device. */
  setAudioOutputDevice(label: string | undefined, deviceId?: string): Promise<boolean>;
  setLargeVideoParticipant(participantId?: string, videoType?: VideoType): void;
  /** Sets the end-to-end encryption key, which must be exportable; without one, the key of that index is removed. */
  setMediaEncryptionKey(keyInfo: { key?: CryptoKey; index: number }): Promise<void>;
  /** Chooses the camera by its label, or else by its id; answers whether there is such a device. */
  setVideoInputDevice(label: string | undefined, deviceId?: string): Promise<boolean>;
  /** Puts a picture (data URL) behind the person. Since 11.1. */
  setVirtualBackground(enabled: boolean, backgroundImage?: string): void;
  /** Opens the picture-in-picture window. Since 13.1. */
  showPiP(): void;
  startRecording(options: RecordingOptions): void;
  stopRecording(mode: RecordingMode, transcription?: boolean): void;
  toggleE2EE(enabled: boolean): void;
  /** Counts the occupants of all rooms, for the script's own use. @internal */
  updateNumberOfParticipants(rooms: BreakoutRooms): void;
}

/**
 * Second signatures that a call never chooses. With them an instance fits where `JitsiMeetExternalAPI` of
 * `@types/jitsi-meet` (2.0.5) is expected, though that says of these methods what Jitsi's source doesn't.
 */
interface FitsPublishedTypes {
  captureLargeVideoScreenshot(): Promise<never>;
  eventNames(): never[];
  executeCommands(commands: never[]): void;
  getAvatarURL(participantId: string): never;
  getCurrentDevices(): Promise<never>;
  getDisplayName(participantId: string): never;
  getEmail(participantId: string): never;
  invite(invitees: Invitee[]): Promise<never>;
  listeners(event: JitsiEventName): never[];
  startRecording(options: never): void;
}

/** An instance of Jitsi's IFrame API. */
export type JitsiMeetExternalAPI = JitsiMethods & FitsPublishedTypes;

/** What Jitsi's script `external_api.js` puts on the page as `JitsiMeetExternalAPI`. */
export interface JitsiMeetExternalAPIConstructor {
  /** @param domain Host, host:port, or with a tenant `host/tenant`; always https. */
  new (domain: string, options?: ExternalApiOptions): JitsiMeetExternalAPI;
}

export type * from './methods-results.js';
