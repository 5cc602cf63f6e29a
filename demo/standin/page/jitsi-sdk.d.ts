// What the page uses of Jitsi's own sources; the bundler finds them in .vendor (bundles.ts).
declare module 'jitsi-sdk/modules/transport/index.js' {
  export interface JitsiTransport {
    on(event: 'event', listener: (event: { name?: string; data?: unknown[] }) => boolean): void;
    on(
      event: 'request',
      listener: (request: { name: string } & Record<string, unknown>, reply: (result: unknown) => void) => boolean,
    ): void;
    sendEvent(event: object): void;
  }
  export function getJitsiMeetTransport(): JitsiTransport;
}

declare module 'jitsi-sdk/modules/API/constants.js' {
  /** The number in the address that the script gave this frame; undefined when no script opened it. */
  export const API_ID: number | undefined;
}

declare module 'jitsi-sdk/react/features/base/util/parseURLParams' {
  export function parseURLParams(url: URL, dontParse?: boolean, source?: 'hash' | 'search'): Record<string, unknown>;
}

/** Documented event name -> the name inside the transport. */
declare const INNER_EVENT_NAMES: Record<string, string>;
/** Name inside the transport -> documented command. */
declare const COMMAND_NAMES: Record<string, string>;
