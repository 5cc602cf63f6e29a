import type {
  FacingMode,
  ModeratedMedia,
  MutableMedia,
  NotificationOptions,
  RecordingMode,
  RecordingOptions,
  SecondScreenOptions,
  VideoType,
} from './commands-arguments.js';
import type { ConfigOverwrite } from './options.js';

/**
 * Every command of Jitsi's IFrame API by its public name, with its arguments. Held against Jitsi's source by
 * `npm run check:api`: names from the table `commands` of `modules/API/external/external_api.js`, arguments from the
 * handlers in `modules/API/API.js`. A command has no answer; one that the person may not give is ignored by the app.
 */
export interface JitsiCommands {
  /** Makes a breakout room (moderators). */
  addBreakoutRoom: [name?: string];
  /** Lets somebody in from the lobby or turns them away (moderators). */
  answerKnockingParticipant: [participantId: string, approved: boolean];
  /** Lets an occupant switch the camera on (moderators). */
  approveVideo: [participantId: string];
  /** Lets an occupant unmute, and asks for it (moderators). */
  askToUnmute: [participantId: string];
  /** Spreads the occupants over the breakout rooms (moderators). */
  autoAssignToBreakoutRooms: [];
  /** Sets the person's picture. @deprecated Put `context.user.avatar` into the token. */
  avatarUrl: [url: string];
  /** Back from a private chat to the one with everybody. */
  cancelPrivateChat: [];
  /** Sends a breakout room's occupants back to the main room (moderators). */
  closeBreakoutRoom: [roomId: string];
  /** Sets the person's name. One in the token is stronger. */
  displayName: [name: string];
  /** Sets the person's e-mail address, which decides the Gravatar picture. One in the token is stronger. */
  email: [email: string];
  /** Ends the meeting for everybody (moderators, where the deployment can). */
  endConference: [];
  /** Makes an occupant a moderator (moderators). */
  grantModerator: [participantId: string];
  /** Agrees to being recorded, and unmutes if asked to. */
  grantRecordingConsent: [unmute?: boolean];
  /** Leaves. `readyToClose` says when the frame can be removed. */
  hangup: [showFeedbackDialog?: boolean];
  /** Removes a notification by its `uid`. */
  hideNotification: [uid: string];
  /** Closes the picture-in-picture window. */
  hidePiP: [];
  /** Opens the chat with one occupant. */
  initiatePrivateChat: [participantId: string];
  /** Moves the person to a breakout room; without an id, to the main room. */
  joinBreakoutRoom: [roomId?: string];
  /** Throws an occupant out (moderators). */
  kickParticipant: [participantId: string];
  /** Shows another subject to this person only. */
  localSubject: [subject: string];
  /** Mutes everybody but moderators' own; default `audio` (moderators). */
  muteEveryone: [mediaType?: MutableMedia];
  /** Mutes an occupant; default `audio`. For others than oneself: moderators. */
  muteRemoteParticipant: [participantId: string, mediaType?: MutableMedia];
  /** Changes the configuration of the running app. Keys outside its whitelist are ignored. */
  overwriteConfig: [config: ConfigOverwrite];
  /** Shows other names for occupants, to this person only. */
  overwriteNames: [names: { id: string; name: string }[]];
  /** Answers the question for the room's password or, for a moderator inside, sets it. */
  password: [password: string];
  /** Pins an occupant to the stage; without an id, unpins all. */
  pinParticipant: [participantId?: string, videoType?: VideoType];
  /** Takes the leave to unmute back (moderators); default `audio`. */
  rejectParticipant: [participantId: string, mediaType?: ModeratedMedia];
  /** Removes a breakout room (moderators). */
  removeBreakoutRoom: [breakoutRoomJid: string];
  /** Sets the width of the row of small pictures, in CSS pixels. */
  resizeFilmStrip: [options: { width: number }];
  /** Sets the size of the big picture, in CSS pixels. */
  resizeLargeVideo: [width: number, height: number];
  /** Asks another occupant's phone to use the other camera. */
  sendCameraFacingMode: [to: string, facingMode?: FacingMode];
  /** Sends a chat message, to one occupant if an id is given. */
  sendChatMessage: [message: string, to?: string, ignorePrivacy?: boolean];
  /** Sends a text over the data channel; it arrives as `endpointTextMessageReceived`. `to` empty: everybody. */
  sendEndpointTextMessage: [to: string, text: string];
  /** Sends an occupant to a breakout room (moderators). */
  sendParticipantToRoom: [participantId: string, roomId: string];
  /** Plays touch tones; times in milliseconds. */
  sendTones: [options: { tones: string; duration?: number; pause?: number }];
  /** Tells the bridge what to take as the person's bandwidth, in bit/s; -1: measure. */
  setAssumedBandwidthBps: [bps: number];
  /** No pictures, to save bandwidth. @deprecated Until 13.1; `setLowBandwidthMode` since. */
  setAudioOnly: [enabled: boolean];
  /** Blurs what is behind the person. */
  setBlurredBackground: [blurType: 'slight-blur' | 'blur' | 'none'];
  /** Makes others see what this moderator sees; or only the recorder. */
  setFollowMe: [enabled: boolean, recorderOnly?: boolean];
  /** Shows an occupant in the big picture; without an id, the one who speaks. */
  setLargeVideoParticipant: [participantId?: string, videoType?: VideoType];
  /** No pictures, to save bandwidth. Since 13.2; older releases call it `setAudioOnly`. */
  setLowBandwidthMode: [enabled: boolean];
  /**
   * Sets the end-to-end encryption key: JSON of `{exportedKey: number[] | false, index: number}`. Prefer the method.
   */
  setMediaEncryptionKey: [keyInfo: string];
  /** Starts the timer of the meeting, in seconds; without a duration it stops. */
  setMeetingTimer: [options: { duration?: number; elapsed?: number }];
  /** Filters noise out of the person's sound. */
  setNoiseSuppressionEnabled: [options: { enabled: boolean }];
  /** Sets properties of the person that other occupants' apps can read. */
  setParticipantProperties: [properties: Record<string, unknown>, useRawKeys?: boolean];
  /** How loud an occupant is, for this person only: 0 to 1. */
  setParticipantVolume: [participantId: string, volume: number];
  /** Opens, changes or closes a window on a second screen. */
  setSecondScreen: [options: SecondScreenOptions];
  /** Switches subtitles; `language` such as `de` asks for a translation. */
  setSubtitles: [enabled: boolean, displaySubtitles?: boolean, language?: string | null];
  /** Everybody in tiles, or one in the big picture. */
  setTileView: [enabled: boolean];
  /** The best quality to send and receive: height in pixels, from 180. */
  setVideoQuality: [height: number];
  /** Puts a picture (data URL) behind the person. */
  setVirtualBackground: [enabled: boolean, backgroundImage?: string];
  /** Shows a notification inside the meeting. */
  showNotification: [options: NotificationOptions];
  /** Opens the picture-in-picture window. */
  showPiP: [];
  /** Starts a recording or a stream. */
  startRecording: [options: RecordingOptions];
  /** Plays a video for everybody: a YouTube address or id, or a video file's address. */
  startShareVideo: [url: string];
  /** Stops a recording or a stream, and the transcript if asked to. */
  stopRecording: [mode: RecordingMode, transcription?: boolean];
  /** Stops the video that is played for everybody. */
  stopShareVideo: [];
  /** Sets the meeting's subject (moderators). */
  subject: [subject: string];
  /** Hands in feedback: a score from 1 to 5, or -1 for none. */
  submitFeedback: [feedback: { score: number; message: string }];
  /** Mutes or unmutes the microphone. */
  toggleAudio: [];
  /** Uses the other camera of a phone. */
  toggleCamera: [facingMode?: FacingMode];
  /** Mirrors the person's own picture, or not. */
  toggleCameraMirror: [];
  /** Opens or closes the chat. */
  toggleChat: [];
  /** Switches end-to-end encryption. */
  toggleE2EE: [enabled: boolean];
  /** Shows or hides the row of small pictures. */
  toggleFilmStrip: [];
  /** Switches the lobby (moderators). */
  toggleLobby: [enabled: boolean];
  /** Whether occupants need a moderator's leave to unmute; default `audio` (moderators). */
  toggleModeration: [enabled: boolean, mediaType?: ModeratedMedia];
  /** Nothing. @deprecated In the script's table, but no release of the app has it: use `setNoiseSuppressionEnabled`. */
  toggleNoiseSuppression: [];
  /** Opens or closes the list of occupants. */
  toggleParticipantsPane: [open: boolean];
  /** Raises or lowers the person's hand. */
  toggleRaiseHand: [];
  /** Starts or stops sharing the screen; `enable` says which. */
  toggleShareScreen: [options?: { enable?: boolean }];
  /** Switches subtitles. */
  toggleSubtitles: [];
  /** Switches between tiles and the big picture. */
  toggleTileView: [];
  /** Switches the camera. */
  toggleVideo: [];
  /** Opens the settings for virtual backgrounds. */
  toggleVirtualBackgroundDialog: [];
  /** Opens or closes the whiteboard. */
  toggleWhiteboard: [open?: boolean];
}

/** Name of a command of Jitsi's IFrame API. */
export type JitsiCommandName = keyof JitsiCommands;

export { jitsiCommandNames } from './commands-names.js';
export type * from './commands-arguments.js';
