/* oxlint-disable no-underscore-dangle -- Jitsi's own names */
// Jitsi's own script, whose frame is a file beside it: a web server that only has files knows no page for each room.
import Api from 'jitsi-sdk/modules/API/external/external_api.js';

const base = (document.currentScript as HTMLScriptElement).src;

class FileApi extends Api {
  override _createIFrame(...args: unknown[]): void {
    const { pathname, search, hash } = new URL(this._url);
    const file = new URL(`meeting.html${search}`, base);
    file.searchParams.set('at', pathname);
    file.hash = hash;
    this._url = file.href;
    super._createIFrame(...args);
  }
}

Object.assign(window, { JitsiMeetExternalAPI: FileApi });
