import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/index.js';
import type { JitsiMeetingElement, MeetingStateName } from '../../src/index.js';
import { control, endpoint, makeMeeting, once, press, reached, until } from '../support/in-browser.js';

const others: HTMLElement[] = [];
afterEach(() => {
  document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove());
  others.splice(0).forEach((one) => one.remove());
});

async function put(properties: Partial<JitsiMeetingElement> = {}): Promise<JitsiMeetingElement> {
  const meeting = makeMeeting({ loading: 'click', startAudioMuted: true, startVideoMuted: true, ...properties });
  document.body.append(meeting);
  await meeting.updateComplete;
  return meeting;
}

function other(): HTMLInputElement {
  const input = document.body.appendChild(document.createElement('input'));
  others.push(input);
  return input;
}

/** What has the focus. */
function focused(meeting: JitsiMeetingElement): string {
  const inside = meeting.shadowRoot!.activeElement;
  const active = inside ?? document.activeElement;
  return active?.className || active?.localName || 'nothing';
}

/** To be asked before what leads there: a state may be over by the time that a key press is. */
async function focusedOnceIn(meeting: JitsiMeetingElement, state: MeetingStateName): Promise<string> {
  await reached(meeting, state);
  await meeting.updateComplete;
  return focused(meeting);
}

const button = (meeting: JitsiMeetingElement): HTMLElement => meeting.shadowRoot!.querySelector('button')!;

/** The drivers of others send keys astray once there was a frame of another site. */
const hasKeyboard = navigator.userAgent.includes('Chrome');

async function pressKey(meeting: JitsiMeetingElement): Promise<void> {
  button(meeting).focus();
  if (hasKeyboard) await sendKeys({ press: 'Enter' });
  else button(meeting).click();
}

describe('the keyboard', () => {
  it('goes from the button to the stage, into the meeting, and back to the stage at its end', async () => {
    const meeting = await put();
    const connecting = focusedOnceIn(meeting, 'connecting');
    await pressKey(meeting);
    expect(await connecting).to.equal('stage');
    await reached(meeting, 'joined');
    await meeting.updateComplete;
    expect(focused(meeting)).to.equal('iframe');
    await meeting.leave();
    await meeting.updateComplete;
    expect(focused(meeting)).to.equal('stage');
    // The next stop is what one can do now.
    if (hasKeyboard) {
      await sendKeys({ press: 'Tab' });
      expect(focused(meeting)).to.equal('button');
    }
    await pressKey(meeting);
    await reached(meeting, 'joined');
    await meeting.updateComplete;
    expect(focused(meeting)).to.equal('iframe');
  });

  it('stays with the meeting when trying again fails again', async () => {
    const meeting = await put({ tokenUrl: endpoint('500').url, retryPolicy: { attempts: 1 } });
    await meeting.join().catch(() => {});
    await meeting.updateComplete;
    const failed = once(meeting, 'meeting-error');
    await pressKey(meeting);
    await failed;
    await meeting.updateComplete;
    expect(focused(meeting)).to.equal('stage');
  });

  it('goes into the meeting when a notice over it is closed', async () => {
    const meeting = await put();
    await meeting.join();
    meeting.api!.emit('cameraError', { type: 'gum.not_found', message: '' });
    await meeting.updateComplete;
    await pressKey(meeting);
    await meeting.updateComplete;
    expect(focused(meeting)).to.equal('iframe');
  });

  it('is never taken away: not from a field that has it, not from one that got it meanwhile, not when nothing has it', async () => {
    const field = other();
    field.focus();
    const meeting = await put();
    press(meeting, 'Join meeting');
    await reached(meeting, 'joined');
    await ends(meeting);
    expect(focused(meeting)).to.equal('input');

    const connecting = focusedOnceIn(meeting, 'connecting').then((what) => (field.focus(), what));
    await pressKey(meeting);
    expect(await connecting).to.equal('stage');
    await reached(meeting, 'joined');
    await ends(meeting);
    expect(focused(meeting)).to.equal('input');

    field.blur();
    press(meeting, 'Rejoin');
    await reached(meeting, 'joined');
    await ends(meeting);
    expect(focused(meeting)).to.equal('body');
  });
});

describe('a closing app', () => {
  for (const where of ['on the page', 'in an element with a shadow'])
    it(`does not take the focus from a person who is elsewhere ${where}`, () => keepsFocus(where === 'on the page'));

  async function keepsFocus(isPlain: boolean): Promise<void> {
    const field = other();
    if (!isPlain) {
      const around = document.body.appendChild(document.createElement('div'));
      others.push(around);
      around.attachShadow({ mode: 'open' }).append(field);
    }
    const meeting = await put();
    await meeting.join();
    field.focus();
    const left = meeting.leave();
    await reached(meeting, 'leaving');
    await meeting.updateComplete;
    meeting.api!.getIFrame()!.focus();
    await left;
    await meeting.updateComplete;
    expect((field.getRootNode() as Document | ShadowRoot).activeElement).to.equal(field);
  }
});

/** Without the app, which would open a dialog inside and take the focus by itself. */
async function ends(meeting: JitsiMeetingElement): Promise<void> {
  meeting.api!.dispose();
  await reached(meeting, 'ended');
  await meeting.updateComplete;
}

describe('a screen reader', () => {
  /** All that is spoken now, by whichever live region. */
  const spoken = (meeting: JitsiMeetingElement): string[] =>
    [...meeting.shadowRoot!.querySelectorAll('[role=status], [role=alert], [aria-live]')]
      .map((region) => region.textContent!.trim())
      .filter(Boolean);

  async function hears(meeting: JitsiMeetingElement, ...sentences: string[]): Promise<void> {
    await until(() => spoken(meeting).join() === sentences.join(), sentences.join());
  }

  it('hears each change once: on the way in, the end, and what failed', async () => {
    const meeting = await put();
    await meeting.join();
    await hears(meeting, 'You are in the meeting.');
    await meeting.leave();
    await hears(meeting, 'You left the meeting');
    await meeting.join();
    await control(`rooms/${meeting.room}/kick-all`);
    await reached(meeting, 'ended');
    await hears(meeting, 'You were removed from the meeting. If that was a mistake, ask the host.');
    meeting.tokenUrl = endpoint('403').url;
    await meeting.join().catch(() => {});
    await hears(meeting, 'You don’t have access to this meeting. Ask the person who invited you.');
  });

  async function joinWithToken(meeting: JitsiMeetingElement): Promise<{ expiresAt: Date }> {
    const received = once<{ expiresAt: Date }>(meeting, 'token-received');
    await meeting.join();
    return received;
  }

  it('hears once that the connection is in doubt, and each notice once', async () => {
    const meeting = await put({ tokenUrl: endpoint('', 3).url });
    const { expiresAt } = await joinWithToken(meeting);
    await until(() => expiresAt.getTime() < Date.now(), "the end of the frame's token", 10_000);
    meeting.api!.emit('cameraError', { type: 'gum.not_found', message: '' });
    await hears(meeting, 'No camera was found. Plug one in, then turn it on.', 'You are in the meeting.');
    window.dispatchEvent(new Event('offline'));
    await reached(meeting, 'reconnecting');
    await hears(meeting, 'Your connection seems unstable. Rejoin if you can’t hear anyone.');
  });
});
