import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { settle } from '../support/clock.js';
import { fakeMeeting, task } from '../support/fake-meeting.js';
import { frames, freshRoom, once, press, standin } from '../support/in-browser.js';

/** What the page wants done when it is idle, until the test says that it is. */
const whenIdle = new Map<number, () => void>();
let idleIds = 0;
const { requestIdleCallback, cancelIdleCallback } = window;
let meeting: JitsiMeetingElement | undefined;

function pretend(connection: object | undefined): void {
  Object.defineProperty(navigator, 'connection', { configurable: true, value: connection });
}

beforeEach(() => {
  whenIdle.clear();
  window.requestIdleCallback = (run) => {
    whenIdle.set(++idleIds, run as () => void);
    return idleIds;
  };
  window.cancelIdleCallback = (id) => void whenIdle.delete(id);
  pretend(undefined);
});
afterEach(async () => {
  meeting?.remove();
  await task();
  Object.assign(window, { requestIdleCallback, cancelIdleCallback });
  Reflect.deleteProperty(navigator, 'connection');
});

async function put(properties: Partial<JitsiMeetingElement> = {}) {
  const made = fakeMeeting({ loading: 'click', ...properties });
  ({ meeting } = made);
  document.body.append(meeting);
  await task();
  const asked = async (): Promise<[scripts: number, tokens: number]> => {
    await settle();
    return [made.world.loads, made.world.backend.requests];
  };
  return { ...made, asked, button: meeting.shadowRoot!.querySelector('button')! };
}

const inside: EventInit = { bubbles: true, composed: true };
const key = (name: string): KeyboardEvent => new KeyboardEvent('keydown', { key: name, ...inside });

describe('what comes near a meeting that waits for a click', () => {
  for (const name of ['pointerenter', 'focusin', 'touchstart']) {
    it(`fetches the script ahead, once: ${name}`, async () => {
      const { asked, button } = await put();
      expect(await asked()).to.deep.equal([0, 0]);
      // A pointer enters the element itself; the others begin at what is inside.
      const where = name === 'pointerenter' ? meeting! : button;
      for (let time = 0; time < 2; time++) where.dispatchEvent(new Event(name, inside));
      expect(await asked()).to.deep.equal([1, 0]);
    });
  }

  it('opens the connection to the deployment ahead, once a page', async () => {
    const domain = `${freshRoom()}.example.org`;
    const links = (): number => document.querySelectorAll(`link[rel=preconnect][href="https://${domain}"]`).length;
    await put({ domain });
    expect(links()).to.equal(0);
    for (const name of ['focusin', 'pointerenter']) meeting!.dispatchEvent(new Event(name));
    expect(links()).to.equal(1);
    document.querySelector(`link[href="https://${domain}"]`)!.remove();
  });

  const presses: [string, () => Event][] = [
    ['pointerdown', () => new PointerEvent('pointerdown', inside)],
    ['Enter', () => key('Enter')],
    ['the space bar', () => key(' ')],
  ];
  for (const [what, event] of presses) {
    it(`fetches the token at a press of the button, and joins with that one: ${what}`, async () => {
      const { asked, button, world } = await put();
      button.dispatchEvent(event());
      expect(await asked()).to.deep.equal([1, 1]);
      press(meeting!, 'Join meeting');
      await world.settleDown();
      expect([meeting!.state, world.backend.requests]).to.deep.equal(['joined', 1]);
    });
  }

  it('fetches no token for another key, nor for a press beside the button', async () => {
    const { asked, button } = await put();
    button.dispatchEvent(key('Tab'));
    meeting!.dispatchEvent(key('Enter'));
    meeting!.dispatchEvent(new PointerEvent('pointerdown', inside));
    expect(await asked()).to.deep.equal([0, 0]);
  });

  it('fetches nothing once the element is gone, and does again when it is back', async () => {
    const { asked, button } = await put();
    meeting!.remove();
    await task();
    for (const name of ['pointerenter', 'focusin', 'touchstart']) meeting!.dispatchEvent(new Event(name));
    button.dispatchEvent(key('Enter'));
    expect(await asked()).to.deep.equal([0, 0]);
    document.body.append(meeting!);
    await task();
    meeting!.dispatchEvent(new Event('pointerenter'));
    expect(await asked()).to.deep.equal([1, 0]);
  });
});

describe('the app warmed up ahead', () => {
  const warm = (domain: string = standin.host) => put({ warmUp: 'app', domain });
  const idle = (): void => {
    for (const run of whenIdle.values()) run();
    whenIdle.clear();
  };

  const connections: [object, number][] = [
    [{ saveData: true }, 0],
    [{ effectiveType: '2g' }, 0],
    [{ effectiveType: '3g' }, 0],
    [{ effectiveType: '4g', saveData: false }, 1],
  ];
  for (const [connection, expected] of connections) {
    it(`over ${JSON.stringify(connection)}: ${expected ? 'is' : 'is not'}`, async () => {
      pretend(connection);
      await warm();
      expect(frames(meeting!)).to.have.length(0);
      idle();
      expect(frames(meeting!)).to.have.length(expected);
    });
  }

  it('is gone, when it has loaded, as soon as the meeting is wanted', async () => {
    const { world } = await warm();
    world.backend.answer = () => new Promise(() => {});
    idle();
    await once(frames(meeting!)[0]!, 'load');
    expect(frames(meeting!)).to.have.length(1);
    press(meeting!, 'Join meeting');
    await meeting!.updateComplete;
    expect([meeting!.state, frames(meeting!).length]).to.deep.equal(['connecting', 0]);
  });

  it('is gone when the element is, and begun once when it is back', async () => {
    await warm();
    idle();
    expect(frames(meeting!)).to.have.length(1);
    meeting!.remove();
    await task();
    expect(frames(meeting!)).to.have.length(0);
    document.body.append(meeting!);
    await task();
    meeting!.remove();
    await task();
    document.body.append(meeting!);
    await task();
    idle();
    expect(frames(meeting!)).to.have.length(1);
  });

  it('is not begun when the meeting is quicker', async () => {
    const { world } = await warm();
    press(meeting!, 'Join meeting');
    await world.settleDown();
    idle();
    expect(frames(meeting!)).to.have.length(1);
    expect(frames(meeting!)[0]).to.equal(world.app!.getIFrame());
  });
});

describe('loading', () => {
  it('starts a meeting that waits when it becomes eager', async () => {
    for (const loading of ['manual', 'click'] as const) {
      const { world } = await put({ loading });
      meeting!.loading = 'eager';
      await world.settleDown();
      expect([meeting!.state, world.backend.requests]).to.deep.equal(['joined', 1]);
      meeting!.remove();
      await task();
    }
  });

  it('starts nothing where one has failed or ended, nor interrupts one', async () => {
    const { world } = await put({ loading: 'manual' });
    void meeting!.join();
    await world.settleDown();
    meeting!.loading = 'eager';
    await world.settleDown();
    expect(meeting!.state).to.equal('joined');
    meeting!.loading = 'manual';
    await world.settleDown();
    world.app!.kick();
    meeting!.loading = 'eager';
    await world.settleDown();
    expect([meeting!.state, world.backend.requests]).to.deep.equal(['ended', 1]);
  });
});
