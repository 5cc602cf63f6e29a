import { describe, expect, it } from 'vitest';
import type { MeetingOptions } from '../../src/session/options.js';
import { makeSession } from '../support/session.js';

const fatal = { error: { name: 'conference.focusLeft', params: [], type: 'CONFERENCE', isFatal: true } };

async function joined(options: Partial<MeetingOptions> = {}, life = 3600) {
  const made = makeSession(options);
  made.backend.life = life;
  void made.session.join();
  await made.clock.pass(0);
  made.api().join();
  expect(made.session.state).toBe('joined');
  return made;
}

describe('a sign of a dropped connection shortly before the end of the token', () => {
  /** Five seconds before the end, with no newer token to be had. */
  async function doubted() {
    const made = await joined({}, 300);
    made.backend.answer = () => new Response('', { status: 403 });
    await made.clock.pass(295_000);
    made.api().emit('dataChannelClosed');
    expect(made.session.state).toBe('joined');
    return made;
  }

  it('is looked at again when that has come', async () => {
    const { session, clock } = await doubted();
    await clock.pass(4_000);
    expect(session.state).toBe('joined');
    await clock.pass(2_000);
    expect(session.recovery).toBe('in-doubt');
  });

  it('is forgotten when the app proves alive', async () => {
    const { session, clock, api } = await doubted();
    api().emit('participantJoined', { id: 'other' });
    await clock.pass(60_000);
    expect(session.state).toBe('joined');
  });

  it('leaves nothing behind when the meeting ends before', async () => {
    const { session, clock, api } = await doubted();
    api().hangUp();
    expect(session.state).toBe('ended');
    expect(clock.timers).toBe(0);
  });

  it('says nothing of a meeting that was left out of and come back into since', async () => {
    const { session, clock, api } = await doubted();
    api().emit('videoConferenceLeft', {});
    api().emit('videoConferenceJoined', { id: 'me' });
    expect(session.state).toBe('joined');
    await clock.pass(60_000);
    expect(session.state).toBe('joined');
  });
});

describe("the app's log", () => {
  it.each<[string, MeetingOptions['configOverwrite'], number]>([
    ['is kept from a page that did not ask for it', undefined, 0],
    ['is kept from a page that asked for other things', { startWithAudioMuted: true }, 0],
    ['is for the page that asked for it', { apiLogLevels: ['warn'] }, 1],
  ])('%s', async (_what, configOverwrite, times) => {
    const { session, api } = await joined(configOverwrite ? { configOverwrite } : {});
    let told = 0;
    session.addEventListener('log', () => told++);
    api().emit('log', { logLevel: 'error', args: ['may hold anything'] });
    expect(told).toBe(times);
  });
});

describe('a frame that takes a meeting up again', () => {
  it('has 50 s to be in it, and not a second more', async () => {
    const { session, clock, api } = await joined();
    api().emit('errorOccurred', fatal);
    await clock.pass(0);
    api().emit('ready', {});
    await clock.pass(49_999);
    expect(session).toMatchObject({ state: 'reconnecting', recovery: 'by-frame' });
    await clock.pass(1);
    expect(session).toMatchObject({ state: 'ended', reason: 'connection-lost' });
  });
});
