import { describe, expect, it, vi } from 'vitest';
import { openFrame } from '../../src/jitsi/frame.js';
import type { JitsiMeetExternalAPIConstructor } from '../../src/jitsi/methods.js';
import { FakeClock, settle } from '../support/clock.js';
import { FakeApi } from '../support/fake-api.js';

/** Asks its app as Jitsi's script does; the test keeps what was promised, or leaves it. */
class AskingApi extends FakeApi {
  keep!: (value: unknown) => void;
  break!: (error: unknown) => void;

  getRoomsInfo(): Promise<unknown> {
    return this.#ask();
  }
  captureCameraPicture(): Promise<unknown> {
    return this.#ask();
  }
  ofANewerRelease(): Promise<unknown> {
    return this.#ask();
  }
  getNumberOfParticipants(): number {
    return this.listenerCount('participantJoined');
  }

  #ask(): Promise<unknown> {
    return new Promise((resolve, reject) => Object.assign(this, { keep: resolve, break: reject }));
  }
}

function open(Api: typeof AskingApi = AskingApi) {
  const clock = new FakeClock();
  const report = vi.fn<(error: unknown) => void>();
  const listener = {
    event: vi.fn<(name: string, payload: unknown) => void>(),
    loaded: vi.fn<() => void>(),
    gone: vi.fn<() => void>(),
  };
  const constructor = Api as unknown as JitsiMeetExternalAPIConstructor;
  const frame = openFrame(constructor, 'meet.example.org', {}, listener, { clock, report });
  return { clock, report, listener, frame, api: frame.api as unknown as AskingApi };
}

function fault(): void {
  throw new Error('a fault of the page');
}

/** What has become of a promise by the time that it is asked for. */
function fateOf(promise: Promise<unknown>): () => Promise<unknown> {
  let fate: unknown = 'pending';
  promise.then(
    (value) => (fate = value),
    (error: unknown) => (fate = error),
  );
  return async () => {
    await settle();
    return fate;
  };
}

describe('a question to the app', () => {
  it('is answered as Jitsi answers it, kept or broken, and leaves no timer', async () => {
    const { api, clock } = open();
    api.emit('ready', {});
    const [kept, own] = [{ rooms: [] }, { error: 'of the app' }];
    const good = fateOf(api.getRoomsInfo());
    api.keep(kept);
    expect(await good()).toBe(kept);
    const bad = fateOf(api.getRoomsInfo());
    api.break(own);
    expect(await bad()).toBe(own);
    expect(clock.timers).toBe(0);
  });

  it.each(['getRoomsInfo', 'ofANewerRelease'] as const)('does not wait longer than 10 s: %s', async (name) => {
    const { api, clock } = open();
    api.emit('ready', {});
    const question = fateOf(api[name]());
    await clock.pass(9_999);
    expect(await question()).toBe('pending');
    await clock.pass(1);
    expect(await question()).toMatchObject({
      name: 'JitsiMeetingError',
      code: 'iframe-timeout',
      message: expect.stringContaining(`did not answer ${name} within 10 s`),
      retryable: true,
    });
    api.keep('too late');
    expect(await question()).toMatchObject({ code: 'iframe-timeout' });
  });

  it('waits two minutes where a person takes a picture', async () => {
    const { api, clock } = open();
    api.emit('ready', {});
    const question = fateOf(api.captureCameraPicture());
    await clock.pass(119_999);
    expect(await question()).toBe('pending');
    await clock.pass(1);
    expect(await question()).toMatchObject({ code: 'iframe-timeout' });
  });

  it.each(['ready', 'browserSupport'])('asked before the app is up has its 10 s from then on: %s', async (first) => {
    const { api, clock } = open();
    const question = fateOf(api.getRoomsInfo());
    await clock.pass(25_000);
    api.emit(first, {});
    await clock.pass(9_999);
    expect(await question()).toBe('pending');
    await clock.pass(1);
    expect(await question()).toMatchObject({ code: 'iframe-timeout' });
  });

  it.each([
    ['the session', (opened: ReturnType<typeof open>) => opened.frame.dispose()],
    ['the page', (opened: ReturnType<typeof open>) => opened.api.dispose()],
  ])('under way when %s ends the meeting is rejected, as is one asked later', async (_who, end) => {
    const opened = open();
    const { api, clock } = opened;
    const early = fateOf(api.getRoomsInfo());
    api.emit('ready', {});
    const late = fateOf(api.ofANewerRelease());
    await settle();
    end(opened);
    expect(await early()).toMatchObject({ code: 'aborted', message: expect.stringContaining('getRoomsInfo') });
    expect(await late()).toMatchObject({ code: 'aborted' });
    expect(await fateOf(api.getRoomsInfo())()).toMatchObject({ code: 'aborted' });
    expect(clock.timers).toBe(0);
    expect(api.disposed).toBe(true);
  });
});

describe('an object that is not the API of Jitsi', () => {
  const throwing = (name: string): object => ({
    getIFrame: () => undefined,
    dispose: () => {},
    get [name](): never {
      throw new TypeError(name);
    },
  });
  it.each([
    ['an empty object', {}],
    ['an object of others', { dispose: 'now', getIFrame: 7 }],
    ['a promise', Promise.resolve()],
    ['one without a goodbye', { getIFrame: () => undefined }],
    ['one without a frame', { dispose: () => {} }],
    ['one whose frame throws', throwing('getIFrame')],
  ])('is the fault of the script that made it: %s', (_what, made) => {
    const Impostor = function () {
      return made;
    };
    expect(() => open(Impostor as unknown as typeof AskingApi)).toThrow(
      expect.objectContaining({ code: 'script-invalid', cause: expect.any(TypeError) as unknown }) as Error,
    );
  });
});

describe('the instance', () => {
  it("stays an instance of Jitsi's class, and returns values that are not promises unchanged", () => {
    const { api } = open();
    expect(api).toBeInstanceOf(AskingApi);
    expect(Object.keys(api)).not.toContain('getRoomsInfo');
    api.on('participantJoined', () => {});
    expect(api.getNumberOfParticipants()).toBe(1);
  });

  it("may be of a subclass, whose methods go before Jitsi's", async () => {
    let disposals = 0;
    class Counting extends AskingApi {
      override getRoomsInfo(): Promise<unknown> {
        return Promise.resolve('of the subclass');
      }
      override dispose(): void {
        super.dispose();
        disposals++;
      }
    }
    const { api, frame } = open(Counting);
    expect(await api.getRoomsInfo()).toBe('of the subclass');
    frame.dispose();
    expect([disposals, api.disposed]).toEqual([1, true]);
  });

  it('tells once that the page disposed of it, and nothing when the session did', () => {
    const byPage = open();
    byPage.api.dispose();
    byPage.api.dispose();
    byPage.frame.dispose();
    expect(byPage.listener.gone).toHaveBeenCalledTimes(1);
    const bySession = open();
    bySession.frame.dispose();
    bySession.api.dispose();
    expect(bySession.listener.gone).not.toHaveBeenCalled();
  });
});

describe('a listener', () => {
  it('that throws is reported, and keeps the event from none, by whatever method it was added', () => {
    const { api, report, listener } = open();
    const told: unknown[] = [];
    api.on('incomingMessage', fault).once('incomingMessage', fault).prependListener('incomingMessage', fault);
    api.on('incomingMessage', (payload) => told.push(payload));
    const [first, second] = [{ message: '1' }, { message: '2' }];
    expect(api.emit('incomingMessage', first)).toBe(true);
    expect(api.emit('incomingMessage', second)).toBe(true);
    expect(told).toEqual([first, second]);
    expect(listener.event.mock.calls).toEqual([
      ['incomingMessage', first],
      ['incomingMessage', second],
    ]);
    expect(report).toHaveBeenCalledTimes(5);
  });

  it('hears only the events that it was added for, `once` once, in the order of adding and as before', () => {
    const { api } = open();
    const told: string[] = [];
    api.on('ready', () => told.push('on'));
    api.once('ready', () => told.push('once'));
    api.prependListener('ready', function (this: unknown) {
      told.push(this === api ? 'first, of the instance' : 'first');
    });
    expect(api.emit('readyToClose', {})).toBe(false);
    api.emit('ready', {});
    api.emit('ready', {});
    expect(told).toEqual(['first, of the instance', 'on', 'once', 'first, of the instance', 'on']);
  });

  it("of the session's stays when the page removes all, and hears nothing after the end", () => {
    const { api, listener, frame } = open();
    api.removeAllListeners();
    api.emit('videoConferenceJoined', { id: 'me' });
    api.emit('_willDispose');
    expect(listener.event.mock.calls).toEqual([['videoConferenceJoined', { id: 'me' }]]);
    frame.dispose();
    api.emit('videoConferenceLeft', {});
    expect(listener.event).toHaveBeenCalledTimes(1);
  });
});
