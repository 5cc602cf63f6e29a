import { expect } from '@open-wc/testing';
import '../../src/index.js';
import {
  JitsiMeetingElement,
  type DeviceList,
  type DeviceProblem,
  type JitsiEvents,
  type MeetingWarning,
} from '../../src/index.js';
import { browserOf } from '../../src/elements/browser.js';
import { en } from '../../src/locale/en.js';
import type { BlockedDevice, MediaDevice } from '../../src/jitsi/media.js';
import { makeMeeting, once, reached } from '../support/in-browser.js';

afterEach(() => document.querySelectorAll('jitsi-meeting, policed-meeting').forEach((one) => one.remove()));

/** The sentences that lie over the meeting now. */
async function notices(meeting: JitsiMeetingElement): Promise<string[]> {
  await meeting.updateComplete;
  return [...meeting.shadowRoot!.querySelectorAll('[role=alert]')].map((one) => one.textContent!.trim());
}

function close(meeting: JitsiMeetingElement): void {
  meeting.shadowRoot!.querySelector<HTMLElement>('[part=close]')!.click();
}

/** In Chromium a sentence says where to allow it. */
const permission = (device: MediaDevice | 'both'): string =>
  `${en[`${device}-permission`]} ${en[`allow-${browserOf(navigator.userAgent)}`]}`;

/** With camera and microphone off, so that the stand-in has nothing to say of them. */
const quiet = { startAudioMuted: true, startVideoMuted: true };

async function joined(meeting = makeMeeting(quiet)): Promise<JitsiMeetingElement> {
  document.body.append(meeting);
  await reached(meeting, 'joined');
  return meeting;
}

class PolicedMeeting extends JitsiMeetingElement {
  static blocked: BlockedDevice[] = [];
  static override readonly sessionTools = { blockedDevices: async () => PolicedMeeting.blocked };
}
customElements.define('policed-meeting', PolicedMeeting);

/** One on a page that doesn't pass a device on. */
function makePoliced(device: BlockedDevice['device'], properties: Partial<JitsiMeetingElement>) {
  const blocked: BlockedDevice[] = [{ device, by: 'policy' }];
  PolicedMeeting.blocked = blocked;
  const { domain, room, tokenUrl } = makeMeeting();
  return { policed: Object.assign(new PolicedMeeting(), { domain, room, tokenUrl, ...properties }), blocked };
}

const say = <Name extends keyof JitsiEvents>(meeting: JitsiMeetingElement, name: Name, payload: JitsiEvents[Name]) =>
  meeting.api!.emit(name, payload);
const camera: DeviceList = {
  videoInput: [{ deviceId: 'c', groupId: '', kind: 'videoinput', label: '' }],
  audioInput: [],
  audioOutput: [],
};

describe('what a visitor reads of a device that cannot be used', () => {
  const cases: [type: string, why: DeviceProblem][] = [
    ['gum.permission_denied', 'permission'],
    ['gum.not_found', 'not-found'],
    ['gum.constraint_failed', 'not-found'],
    ['gum.general', 'not-starting'],
    ['gum.timeout', 'not-starting'],
    ['toString', 'not-starting'],
  ];
  it('depends on why, and the warning says it', async () => {
    const meeting = await joined();
    for (const [type, why] of cases) {
      for (const [name, device] of [
        ['cameraError', 'camera'],
        ['micError', 'microphone'],
      ] as const) {
        const warning = once<MeetingWarning>(meeting, 'meeting-warning');
        say(meeting, name, { type, message: '' });
        expect(await warning).to.include({ code: 'media-blocked', device, why });
        const isSecond = device === 'microphone';
        const told =
          why === 'permission' ? permission(isSecond ? 'both' : device) : en[`${isSecond ? 'both' : device}-${why}`];
        expect(await notices(meeting)).to.include(told);
      }
      // One cause, one row.
      expect(await notices(meeting)).to.have.length(1);
      close(meeting);
    }
  });

  it('is all of it, each with its own way to close it', async () => {
    const meeting = await joined();
    say(meeting, 'cameraError', { type: 'gum.not_found', message: '' });
    say(meeting, 'micError', { type: 'gum.permission_denied', message: '' });
    expect(await notices(meeting)).to.deep.equal([en['camera-not-found'], permission('microphone')]);
    const spoken = meeting.shadowRoot!.querySelector('#notice-microphone')!;
    close(meeting);
    expect(await notices(meeting)).to.deep.equal([permission('microphone')]);
    // A screen reader would read it again if it took the other's place.
    expect(spoken.isConnected).to.equal(true);
    close(meeting);
    expect(await notices(meeting)).to.deep.equal([]);
    expect(meeting.state).to.equal('joined');
  });

  it('stays when the page itself keeps the device back, whatever the app makes of it', async () => {
    const { policed, blocked } = makePoliced('camera', quiet);
    await joined(policed);
    say(policed, 'cameraError', { type: 'gum.permission_denied', message: '' });
    expect(await notices(policed)).to.deep.equal([en['camera-policy']]);
    blocked.length = 0;
    await policed.leave();
    await policed.join();
    expect(await notices(policed)).to.deep.equal([]);
  });
});

describe('a notice goes when its cause has passed', () => {
  it('when the device is turned on', async () => {
    const meeting = await joined();
    say(meeting, 'micError', { type: 'gum.permission_denied', message: '' });
    say(meeting, 'audioAvailabilityChanged', { available: true });
    say(meeting, 'videoMuteStatusChanged', { muted: false });
    expect(await notices(meeting)).to.deep.equal([permission('microphone')]);
    say(meeting, 'audioMuteStatusChanged', { muted: false });
    expect(await notices(meeting)).to.deep.equal([]);
  });

  it('and not by what the app says before it has looked: that the microphone is open', async () => {
    const { policed } = makePoliced('microphone', { startVideoMuted: true });
    const muted: boolean[] = [];
    policed.addEventListener('audioMuteStatusChanged', ({ detail }) => muted.push(detail.muted));
    await joined(policed);
    expect(muted[0]).to.equal(false);
    expect(await notices(policed)).to.deep.equal([en['microphone-policy']]);
  });

  it('when what was missing is plugged in', async () => {
    const meeting = await joined();
    say(meeting, 'micError', { type: 'gum.not_found', message: '' });
    say(meeting, 'cameraError', { type: 'gum.not_found', message: '' });
    say(meeting, 'deviceListChanged', { devices: camera });
    expect(await notices(meeting)).to.deep.equal([en['microphone-not-found']]);
    // That there is one doesn't mean that it may be used.
    say(meeting, 'cameraError', { type: 'gum.permission_denied', message: '' });
    say(meeting, 'deviceListChanged', { devices: camera });
    expect(await notices(meeting)).to.include(permission('camera'));
  });

  it('of a screen, where the page forbids to share one: only the page is told', async () => {
    const { policed } = makePoliced('screen', quiet);
    const warning = once<MeetingWarning>(policed, 'meeting-warning');
    document.body.append(policed);
    expect(await warning).to.include({ code: 'media-blocked', device: 'screen', why: 'policy' });
    await reached(policed, 'joined');
    expect(await notices(policed)).to.deep.equal([]);
    policed.remove();
  });

  it('when the meeting is joined anew', async () => {
    const meeting = await joined();
    say(meeting, 'cameraError', { type: 'gum.general', message: '' });
    await meeting.leave();
    await meeting.join();
    expect(await notices(meeting)).to.deep.equal([]);
  });
});
