import { JitsiMeetingElement } from './jitsi-meeting.js';
import { TokenStatusElement } from './jitsi-token-status.js';

declare global {
  interface HTMLElementTagNameMap {
    'jitsi-meeting': JitsiMeetingElement;
    'jitsi-token-status': TokenStatusElement;
  }
}

// The package may be on a page twice: the first definition stays.
if (!customElements.get('jitsi-token-status')) customElements.define('jitsi-token-status', TokenStatusElement);
if (!customElements.get('jitsi-meeting')) customElements.define('jitsi-meeting', JitsiMeetingElement);
