import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { fakeMeeting } from '../support/fake-meeting.js';

const meetings: JitsiMeetingElement[] = [];
afterEach(() => meetings.splice(0).forEach((meeting) => meeting.remove()));

type Made = ReturnType<typeof fakeMeeting>;
const never = (): Promise<never> => new Promise(() => {});

/** In a meeting whose token lives 300 s, a minute before its end. */
async function nearTheEnd(answer: (request: Request, made: Made) => Promise<Response> | Response) {
  const made = fakeMeeting();
  const { meeting, world } = made;
  meetings.push(meeting);
  world.backend.life = 300;
  document.body.append(meeting);
  await meeting.updateComplete;
  await world.clock.pass(0);
  world.app!.join();
  await world.clock.pass(0);
  const bar = async (): Promise<string> => {
    await world.clock.pass(0);
    await meeting.updateComplete;
    const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
    await status.updateComplete;
    return status.shadowRoot!.querySelector('.expiry')!.textContent!.replaceAll(/\s+/g, ' ').trim();
  };
  expect(await bar()).to.match(/^Access until .+ · renews by itself$/);
  const plain = world.backend.answer;
  world.backend.answer = (request) => answer(request, made);
  await world.clock.pass(240_000);
  return { meeting, world, bar, plain };
}

describe('the bar, while a newer token is fetched', () => {
  it('tells no time of the old one, and then that of the new one', async () => {
    let give = (): void => {};
    const { world, bar, plain, meeting } = await nearTheEnd(async (request) => {
      await new Promise<void>((resolve) => (give = resolve));
      return plain(request);
    });
    expect(await bar()).to.equal('Renewing your access…');
    expect(meeting.tokenRenewal).to.equal('under-way');
    await world.clock.pass(5_000);
    expect(await bar()).to.equal('Renewing your access…');
    give();
    expect(await bar()).to.match(/^Access until .+ · renews by itself$/);
    expect(meeting.tokenRenewal).to.equal('none');
  });

  it('says so as long as it is asked for again, until its end', async () => {
    const { world, bar } = await nearTheEnd(() => new Response(null, { status: 503 }));
    for (let time = 0; time < 5; time++) {
      expect(await bar()).to.equal('Renewing your access…');
      await world.clock.pass(10_000);
    }
    await world.clock.pass(10_000);
    expect(await bar()).to.equal('Your access has ended. You can stay, but not rejoin once you leave.');
  });

  it('says so when a meeting that was lost is joined again', async () => {
    const { meeting, world, bar } = await nearTheEnd(never);
    await world.clock.pass(0);
    world.app!.say('errorOccurred', { error: { name: 'conference.failed', type: 'CONFERENCE', isFatal: true } });
    expect(await bar()).to.equal('Renewing your access…');
    expect(meeting.state).to.equal('reconnecting');
  });
});

describe('the bar, when there is no newer token', () => {
  it('warns, and tells how long the old one lasts', async () => {
    const { bar, meeting } = await nearTheEnd(() => new Response(null, { status: 403 }));
    expect(await bar()).to.match(/^Your access couldn’t be renewed\. Access ends in (1 minute|60 seconds)$/);
    const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
    expect(status.shadowRoot!.querySelector('.expiry')!.classList.contains('over')).to.equal(true);
    expect(meeting.tokenRenewal).to.equal('failed');
  });

  it('says the same while it is asked for again, where every token ends with the old one', async () => {
    const { world, bar } = await nearTheEnd((_request, { world: { backend }, meeting }) =>
      backend.token({ exp: meeting.claims!.exp }),
    );
    expect(world.backend.requests).to.equal(2);
    for (let time = 0; time < 3; time++) {
      expect(await bar()).to.match(/^Your access couldn’t be renewed\. Access ends in (1 minute|\d+ seconds)$/);
      await world.clock.pass(10_000);
    }
    expect(world.backend.requests).to.be.greaterThan(2);
  });
});
