import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement, MeetingStateName } from '../../src/index.js';
import '../../src/index.js';
import { accountedMeeting, watchListeners } from '../support/leftovers.js';
import { endpoint, freshRoom, occupants, reached, sideBySide, standin, until } from '../support/in-browser.js';
import { inSight } from '../support/in-sight.js';
import { stat } from '../support/stats.js';

/**
 * Without a graphics card, the pretended cameras of ten meetings take WebKit so much time that no app is ready within 8 s.
 */
const withoutCamera = { startVideoMuted: true };

/** Where a mount is cut off, besides in the task that began it. */
const states: MeetingStateName[] = ['connecting', 'loading', 'ready'];
const atOnce = 10;

/** Resolves at the state, or at a later one if the meeting was faster than the test. */
async function onTheWay(meeting: JitsiMeetingElement, state: MeetingStateName): Promise<void> {
  await Promise.race([reached(meeting, state), reached(meeting, 'joined')]);
}

const task = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('mounting and unmounting', () => {
  it('200 times, half of them cut off half-way, leaves nothing', async function () {
    this.timeout(180_000);
    const { accounts, AccountedMeeting } = accountedMeeting();
    const rooms: string[] = [];
    const tokenUrl = endpoint().url;
    const put = (): JitsiMeetingElement => {
      const room = freshRoom();
      rooms.push(room);
      const options = { domain: standin.host, room, tokenUrl, ...withoutCamera };
      const meeting = inSight(Object.assign(new AccountedMeeting(), options));
      document.body.append(meeting);
      return meeting;
    };
    const joined = async (number: number): Promise<void> => {
      const meeting = put();
      await reached(meeting, 'joined');
      if (number % 3 === 0) await meeting.leave();
      meeting.remove();
    };
    const cutOff = async (number: number): Promise<void> => {
      const meeting = put();
      const cut = [undefined, ...states][number % 4];
      if (cut) await onTheWay(meeting, cut);
      meeting.remove();
    };

    const listeners = watchListeners();
    try {
      await joined(1);
      await until(() => accounts.live.size === 0, 'the first one to be gone');
      const before = listeners.count();
      const mounts = Array.from({ length: 200 }, (_, number) => number);
      await sideBySide(mounts, atOnce, (number) => (number % 2 ? cutOff(number >> 1) : joined(number >> 1)));
      await until(() => accounts.live.size === 0 && accounts.openFrames === 0, 'every frame to be gone');
      await until(async () => {
        const left = await Promise.all(rooms.map(occupants));
        return left.every((count) => count === 0);
      }, 'every room to be empty');
      const added = Object.entries(listeners.count()).filter(([name, count]) => count > (before[name] ?? 0));
      stat(
        `200 mounts, ${accounts.made} frames made: ${accounts.openFrames} iframes, ${accounts.live.size} API objects, ` +
          `${added.length} listeners, ${accounts.requests} token requests left`,
      );
      expect(accounts.made).to.be.greaterThan(100);
      expect(document.querySelectorAll('iframe')).to.have.length(0);
      expect(accounts.openFrames).to.equal(0);
      expect(accounts.requests).to.equal(0);
      expect(added).to.deep.equal([]);
    } finally {
      listeners.end();
    }
  });
});

describe("a mount that comes twice, as in React's StrictMode", () => {
  const { accounts, AccountedMeeting } = accountedMeeting();
  const make = (): JitsiMeetingElement =>
    Object.assign(new AccountedMeeting(), {
      domain: standin.host,
      room: freshRoom(),
      tokenUrl: endpoint().url,
      ...withoutCamera,
    });
  beforeEach(() => {
    accounts.made = accounts.most = 0;
  });
  afterEach(async () => {
    for (const one of document.body.children) if (one instanceof AccountedMeeting) one.remove();
    await until(() => accounts.live.size === 0, 'every frame to be gone');
  });

  it('in one task: one API object, one token, one occupant', async () => {
    const asked = endpoint();
    const meeting = Object.assign(make(), { tokenUrl: asked.url });
    document.body.append(meeting);
    meeting.remove();
    document.body.append(meeting);
    await reached(meeting, 'joined');
    expect(accounts.made).to.equal(1);
    expect(await asked.asked()).to.equal(1);
    expect(await occupants(meeting.room)).to.equal(1);
  });

  for (const cut of states) {
    it(`in tasks of their own, removed while ${cut}: never two API objects`, async () => {
      const meeting = make();
      document.body.append(meeting);
      await onTheWay(meeting, cut);
      meeting.remove();
      await task();
      document.body.append(meeting);
      await reached(meeting, 'joined');
      expect(accounts.most).to.equal(1);
      expect(accounts.live.size).to.equal(1);
      await until(async () => (await occupants(meeting.room)) === 1, 'one occupant');
    });
  }

  it('as two elements, the first thrown away: one occupant', async () => {
    const [first, second] = [make(), make()];
    second.room = first.room;
    document.body.append(first);
    first.remove();
    document.body.append(second);
    await reached(second, 'joined');
    expect(accounts.made).to.equal(1);
    expect(await occupants(second.room)).to.equal(1);
  });
});
