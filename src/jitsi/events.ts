import type {
  BreakoutRooms,
  DeviceList,
  ExternalShareSignal,
  JitsiError,
  KickedParticipant,
  MediaType,
  MousePosition,
  ParticipantRole,
  PressureRecord,
  SecondScreenSource,
  SharedFile,
  TranscriptionChunk,
  UserContext,
} from './events-payloads.js';

/** The payload of an event that says only that something happened. */
export type NoPayload = Record<string, never>;

/**
 * Every event of Jitsi's IFrame API by its public name, with its payload. Held against Jitsi's source by
 * `npm run check:api`: names from the table `events` of `modules/API/external/external_api.js`, payloads from
 * `modules/API/API.js` and from what a real app sent. Older releases send fewer (docs/reference/compatibility.md).
 */
export interface JitsiEvents {
  /** WebRTC signal between the app and its picture-in-picture window; the script's own business. @internal */
  _documentPiPSignal: { signal: Record<string, unknown> & { kind: string } };
  /** The app asks its Electron host for picture-in-picture. @internal */
  _pipRequested: NoPayload;
  /** Whether there is a microphone that can be used. */
  audioAvailabilityChanged: { available: boolean };
  /** The microphone was muted or unmuted. */
  audioMuteStatusChanged: { muted: boolean };
  /** Low bandwidth mode was switched. @deprecated Until 13.1; `lowBandwidthModeChanged` since. */
  audioOnlyChanged: { enabled: boolean };
  /** Someone shares audio or a video (not the screen), pauses or stops it. */
  audioOrVideoSharingToggled: {
    mediaType: 'audio' | 'video';
    value: 'playing' | 'start' | 'pause' | 'stop';
    participantId?: string;
  };
  /** An occupant's picture changed; without `avatarURL` initials are shown. */
  avatarChanged: { id: string; avatarURL?: string };
  /** Breakout rooms were made, closed, or their occupants moved. */
  breakoutRoomsUpdated: { rooms: BreakoutRooms };
  /** Whether the app knows this browser; the first event of all. */
  browserSupport: { supported: boolean };
  /** The camera could not be used. `type` is a name such as `gum.permission_denied`. */
  cameraError: { type: string; message: string };
  /** The chat panel was opened or closed, or its count of unread messages changed. */
  chatUpdated: { unreadCount: number; isOpen: boolean };
  /** How busy the computer is; Chromium only. */
  computePressureChanged: { records: PressureRecord[] };
  /** When the conference began: milliseconds since 1970, as text or number. */
  conferenceCreatedTimestamp: { timestamp: number | string };
  /** Ids of the occupants who share their screen now. */
  contentSharingParticipantsChanged: { data: string[] };
  /** A button of a notification made with `showNotification` was clicked; `id` is its `uuid`. */
  customNotificationActionTriggered: { data: { id: string } };
  /** The channel to the video bridge closed. */
  dataChannelClosed: { code: number; reason: string };
  /** The channel to the video bridge is open. */
  dataChannelOpened: NoPayload;
  /** Cameras, microphones or loudspeakers came or went. */
  deviceListChanged: { devices: DeviceList };
  /** An occupant's name changed (`displayname` is Jitsi's spelling). `id` may be `local`. */
  displayNameChange: { id: string; displayname?: string; formattedDisplayName?: string };
  /** Another occupant now speaks most. */
  dominantSpeakerChanged: { id: string };
  /** The visitor's own e-mail address changed. */
  emailChange: { id: string; email?: string };
  /** A text that another occupant sent with `sendEndpointTextMessage`. */
  endpointTextMessageReceived: {
    data: { senderInfo: { jid: string; id: string }; eventData: { name: string; text: string } };
  };
  /** Connecting or joining failed, or the conference broke. */
  errorOccurred: { error: JitsiError };
  /** Answer to `sendExternalShareSignal`. */
  externalShareSignal: { signal: ExternalShareSignal };
  /** A face was found in the visitor's picture, with edges in percent of its width. */
  faceLandmarkDetected: { faceBox?: { left: number; right: number; width?: number }; faceExpression?: string };
  /** The dialog that asks for feedback is shown. */
  feedbackPromptDisplayed: NoPayload;
  /** Feedback was handed in, or failed to be. */
  feedbackSubmitted: { error?: string };
  /** A shared file was deleted. */
  fileDeleted: { fileId: string };
  /** A file was shared. */
  fileUploaded: { file: SharedFile };
  /** The row of small pictures was shown or hidden. */
  filmstripDisplayChanged: { visible: boolean };
  /** A chat message arrived. Somebody else wrote it: show it as text only. */
  incomingMessage: {
    /** Id of the sender. */
    from: string;
    nick: string;
    message: string;
    privateMessage: boolean;
    /** When, for messages of the room's history. */
    stamp?: number | string;
    messageId?: string;
    replyToMessageId?: string;
  };
  /** Somebody waits in the lobby (moderators only); answer with `answerKnockingParticipant`. */
  knockingParticipant: { participant: { id: string; name?: string } };
  /** The big picture changed its occupant or was shown or hidden; made by the script itself, without a payload. */
  largeVideoChanged: undefined;
  /** A log line of the app, of the levels in `configOverwrite.apiLogLevels`. It may hold anything. */
  log: { logLevel: 'debug' | 'error' | 'info' | 'log' | 'trace' | 'warn'; args: string[] };
  /** Low bandwidth mode (no pictures) was switched. Since 13.2. */
  lowBandwidthModeChanged: { enabled: boolean };
  /** The microphone could not be used. `type` is a name such as `gum.permission_denied`. */
  micError: { type: string; message: string };
  /** A moderator lets an occupant unmute. */
  moderationParticipantApproved: { id: string; mediaType: MediaType };
  /** A moderator takes the leave to unmute back. */
  moderationParticipantRejected: { id: string; mediaType: MediaType };
  /** Whether occupants need a moderator's leave to unmute. */
  moderationStatusChanged: { mediaType: MediaType; enabled: boolean };
  /** The pointer came into the meeting. */
  mouseEnter: { event: MousePosition };
  /** The pointer left the meeting. */
  mouseLeave: { event: MousePosition };
  /** The pointer moved, at most every `configOverwrite.mouseMoveCallbackInterval` milliseconds. */
  mouseMove: { event: MousePosition };
  /** A message from a sender that is not an occupant, such as a service of the deployment. */
  nonParticipantMessageReceived: { id: string; message: unknown };
  /** The app shows a notification. The texts are often keys of its translations. */
  notificationTriggered: { title?: string; description?: string };
  /** The visitor sent a chat message. */
  outgoingMessage: { message: string; privateMessage: boolean };
  /** Media now goes straight to the only other occupant, or through the bridge again. */
  p2pStatusChanged: { isP2p: boolean };
  /** Another occupant came; the visitor's own coming is `videoConferenceJoined`. */
  participantJoined: {
    id: string;
    displayName?: string;
    formattedDisplayName?: string;
    userContext?: UserContext;
  };
  /** A moderator threw somebody out; `kicked.local` when it was the visitor. */
  participantKickedOut: { kicked: KickedParticipant; kicker: Partial<KickedParticipant> };
  /** Another occupant left. */
  participantLeft: { id: string };
  /** A button of an occupant's menu, named in `configOverwrite.participantMenuButtonsWithNotifyClick`, was clicked. */
  participantMenuButtonClick: { key: string; participantId: string; preventExecution: boolean };
  /** An occupant was muted or unmuted, or came muted or not. `id` may be `local` before joining. */
  participantMuted: { id: string; isMuted: boolean; mediaType: MediaType };
  /** The server decided an occupant's role. `participant` comes first even for a moderator. */
  participantRoleChanged: { id: string; role: ParticipantRole };
  /** The list of occupants was opened or closed. */
  participantsPaneToggled: { open: boolean };
  /** The room asks for a password; the frame shows a dialog, and the command `password` answers it. */
  passwordRequired: NoPayload;
  /** The connection for media broke; only on deployments with rtcstats. */
  peerConnectionFailure: {
    isP2P: boolean;
    /** `false`: it never worked, so the bridge or the other side can't be reached. */
    wasConnected: boolean;
  };
  /** The picture-in-picture window opened. */
  pipEntered: NoPayload;
  /** The picture-in-picture window closed. */
  pipLeft: NoPayload;
  /** The page before joining is shown. */
  prejoinScreenLoaded: { id: string; displayName?: string; formattedDisplayName?: string };
  /** The picture of the page before joining was shown or hidden; made by the script itself, without a payload. */
  prejoinVideoChanged: undefined;
  /** A message for the peer of `sendProxyConnectionEvent`. */
  proxyConnectionEvent: { data: unknown; to: string };
  /** A hand was raised (milliseconds since 1970) or lowered (0). */
  raiseHandUpdated: { id: string; handRaised: number };
  /** The app runs and takes commands. It comes again when the app reloads itself. */
  ready: NoPayload;
  /** The app is done: the frame can be removed. It doesn't come after every end of a meeting. */
  readyToClose: NoPayload;
  /** The dialog that asks for consent to a recording was opened or closed. */
  recordingConsentDialogOpen: { open: boolean };
  /** The recording can be fetched from `link`; `ttl` says until when. */
  recordingLinkAvailable: { link: string; ttl: number };
  /** A recording or stream began or ended. */
  recordingStatusChanged: {
    on: boolean;
    mode: 'file' | 'local' | 'stream';
    error?: string;
    transcription?: boolean;
  };
  /** The visitor began or stopped to share the screen. */
  screenSharingStatusChanged: { on: boolean; details: { sourceType?: string } };
  /** A window on a second screen was closed. */
  secondScreenClosed: { id: string };
  /** A window on a second screen could not be opened: `popup-blocked`, `second-screen-disabled`, ... */
  secondScreenError: { id: string; error: string };
  /** A window on a second screen shows something else. */
  secondScreenSourceChanged: { id: string; source: SecondScreenSource; participantId: string | null };
  /** The meeting's subject changed. */
  subjectChange: { subject?: string };
  /** The computer slept. */
  suspendDetected: NoPayload;
  /** Everybody in tiles, or one in the big picture. */
  tileViewChanged: { enabled: boolean };
  /** A button of the toolbar, named in `configOverwrite.buttonsWithNotifyClick`, was clicked. */
  toolbarButtonClicked: { key: string; preventExecution: boolean };
  /** The toolbar was shown or hidden. */
  toolbarVisibilityChanged: { visible: boolean };
  /** A transcript is being written, or not any more. */
  transcribingStatusChanged: { on: boolean };
  /** Some words of the transcript. */
  transcriptionChunkReceived: { data: TranscriptionChunk };
  /** Whether there is a camera that can be used. */
  videoAvailabilityChanged: { available: boolean };
  /** The visitor is in the meeting. */
  videoConferenceJoined: {
    /** In lower case and percent-encoded. */
    roomName: string;
    /** The visitor's id as occupant. */
    id: string;
    displayName?: string;
    formattedDisplayName?: string;
    avatarURL?: string;
    /** Also `true`, wrongly, for names that are percent-encoded. */
    breakoutRoom?: boolean;
    email?: string;
    /** Joined as a visitor who only watches. */
    visitor?: boolean;
  };
  /** The visitor is out of the meeting, or the app is about to reload. It may come twice. */
  videoConferenceLeft: { roomName: string };
  /** The camera was switched on or off. */
  videoMuteStatusChanged: { muted: boolean };
  /** The best quality to send and receive: height in pixels. */
  videoQualityChanged: { videoQuality: number };
  /** What happens to the whiteboard. */
  whiteboardStatusChanged: { status: 'FORBIDDEN' | 'HIDDEN' | 'INSTANTIATED' | 'RESET' | 'SHOWN' };
}

/** Name of an event of Jitsi's IFrame API. */
export type JitsiEventName = keyof JitsiEvents;

/** A listener of one of Jitsi's events. */
export type JitsiEventListener<Name extends JitsiEventName> = (payload: JitsiEvents[Name]) => void;

/** The same as an element dispatches them: the payload is `detail`. For the overloads of its `addEventListener`. */
export type JitsiDomEvents = { [Name in JitsiEventName]: CustomEvent<JitsiEvents[Name]> };

export { jitsiEventNames } from './events-names.js';
export type * from './events-payloads.js';
