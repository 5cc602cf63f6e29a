import type { ConfigOverwrite, ExternalApiOptions } from '../jitsi/options.js';
import { apiRoomName } from '../room/url.js';
import type { MeetingOptions } from './options.js';
import type { Target } from './target.js';

/** Mute states of the meeting that was lost, kept for the next frame. */
export interface MuteState {
  audio?: boolean;
  video?: boolean;
}

/** What the person had or chose in the frame before this one. */
export interface Resumed extends MuteState {
  /** As typed on the prejoin screen. */
  displayName?: string;
}

/**
 * The options for the constructor of `JitsiMeetExternalAPI`, except `parentNode`.
 * @param resumed what the person had or chose in the frame that this one replaces; `undefined` in a new meeting
 */
export function apiOptions(
  options: MeetingOptions,
  target: Target,
  jwt: string | undefined,
  resumed: Resumed | undefined,
): ExternalApiOptions {
  const { displayName, email, configOverwrite = {}, startAudioMuted, startVideoMuted } = options;
  const audio = resumed?.audio ?? startAudioMuted;
  const video = resumed?.video ?? startVideoMuted;
  const given = present({ displayName, email, ...present(options.userInfo ?? {}) });
  const userInfo = resumed?.displayName ? { ...given, displayName: resumed.displayName } : given;
  // One literal, so that the compiler compares each key with Jitsi's.
  const config: ConfigOverwrite = {
    // On phones the app would show a page that asks to install the app instead of the meeting.
    disableDeepLinking: true,
    deeplinking: { disabled: true },
    ...present({ subject: options.subject || undefined } satisfies ConfigOverwrite),
    ...configOverwrite,
    ...present({
      // A person who was in the meeting, or has pressed Join, skips the prejoin screen.
      prejoinConfig: resumed && { ...configOverwrite.prejoinConfig, enabled: false },
      startWithAudioMuted: audio,
      startWithVideoMuted: video,
    } satisfies { [Key in keyof ConfigOverwrite]: ConfigOverwrite[Key] | undefined }),
    apiLogLevels: withErrors(configOverwrite.apiLogLevels),
  };
  return present({
    roomName: apiRoomName(target),
    configOverwrite: config,
    interfaceConfigOverwrite: options.interfaceConfigOverwrite,
    jwt,
    lang: options.lang,
    userInfo: Object.keys(userInfo).length > 0 ? userInfo : undefined,
    devices: options.devices,
    invitees: options.invitees,
    iceServers: options.iceServers,
    e2eeKey: options.e2eeKey,
    release: options.release,
    sandbox: options.sandbox,
  });
}

/**
 * Leaves out `undefined` and `null` (an attribute that was removed): the constructor has defaults for absent keys only.
 */
function present<T extends object>(given: T): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => (value ?? undefined) !== undefined)) as T;
}

type LogLevels = NonNullable<ConfigOverwrite['apiLogLevels']>;

/**
 * After the token has expired, only the app's error log shows a dropped connection (test/data/real-app, experiments).
 */
function withErrors(levels: LogLevels | undefined): LogLevels {
  return [...new Set<LogLevels[number]>([...(levels ?? []), 'error'])];
}
