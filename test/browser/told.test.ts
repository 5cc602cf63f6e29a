// What a sighted person reads where the app in the frame shows nothing, and what they are asked to press.
import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { unsignedToken } from '../support/jwt.js';
import { fakeMeeting, type World } from '../support/fake-meeting.js';
import { buttons, words } from '../support/in-browser.js';

afterEach(() =>
  document.querySelectorAll('*').forEach((one) => one.localName.startsWith('fake-meeting') && one.remove()),
);

async function shown(properties: Partial<JitsiMeetingElement> = {}, prepare = (_world: World): void => {}) {
  const made = fakeMeeting(properties);
  prepare(made.world);
  document.body.append(made.meeting);
  await made.meeting.updateComplete;
  await made.world.clock.pass(0);
  return made;
}

const error = (name: string, more: object = {}) => ({ error: { name, type: 'CONNECTION', isFatal: false, ...more } });

describe('over a frame that shows nothing of it', () => {
  it('stands that the meeting is not live yet, until it is', async () => {
    const { meeting, world } = await shown();
    world.app!.say('ready');
    world.app!.say('errorOccurred', error('connection.notLiveError'));
    expect(await words(meeting)).to.equal('The meeting hasn’t started. You can wait here.');
    expect(meeting.state).to.equal('ready');
    expect(buttons(meeting)).to.deep.equal([]);
    world.app!.join();
    expect(await words(meeting)).to.equal('');
  });

  it('stands in a meeting that the device is offline, as long as it is', async () => {
    const { meeting, world } = await shown();
    world.app!.join();
    expect(await words(meeting)).to.equal('');
    world.device.dispatchEvent(new Event('offline'));
    expect(await words(meeting)).to.match(/as soon as you’re back/);
    expect(meeting.state).to.equal('joined');
    expect(world.apps).to.have.length(1);
    world.device.dispatchEvent(new Event('online'));
    expect(await words(meeting)).to.equal('');
  });

  it('stands nothing where the app has a screen of its own', async () => {
    const { meeting, world } = await shown();
    world.app!.say('ready');
    const waits = [
      error('conference.connectionError.membersOnly', { params: ['l', false], recoverable: true }),
      error('conference.authenticationRequired', { recoverable: true }),
    ];
    for (const wait of waits) {
      world.app!.say('errorOccurred', wait);
      expect(await words(meeting)).to.equal('');
      await world.clock.pass(700);
      await meeting.updateComplete;
      expect(meeting.shadowRoot!.querySelector('[role=status]')!.textContent).to.match(/Waiting/);
    }
  });
});

describe('a way to try again', () => {
  const answers: [status: number, offers: string[]][] = [
    [400, []],
    [401, ['I’ve signed in']],
    [403, []],
    [404, []],
    [429, ['Try again']],
    [503, ['Try again']],
  ];
  for (const [status, offers] of answers) {
    it(`is ${offers.length > 0 ? '' : 'not '}offered after a ${status}`, async () => {
      const { meeting, world } = await shown({ retryPolicy: { attempts: 1 } }, ({ backend }) => {
        backend.answer = () => new Response('', { status });
      });
      await world.clock.pass(100);
      await meeting.updateComplete;
      expect(meeting.state).to.equal('failed');
      expect(buttons(meeting)).to.deep.equal(offers);
    });
  }

  it('is not offered for a token for another room, and for one that only the page can replace', async () => {
    const other = await shown({}, ({ backend }) => void (backend.claims = { room: 'B' }));
    await other.world.clock.pass(100);
    await other.meeting.updateComplete;
    expect(other.meeting.error).to.include({ code: 'token-rejected', detail: 'other-room' });
    expect(buttons(other.meeting)).to.deep.equal([]);

    const token = unsignedToken({ iss: 'a', aud: 'jitsi', sub: 'meet.example.org', room: 'A', exp: 1_700_000_000 });
    const { meeting, world } = await shown({ tokenUrl: '', token });
    await world.clock.pass(100);
    await meeting.updateComplete;
    expect(meeting.error).to.include({ code: 'token-expired', detail: 'only-page' });
    expect(await words(meeting)).to.match(/Ask for a new invitation/);
    expect(buttons(meeting)).to.deep.equal([]);
  });

  it('is not offered to a guest whom the server asks for a token; a way to sign in is, where there is one', async () => {
    const { meeting, world } = await shown({ tokenUrl: '', signInUrl: 'https://www.example.org/login' });
    world.app!.say('ready');
    world.app!.say(
      'errorOccurred',
      error('connection.passwordRequired', { message: 'token required', recoverable: true }),
    );
    await world.clock.pass(1_000);
    await meeting.updateComplete;
    expect(meeting.error).to.include({ code: 'token-auth-required' });
    expect(await words(meeting)).to.equal('This meeting is open to people who are signed in.');
    expect(buttons(meeting)).to.deep.equal(['Sign in']);
  });
});
