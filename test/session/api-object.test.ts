import { describe, expect, it } from 'vitest';
import type { JitsiMeetExternalAPI } from '../../src/jitsi/methods.js';
import { FakeApi } from '../support/fake-api.js';
import { makeSession } from '../support/session.js';

const refusal = { error: { name: 'connection.passwordRequired', type: 'CONNECTION', isFatal: false } };

const given = (session: { api: unknown }): JitsiMeetExternalAPI => session.api as JitsiMeetExternalAPI;

async function joining(...args: Parameters<typeof makeSession>) {
  const made = makeSession(...args);
  const result = made.session.join().catch((error: unknown) => error);
  await made.clock.pass(0);
  return { ...made, result };
}

describe('a command', () => {
  it('given before the app is up is sent in order once it is, as it was when it was given', async () => {
    const { session, api } = await joining();
    const config = { startSilent: true };
    session.executeCommand('overwriteConfig', config);
    config.startSilent = false;
    session.executeCommand('toggleAudio');
    session.executeCommand('subject', 'Weekly');
    expect(api().commands).toEqual([]);
    api().emit('ready', {});
    session.executeCommand('toggleVideo');
    expect(api().commands).toEqual([
      ['overwriteConfig', { startSilent: true }],
      ['toggleAudio'],
      ['subject', 'Weekly'],
      ['toggleVideo'],
    ]);
  });

  it('that can not be sent is refused to who gives it, and harms neither the others nor the meeting', async () => {
    const { session, api } = await joining();
    const endless: Record<string, unknown> = {};
    endless['self'] = endless;
    session.executeCommand('toggleAudio');
    expect(() => session.executeCommand('overwriteConfig', endless)).toThrow(/circular/);
    session.executeCommand('toggleVideo');
    api().join();
    expect(session.state).toBe('joined');
    expect(api().commands).toEqual([['toggleAudio'], ['toggleVideo']]);
  });

  it('given while a lost meeting waits for its next try goes to the next frame', async () => {
    const { session, api, clock } = await joining({ rejoin: 'auto' });
    const first = api();
    first.join();
    first.emit('errorOccurred', refusal);
    expect([session.state, FakeApi.live.length]).toEqual(['reconnecting', 0]);
    session.executeCommand('subject', 'Weekly');
    await clock.pass(60_000);
    expect(api()).not.toBe(first);
    api().join();
    expect(api().commands).toEqual([['subject', 'Weekly']]);
  });

  it.each([
    ['never began', () => Promise.resolve(makeSession())],
    [
      'was left',
      async () => {
        const made = await joining();
        made.api().join();
        const leaving = made.session.leave();
        made.api().hangUp();
        await leaving;
        return made;
      },
    ],
    [
      'failed',
      async () => {
        const made = await joining({}, { loadApi: () => Promise.reject(new Error('no script')) });
        await made.result;
        return made;
      },
    ],
  ])('is refused with a clear error when the meeting %s', async (_how, over) => {
    const { session } = await over();
    expect(() => session.executeCommand('toggleAudio')).toThrow(
      expect.objectContaining({
        code: 'aborted',
        message: 'There is no meeting, so it cannot execute toggleAudio.',
        hint: 'Call join() first.',
      }),
    );
  });
});

describe("Jitsi's API object in the page's hands", () => {
  it('may be disposed of: the meeting has ended, and another can begin', async () => {
    const { session, api, names, clock } = await joining();
    api().join();
    given(session).dispose();
    expect(session.state).toBe('ended');
    expect(names().at(-1)).toBe('state:ended');
    expect([session.api, FakeApi.live]).toEqual([undefined, []]);
    const again = session.join();
    await clock.pass(0);
    api().join();
    await again;
    expect(session.state).toBe('joined');
  });

  it('may be freed of all listeners: the session goes on hearing', async () => {
    const { session, api } = await joining();
    given(session).removeAllListeners();
    api().join();
    expect(session.state).toBe('joined');
  });

  it('rejects what is asked on the session clock', async () => {
    class SilentApi extends FakeApi {
      isAudioMuted(): Promise<boolean> {
        return new Promise(() => {});
      }
    }
    const { session, api, clock } = await joining({}, { loadApi: () => Promise.resolve(SilentApi as never) });
    api().join();
    const fates: unknown[] = [];
    const ask = (): void =>
      void given(session)
        .isAudioMuted()
        .catch((error: unknown) => fates.push(error));
    ask();
    await clock.pass(10_000);
    ask();
    session.remove();
    await clock.pass(2_000);
    expect(fates).toMatchObject([{ code: 'iframe-timeout' }, { code: 'aborted' }]);
  });
});

describe('a deployment older than 10.2, which never says ready', () => {
  it('is up with browserSupport: commands are sent, and the meeting does not time out', async () => {
    const { session, api, clock, result } = await joining();
    session.executeCommand('subject', 'Weekly');
    api().emit('browserSupport', { supported: true });
    expect(session.state).toBe('ready');
    expect(api().commands).toEqual([['subject', 'Weekly']]);
    api().emit('passwordRequired', {});
    await clock.pass(600_000);
    api().emit('videoConferenceJoined', { id: 'me' });
    expect(await result).toBeUndefined();
    expect(session.state).toBe('joined');
  });

  it('that says both is counted once', async () => {
    const { api, names } = await joining();
    api().emit('browserSupport', { supported: true });
    api().join();
    expect(names()).toEqual(['state:connecting', 'token-received', 'state:loading', 'state:ready', 'state:joined']);
  });
});
