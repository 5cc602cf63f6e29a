import type {
  ConfigOverwrite,
  DeviceSettings,
  InterfaceConfigOverwrite,
  Invitee,
  JitsiMeetExternalAPI,
  JitsiMeetExternalAPIConstructor,
  UserInfo,
} from '../index.js';

// A listener of a page may take any payload, as in the SDKs' own types.
// oxlint-disable-next-line typescript/no-explicit-any
type AnyValues = any[];
type AnyListener = (...payload: AnyValues) => void;

/** The SDKs' types take every name of an event or a command, not only those that are known. */
interface AnyNames {
  on(event: string, listener: AnyListener): this;
  once(event: string, listener: AnyListener): this;
  off(event: string, listener: AnyListener): this;
  addListener(event: string, listener: AnyListener): this;
  removeListener(event: string, listener: AnyListener): this;
  addEventListener(event: string, listener: AnyListener): void;
  addEventListeners(listeners: object): void;
  removeEventListener(event: string): void;
  removeEventListeners(events: string[]): void;
  executeCommand(name: string, ...args: AnyValues): void;
  executeCommands(commands: Record<string, AnyValues>): void;
  invite(invitees: object[]): Promise<unknown>;
}

/** Jitsi's API object. Events and commands that are known have the types of their payloads; other names are taken too. */
export type IJitsiMeetExternalApi = JitsiMeetExternalAPI & AnyNames;

/** Jitsi's class for it. */
export type JitsiMeetExternalApi = JitsiMeetExternalAPIConstructor;

/** Props that the components of both SDKs have. */
export interface IMeetingProps {
  /** Name of the room, or `tenant/room`. */
  roomName: string;
  /** Settings over the deployment's `config.js`. */
  configOverwrite?: ConfigOverwrite | object | undefined;
  /** Settings over the deployment's `interface_config.js`. */
  interfaceConfigOverwrite?: InterfaceConfigOverwrite | object | undefined;
  /** The token. A newer one counts from the next join on. */
  jwt?: string | undefined;
  /** Whom to invite, by the services that the deployment has. */
  invitees?: Invitee[] | undefined;
  /** Labels of the devices to begin with. */
  devices?: DeviceSettings | undefined;
  /** The visitor's name and e-mail address. */
  userInfo?: UserInfo | undefined;
  /** Language of Jitsi and of the element's own sentences. */
  lang?: string | undefined;
}

/** What `JaaSMeeting` says of its meeting, besides the room. */
export interface IJaasProps {
  /** Id of the app at JaaS. */
  appId: string;
  /** Whether the meeting is at JaaS's place for trials. */
  useStaging?: boolean | undefined;
}
