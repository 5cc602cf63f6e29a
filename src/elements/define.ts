// First, so that it begins to fetch before all else runs.
import './late-engine.js';
import { JitsiMeetingElement } from './jitsi-meeting.js';
import { TokenStatusElement } from './jitsi-token-status.js';
// As an object: so the build has its helper for namespaces in the first file, where all other parts find it.
import * as own from '../version.js';

declare global {
  interface HTMLElementTagNameMap {
    'jitsi-meeting': JitsiMeetingElement;
    'jitsi-token-status': TokenStatusElement;
  }
}

// The package may be on a page twice: the first definition stays.
const first = customElements.get('jitsi-meeting');
if (!customElements.get('jitsi-token-status')) customElements.define('jitsi-token-status', TokenStatusElement);
if (!first) customElements.define('jitsi-meeting', JitsiMeetingElement);
else if (first !== JitsiMeetingElement) {
  // oxlint-disable-next-line no-console
  console.warn(twice(first as Partial<typeof own>, own));
}

function twice({ version: defined = 'an older release' }: Partial<typeof own>, { version }: typeof own): string {
  return `jitsi-meeting-element is on this page twice: ${defined} is used, ${version} is not. Load one of them.`;
}
