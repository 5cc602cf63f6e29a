declare module 'jitsi-sdk/modules/API/external/external_api.js' {
  export default class JitsiMeetExternalAPI {
    constructor(...args: unknown[]);
    protected _url: string;
    protected _createIFrame(...args: unknown[]): void;
  }
}
