import { expect } from '@open-wc/testing';
import { fakeMeeting, task } from '../support/fake-meeting.js';
import { frames } from '../support/in-browser.js';

async function joined() {
  const made = fakeMeeting();
  document.body.append(made.meeting);
  await made.world.settleDown();
  expect(made.meeting.state).to.equal('joined');
  return made;
}

describe('an iframe that the page takes out of the meeting', () => {
  it('is noticed: the meeting is taken up again, in a frame of its own', async () => {
    const { meeting, world } = await joined();
    const [frame] = frames(meeting);
    frame!.remove();
    await Promise.resolve();
    expect(meeting.state).to.equal('reconnecting');
    await world.settleDown();
    expect([meeting.state, frames(meeting).length, world.apps.length]).to.deep.equal(['joined', 1, 1]);
    document.body.append(frames(meeting)[0]!);
    await world.settleDown();
    expect([meeting.state, frames(meeting).length, world.apps.length]).to.deep.equal(['joined', 1, 1]);
    expect(document.querySelectorAll('body > iframe')).to.have.length(0);
    meeting.remove();
    await task();
  });
});

describe('a meeting that is put into the document of another window', () => {
  it('leaves, says that it cannot join there, and can where it was before', async () => {
    const { meeting, world } = await joined();
    const page = document.body.appendChild(document.createElement('iframe'));
    page.contentDocument!.body.append(meeting);
    expect([meeting.state, frames(meeting).length]).to.deep.equal(['ended', 0]);
    await world.settleDown();
    const requests = world.backend.requests;
    const failure = meeting.join().catch((error: unknown) => error);
    await world.settleDown();
    expect(await failure).to.include({ code: 'config-invalid' });
    expect(((await failure) as Error).message).to.match(/another window/);
    expect(world.backend.requests).to.equal(requests);
    document.body.append(meeting);
    void meeting.join();
    await world.settleDown();
    expect(meeting.state).to.equal('joined');
    meeting.remove();
    page.remove();
    await task();
  });

  it('says so when it never was in another, and is dressed again in its own', async () => {
    const { meeting, world } = fakeMeeting();
    const failed = new Promise<Event>((resolve) => meeting.addEventListener('meeting-error', resolve, { once: true }));
    const page = document.body.appendChild(document.createElement('iframe'));
    page.contentDocument!.body.append(meeting);
    await world.settleDown();
    expect(((await failed) as CustomEvent<{ error: Error }>).detail.error.message).to.match(/another window/);
    await meeting.updateComplete;
    expect(meeting.shadowRoot!.querySelector('[part~="panel"]')!.textContent).to.contain('This meeting isn’t set up');
    document.body.append(meeting);
    await meeting.updateComplete;
    expect(getComputedStyle(meeting).display).to.equal('flex');
    expect(
      meeting.shadowRoot!.querySelector('jitsi-token-status')!.shadowRoot!.adoptedStyleSheets,
    ).to.have.length.above(1);
    page.contentDocument!.body.append(meeting);
    document.body.append(meeting);
    await meeting.updateComplete;
    expect(getComputedStyle(meeting).display).to.equal('flex');
    meeting.remove();
    page.remove();
    await task();
  });
});
