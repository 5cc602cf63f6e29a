import type { JitsiConfig } from './generated/config.js';
import type { InterfaceConfig } from './options-interface.js';

/** Everything may be left out, at any depth but inside of lists. */
export type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]?: DeepPartial<T[Key]> }
    : T;

/**
 * What a page sets over the deployment's `config.js`: every key of Jitsi's `IConfig`, typed from Jitsi's own source.
 * The app takes the keys of its whitelist and ignores the others. A key that only a newer or a changed Jitsi knows can be
 * declared by the page: `declare module 'jitsi-meeting-element' { interface ConfigOverwrite { newKey?: boolean } }`.
 */
export interface ConfigOverwrite extends DeepPartial<JitsiConfig> {}

/** What a page sets over the deployment's `interface_config.js`; declare further keys as for `ConfigOverwrite`. */
export interface InterfaceConfigOverwrite extends InterfaceConfig {}

/** The person's name and e-mail address; the app takes nothing else here. Those in a token are stronger. */
export interface UserInfo {
  displayName?: string;
  email?: string;
}

/** Labels of the devices to begin with (not ids: those differ between origins). */
export interface DeviceSettings {
  audioInput?: string;
  audioOutput?: string;
  videoInput?: string;
}

/** Whom to invite, by the services that the deployment has. */
export type Invitee =
  | { type: 'phone'; number: string; name?: string }
  | { type: 'sip'; address: string; name?: string }
  | { type: 'email'; address: string; name?: string }
  | { type: 'user' | 'room' | 'videosipgw'; id: string; name?: string; user_id?: string };

/** Changes entries of the ICE servers that the deployment hands out. Experimental, says Jitsi. */
export interface IceServers {
  replace: {
    /** Which entries to change. */
    targetType: 'stun' | 'turn' | 'turns';
    /** `null` removes the entry; left out: unchanged. */
    urls?: string | string[] | null;
    /** `null` removes it; left out: unchanged. */
    username?: string | null;
    /** `null` removes it; left out: unchanged. */
    credential?: string | null;
  }[];
}

/** The second argument of Jitsi's constructor `JitsiMeetExternalAPI`. */
export interface ExternalApiOptions {
  /** Without the tenant, which belongs to the domain here (`example.com/tenant`) or in front of the name. */
  roomName?: string;
  /** Pixels, or CSS in `px`, `em`, `pt`, `%`, `vw`, `vh`; default `100%`. */
  width?: number | string;
  /** As `width`. */
  height?: number | string;
  /** Default: the page's body. */
  parentNode?: Element;
  configOverwrite?: ConfigOverwrite;
  interfaceConfigOverwrite?: InterfaceConfigOverwrite;
  /** The token. The script writes it into the frame's address. */
  jwt?: string;
  /** Such as `de`; default: the browser's language. */
  lang?: string;
  /** Called when the app says `ready`, also after it reloaded itself. */
  onload?: () => void;
  invitees?: Invitee[];
  devices?: DeviceSettings;
  iceServers?: IceServers;
  userInfo?: UserInfo;
  /** Key for end-to-end encryption, in hexadecimal digits. Experimental, says Jitsi. */
  e2eeKey?: string;
  /** Which release of the app to load, where the deployment has several. */
  release?: string;
  /** The frame's attribute `sandbox`. */
  sandbox?: string;
}

export type { InterfaceConfig, JitsiConfig };
