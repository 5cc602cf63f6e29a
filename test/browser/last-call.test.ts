import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { fakeMeeting, task, type World } from '../support/fake-meeting.js';

/** A meeting on the page, in it if it starts by itself. */
async function put(properties: Partial<JitsiMeetingElement> = {}) {
  const made = fakeMeeting(properties);
  document.body.append(made.meeting);
  await made.world.settleDown();
  return made;
}

/** Where the person is at last. */
async function whereabouts({ meeting, world }: { meeting: JitsiMeetingElement; world: World }): Promise<string> {
  await world.settleDown();
  const room = world.app?.options.roomName;
  return room ? `${meeting.state} ${room}` : meeting.state;
}

const code = (promise: Promise<void>): Promise<string> =>
  promise.then(
    () => 'resolved',
    (error: { code: string }) => error.code,
  );

afterEach(async () => {
  for (const one of document.querySelectorAll('body > *')) if (one.localName.startsWith('fake-meeting')) one.remove();
  await task();
});

it('join() reads the child with the configuration, though the element was put on the page in the same task', async () => {
  const { meeting, world } = fakeMeeting({ loading: 'manual' });
  meeting.innerHTML = '<script type="application/json">{"configOverwrite": {"startWithAudioMuted": true}}</script>';
  document.body.append(meeting);
  void meeting.join();
  await world.settleDown();
  expect(meeting.state).to.equal('joined');
  const { configOverwrite } = world.app!.options as unknown as { configOverwrite: object };
  expect(configOverwrite).to.include({ startWithAudioMuted: true });
});

describe('of what is done in one task the last counts', () => {
  it('append a lazy one, then leave(): out, though it is in sight', async () => {
    const made = fakeMeeting({ loading: 'lazy' });
    document.body.append(made.meeting);
    await made.meeting.leave();
    expect(await whereabouts(made)).to.equal('idle');
    made.meeting.loading = 'manual';
    await made.meeting.updateComplete;
    made.meeting.loading = 'lazy';
    await made.meeting.leave();
    // Two frames are enough for what is in sight to be told.
    for (let frame = 0; frame < 3; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(await whereabouts(made)).to.equal('idle');
  });

  it('a room, then leave(): out', async () => {
    const made = await put();
    expect(made.meeting.state).to.equal('joined');
    made.meeting.room = 'B';
    const left = made.meeting.leave();
    expect(await whereabouts(made)).to.equal('ended');
    await left;
    expect(made.world.backend.requests).to.equal(1);
  });

  it('leave(), then a room: in the other room', async () => {
    const made = await put();
    const left = made.meeting.leave();
    made.meeting.room = 'B';
    expect(await whereabouts(made)).to.equal('joined B');
    await left;
  });

  it('a room, then join(): resolves in that room', async () => {
    const made = await put();
    made.meeting.room = 'B';
    const joined = made.meeting.join().then(() => made.world.app!.options.roomName);
    expect(await whereabouts(made)).to.equal('joined B');
    expect(await joined).to.equal('B');
  });

  it('a room, then a command: goes to that room', async () => {
    const made = await put();
    made.meeting.room = 'B';
    made.meeting.executeCommand('toggleChat');
    expect(await whereabouts(made)).to.equal('joined B');
    expect(made.world.app!.commands).to.deep.equal([['toggleChat']]);
  });

  it('another room after the meeting ended, then renewToken(): there is one again', async () => {
    const made = await put();
    made.world.app!.kick();
    made.meeting.room = 'B';
    await made.meeting.renewToken();
    expect(await whereabouts(made)).to.equal('joined B');
    expect(made.world.backend.requests).to.equal(2);
  });

  it('put on the page, then leave(): out', async () => {
    const made = fakeMeeting();
    document.body.append(made.meeting);
    await made.meeting.leave();
    expect(await whereabouts(made)).to.equal('idle');
    expect(made.world.backend.requests).to.equal(0);
  });

  it('leave(), then put on the page: starts', async () => {
    const made = fakeMeeting();
    await made.meeting.leave();
    document.body.append(made.meeting);
    expect(await whereabouts(made)).to.equal('joined A');
    made.meeting.remove();
    await task();
    await made.meeting.leave();
    document.body.append(made.meeting);
    expect(await whereabouts(made)).to.equal('joined A');
  });

  it('put on the page, join(), then a room: in that room', async () => {
    for (const loading of ['manual', 'eager'] as const) {
      const made = fakeMeeting({ loading });
      document.body.append(made.meeting);
      const joined = made.meeting.join();
      made.meeting.room = 'B';
      expect(await whereabouts(made)).to.equal('joined B');
      await joined;
    }
  });

  it('put on the page again after other tasks of the same moment: starts', async () => {
    const made = fakeMeeting();
    document.body.append(made.meeting);
    made.meeting.remove();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    document.body.append(made.meeting);
    expect(await whereabouts(made)).to.equal('joined A');
    expect(made.world.backend.requests).to.equal(1);
  });

  it('taken out, another room, and put back: in that room, whether it had ended or not', async () => {
    for (const ended of [false, true]) {
      const made = await put();
      if (ended) made.world.app!.kick();
      made.meeting.remove();
      made.meeting.room = 'B';
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      document.body.append(made.meeting);
      expect(await whereabouts(made)).to.equal('joined B');
    }
  });

  it('loading, then leave(): out', async () => {
    const made = await put({ loading: 'manual' });
    made.meeting.loading = 'eager';
    await made.meeting.leave();
    expect(await whereabouts(made)).to.equal('idle');
  });
});

describe('a join property that means the same meeting as before', () => {
  const same: [string, (meeting: JitsiMeetingElement) => void][] = [
    ['no tenant in other words', (meeting) => (meeting.tenant = '')],
    ['a blank after the room', (meeting) => (meeting.room += ' ')],
    ['the domain in capitals', (meeting) => (meeting.domain = 'MEET.example.org:443')],
    [
      'there and back in one task',
      (meeting) => {
        meeting.room = 'B';
        meeting.room = 'A';
      },
    ],
  ];
  for (const [what, change] of same) {
    it(`${what}: rejoins nobody who was kicked or left, repeats no request, and interrupts no meeting`, async () => {
      const kicked = await put();
      kicked.world.app!.kick();
      change(kicked.meeting);
      expect(await whereabouts(kicked)).to.equal('ended');

      const left = await put();
      void left.meeting.leave();
      change(left.meeting);
      expect(await whereabouts(left)).to.equal('ended');

      const refused = fakeMeeting();
      refused.world.backend.answer = () => new Response('', { status: 403 });
      document.body.append(refused.meeting);
      await refused.world.settleDown();
      change(refused.meeting);
      expect(await whereabouts(refused)).to.equal('failed');
      expect(refused.world.backend.requests).to.equal(1);

      const joined = await put();
      const { app } = joined.world;
      change(joined.meeting);
      expect(await whereabouts(joined)).to.equal('joined A');
      expect(joined.world.app).to.equal(app);
    });
  }
});

describe('another meeting than before', () => {
  it('starts where the last one ended or failed, if the element is one that starts by itself', async () => {
    for (const loading of ['eager', 'manual', 'click'] as const) {
      const ended = await put({ loading });
      if (loading !== 'eager') {
        void ended.meeting.join();
        await ended.world.settleDown();
      }
      ended.world.app!.kick();
      ended.meeting.room = 'B';
      expect(await whereabouts(ended)).to.equal(loading === 'eager' ? 'joined B' : 'ended');
    }
    const failed = await put({ domain: '', room: 'A ' });
    expect(failed.meeting.state).to.equal('failed');
    failed.meeting.domain = 'not a domain';
    await failed.world.settleDown();
    expect(failed.meeting.error?.message).to.contain('not a domain');
    failed.meeting.domain = 'meet.example.org';
    expect(await whereabouts(failed)).to.equal('joined A');
  });

  it('takes the place of the one under way, without waiting for it to be joined', async () => {
    const made = fakeMeeting();
    made.world.backend.answer = () => new Promise(() => {});
    document.body.append(made.meeting);
    await made.world.clock.pass(0);
    expect(made.meeting.state).to.equal('connecting');
    made.world.backend.answer = () => made.world.backend.token();
    made.meeting.room = 'B';
    expect(await whereabouts(made)).to.equal('joined B');
    expect(made.world.backend.open).to.equal(0);
    made.world.app!.kick();
    expect(await whereabouts(made)).to.equal('ended');
  });

  it('counts from the next start on while none has begun', async () => {
    const made = await put({ loading: 'manual' });
    made.meeting.room = 'B';
    expect(await whereabouts(made)).to.equal('idle');
    expect(await Promise.race([code(made.meeting.join()), whereabouts(made)])).to.equal('resolved');
    expect(await whereabouts(made)).to.equal('joined B');
  });
});
