import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { JitsiMeetingElement } from '../../src/index.js';
import { AppWarmUp } from '../../src/jitsi/app-warm-up.js';
import { mayWarmUpApp } from '../../src/jitsi/warm-up.js';
import { blockedDevices } from '../../src/jitsi/media.js';
import {
  control,
  endpoint,
  frames,
  freshRoom,
  makeMeeting,
  once,
  press,
  reached,
  standin,
  until,
  words,
} from '../support/in-browser.js';

afterEach(async () => {
  document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove());
  await control('fault', { script: 'none', frame: 'none', warmUp: 'none' });
});

/** Two frames on: whatever was going to be asked for without a reason has been. */
const idle = async (): Promise<void> => {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
};

/** With a script address of its own, so that what was loaded can be told from other tests. */
function put(properties: Partial<JitsiMeetingElement> = {}) {
  const token = endpoint();
  const apiSrc = `${standin.origin}/external_api.js?${freshRoom()}`;
  const meeting = makeMeeting({ tokenUrl: token.url, apiSrc, ...properties });
  document.body.append(meeting);
  const scripts = (): number => performance.getEntriesByName(apiSrc).length;
  return { meeting, token, scripts };
}

describe('loading="click"', () => {
  it('asks no server for anything until pointer or keyboard come near, then for the script, and at the press for the token', async () => {
    const { meeting, token, scripts } = put({ loading: 'click' });
    await meeting.updateComplete;
    await idle();
    expect([scripts(), await token.asked(), frames(meeting).length]).to.deep.equal([0, 0, 0]);
    meeting.dispatchEvent(new PointerEvent('pointerenter'));
    await until(() => scripts() === 1, 'the script');
    expect(await token.asked()).to.equal(0);
    const button = meeting.shadowRoot!.querySelector('button')!;
    button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(async () => (await token.asked()) === 1, 'the token');
    expect(meeting.state).to.equal('idle');
    press(meeting, 'Join meeting');
    await reached(meeting, 'joined');
    expect([scripts(), await token.asked()]).to.deep.equal([1, 1]);
  });

  it('warms nothing up with warm-up="none"', async () => {
    const { meeting, scripts } = put({ loading: 'click', warmUp: 'none' });
    await meeting.updateComplete;
    meeting.dispatchEvent(new PointerEvent('pointerenter'));
    await idle();
    expect(scripts()).to.equal(0);
  });

  it('still waits for its click after it was moved', async () => {
    const { meeting } = put({ loading: 'click' });
    await meeting.updateComplete;
    document.body.prepend(meeting);
    press(meeting, 'Join meeting');
    await reached(meeting, 'joined');
  });
});

describe('loading="eager"', () => {
  it('joins the room that the page names when it hears that the meeting begins', async () => {
    const other = freshRoom();
    const { meeting } = put();
    meeting.addEventListener('meeting-state-change', () => (meeting.room = other), { once: true });
    await reached(meeting, 'joined');
    expect(meeting.api!.getIFrame().src).to.contain(`/${other}`);
    expect(meeting.getMeetingUrl()).to.contain(`/${other}`);
  });
});

describe('loading="lazy"', () => {
  it('starts when the meeting scrolls into view', async () => {
    const spacer = document.body.appendChild(Object.assign(document.createElement('div'), { style: 'height: 300vh' }));
    const { meeting, token } = put({ loading: 'lazy' });
    await meeting.updateComplete;
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(await token.asked()).to.equal(0);
    meeting.scrollIntoView();
    await reached(meeting, 'joined');
    spacer.remove();
  });
});

describe('loading="manual"', () => {
  it('waits in another way, or no longer, when that changes', async () => {
    const { meeting, token } = put({ loading: 'manual' });
    await meeting.updateComplete;
    await idle();
    meeting.loading = 'lazy';
    await reached(meeting, 'joined');
    await meeting.leave();
    meeting.loading = 'eager';
    await meeting.updateComplete;
    expect([meeting.state, await token.asked()]).to.deep.equal(['ended', 1]);
  });

  it('starts by join() and shows no button of its own', async () => {
    const { meeting } = put({ loading: 'manual' });
    await meeting.updateComplete;
    expect(meeting.shadowRoot!.querySelector('button')).to.equal(null);
    await meeting.join();
    expect(meeting.state).to.equal('joined');
  });
});

describe('a word that an attribute does not take', () => {
  for (const [name, expected] of [
    ['loading', 'eager, lazy, click or manual'],
    ['warm-up', 'script, app or none'],
    ['rejoin', 'manual or auto'],
  ] as const) {
    it(`is told before any server is asked: ${name}`, async () => {
      const { meeting, token, scripts } = put({ loading: 'manual' });
      meeting.setAttribute(name, 'Sometimes');
      await meeting.updateComplete;
      const error = await meeting.join().catch((failure: unknown) => failure);
      expect(error).to.include({
        code: 'config-invalid',
        message: `The attribute ${name} is "sometimes"; expected ${expected}.`,
      });
      expect(await words(meeting)).to.match(/not something you can fix/);
      expect([scripts(), await token.asked()]).to.deep.equal([0, 0]);
      meeting.removeAttribute(name);
      await meeting.join();
    });
  }

  it('in loading does not leave the visitor waiting', async () => {
    const { meeting } = put({ loading: 'sometimes' as 'eager' });
    await once(meeting, 'meeting-error');
    expect(meeting.error!.code).to.equal('config-invalid');
  });

  it('interrupts no meeting: it counts from the next join on', async () => {
    const { meeting } = put();
    await reached(meeting, 'joined');
    const frame = frames(meeting)[0];
    meeting.setAttribute('rejoin', 'perhaps');
    meeting.subject = 'Weekly';
    await meeting.updateComplete;
    expect([meeting.state, frames(meeting)[0]]).to.deep.equal(['joined', frame]);
    await meeting.leave();
    expect(await meeting.join().catch((error: { code: string }) => error.code)).to.equal('config-invalid');
  });

  it('is neither a word in another case nor an absent attribute, as in HTML', async () => {
    const { meeting, token } = put({ loading: undefined as unknown as 'eager' });
    meeting.setAttribute('loading', ' Click ');
    await meeting.updateComplete;
    await idle();
    expect(await token.asked()).to.equal(0);
    press(meeting, 'Join meeting');
    await reached(meeting, 'joined');
    const other = put({ loading: null as unknown as 'eager' }).meeting;
    await reached(other, 'joined');
  });
});

describe('warm-up="app"', () => {
  it('loads the app in a hidden frame when the page is idle, and is gone once the meeting is there', async () => {
    const { meeting } = put({ loading: 'click', warmUp: 'app' });
    await until(() => frames(meeting).length === 1, 'the hidden frame');
    expect(frames(meeting)[0]!.src).to.equal(`${standin.origin}/static/dialInInfo.html`);
    expect(frames(meeting)[0]!.src).not.to.contain('jwt');
    press(meeting, 'Join meeting');
    await reached(meeting, 'joined');
    expect(frames(meeting).map((frame) => frame.title)).to.deep.equal([`Video meeting “${meeting.room}”`]);
  });

  for (const fault of ['404', 'hang']) {
    it(`is silent when that page answers ${fault}`, async () => {
      await control('fault', { warmUp: fault });
      const { meeting } = put({ loading: 'click', warmUp: 'app' });
      await until(() => frames(meeting).length === 1, 'the hidden frame');
      press(meeting, 'Join meeting');
      await reached(meeting, 'joined');
      expect(frames(meeting)).to.have.length(1);
    });
  }

  it('is not for who saves data or has a slow line', () => {
    expect(mayWarmUpApp({ saveData: true })).to.equal(false);
    expect(mayWarmUpApp({ effectiveType: 'slow-2g' })).to.equal(false);
    expect(mayWarmUpApp({ effectiveType: '3g' })).to.equal(false);
    expect(mayWarmUpApp({ effectiveType: '4g' })).to.equal(true);
    expect(mayWarmUpApp(undefined)).to.equal(true);
  });

  it('keeps a half loaded frame when the meeting is wanted, until it has loaded', async () => {
    const place = document.body.appendChild(document.createElement('div'));
    const warmUp = new AppWarmUp(standin.host, place);
    warmUp.wanted();
    expect(place.children).to.have.length(1);
    await until(() => place.children.length === 0, 'the end of the warm-up');
    place.remove();
  });
});

describe('camera and microphone', () => {
  it('are looked for in permissions, by a name that a browser may not know', async () => {
    const states: Record<string, string> = { microphone: 'denied' };
    const query = ({ name }: { name: string }) =>
      name in states ? Promise.resolve({ state: states[name] }) : Promise.reject(new TypeError(name));
    expect(await blockedDevices(undefined, { query } as unknown as Permissions)).to.deep.equal([
      { device: 'microphone', by: 'permission' },
    ]);
  });

  it('are kept from the frame by a policy around the page, and by nothing else', async function () {
    if (!('featurePolicy' in document)) return expect(navigator.userAgent).not.to.contain('Chrome');
    const granted = { query: () => Promise.resolve({ state: 'granted' }) } as unknown as Permissions;
    const blockedIn = (policy: string, allow = 'camera; microphone; display-capture') => {
      const page = document.createElement('iframe');
      page.allow = policy;
      document.body.append(page);
      const frame = page.contentDocument!.createElement('iframe');
      frame.allow = allow;
      frame.src = `${standin.origin}/static/goodbye.html`;
      page.contentDocument!.body.append(frame);
      return blockedDevices(frame, granted).finally(() => page.remove());
    };
    expect(await blockedIn('')).to.deep.equal([]);
    expect(await blockedIn("camera 'none'")).to.deep.equal([{ device: 'camera', by: 'policy' }]);
    expect(await blockedIn("display-capture 'none'")).to.deep.equal([{ device: 'screen', by: 'policy' }]);
    // A script of an old release asks for no screen.
    expect(await blockedIn("display-capture 'none'", 'camera; microphone')).to.deep.equal([]);
  });

  it('are free on a plain page: no warning', async () => {
    const { meeting } = put();
    const warnings: string[] = [];
    meeting.addEventListener('meeting-warning', (event) =>
      warnings.push((event as CustomEvent<{ message: string }>).detail.message),
    );
    await reached(meeting, 'joined');
    expect(warnings).to.deep.equal([]);
  });

  it('that Jitsi could not use are told as a warning, and the visitor reads what to do', async () => {
    const { meeting } = put({ startAudioMuted: true, startVideoMuted: true });
    await reached(meeting, 'joined');
    const warning = once<{ code: string; device: string; hint: string }>(meeting, 'meeting-warning');
    meeting.api!.emit('cameraError', { type: 'gum.permission_denied', message: 'no' });
    expect(await warning).to.include({ code: 'media-blocked', device: 'camera' });
    expect(await words(meeting)).to.match(/camera is blocked for this page/);
    meeting.shadowRoot!.querySelector<HTMLElement>('[part=close]')!.click();
    expect(await words(meeting)).to.equal('');
    expect(meeting.state).to.equal('joined');
  });
});

it('a device that the page keeps from the frame is told so, also when the app believes that the visitor does', async () => {
  const { meeting } = put({ startAudioMuted: true, startVideoMuted: true });
  await reached(meeting, 'joined');
  const allowsFeature = (name: string) => name !== 'camera';
  Object.defineProperty(meeting.api!.getIFrame(), 'featurePolicy', { value: { allowsFeature } });
  for (const [name, type, why] of [
    ['cameraError', 'gum.permission_denied', 'policy'],
    ['micError', 'gum.permission_denied', 'permission'],
    ['cameraError', 'gum.not_found', 'not-found'],
  ] as const) {
    const warning = once<{ why: string; hint: string }>(meeting, 'meeting-warning');
    meeting.api!.emit(name, { type, message: '' });
    expect(await warning).to.include({ why });
    if (why === 'policy') expect((await warning).hint).to.contain(`camera=(self "${standin.origin}")`);
  }
});

describe('the back/forward cache', () => {
  it('gets no dead frame: the page that comes back shows Rejoin', async () => {
    const { meeting } = put();
    await reached(meeting, 'joined');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect(meeting.state).to.equal('ended');
    expect(frames(meeting)).to.have.length(0);
    expect(await words(meeting)).to.match(/You left this page/);
    press(meeting, 'Rejoin');
    await reached(meeting, 'joined');
  });
});
