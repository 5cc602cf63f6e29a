import { describe, expect, it } from 'vitest';
import { makeSession } from '../support/session.js';

const quiet = (promise: Promise<void>): void => void promise.catch(() => {});
/** Good in any room, so that nothing but the session keeps it from the next. */
const anyRoom = { room: '*' };

describe('what was got ahead of a join', () => {
  it.each(['held', 'on its way'])('is of no use to another room: a token %s', async (when) => {
    const { session, clock, backend, options, api } = makeSession();
    backend.claims = anyRoom;
    const { answer } = backend;
    if (when === 'on its way') backend.answer = () => new Promise(() => {});
    session.warmUp('script-and-token');
    await clock.pass(0);
    expect(backend.requests).toBe(1);
    backend.answer = answer;
    options.room = 'other';
    quiet(session.join());
    await clock.pass(0);
    expect(backend.requests).toBe(2);
    expect(backend.open).toBe(0);
    expect(api().options.roomName).toBe('other');
  });

  it('ends when the page wants nothing more of the meeting: a script that loads', async () => {
    for (const end of ['leave', 'remove'] as const) {
      const loading: AbortSignal[] = [];
      const { session, clock } = makeSession(
        {},
        { loadApi: (_script, signal) => (loading.push(signal), new Promise(() => {})) },
      );
      session.warmUp('script');
      await clock.pass(0);
      void session[end]();
      session.warmUp('script');
      await clock.pass(0);
      expect(
        loading.map(({ aborted }) => aborted),
        end,
      ).toEqual([true, false]);
    }
  });
});

describe('a token renewed in a meeting', () => {
  it('is of no use to the next room', async () => {
    const { session, clock, backend, options, api } = makeSession();
    backend.claims = anyRoom;
    quiet(session.join());
    await clock.pass(0);
    api().join();
    await session.renewToken();
    expect(backend.requests).toBe(2);
    options.room = 'other';
    session.update();
    expect(session.claims, 'until the goodbye is over').toMatchObject({ jti: '2' });
    backend.answer = () => new Promise(() => {});
    api().hangUp();
    await clock.pass(0);
    expect(session).toMatchObject({ state: 'connecting', claims: undefined });
    expect(backend.requests).toBe(3);
  });
});

describe("a name that Jitsi's web server does not serve", () => {
  it.each([
    [{ room: 'Q&A' }, /room "Q&A" has & in it/, /without \? & : ' "/],
    [{ room: 'How to be a doctor?' }, /has \? in it/, /Choose another name/],
    [{ room: '16:30 Standup' }, /has : in it/, /Choose another name/],
    [{ room: 'say "hi"' }, /has " in it/, /Choose another name/],
    [{ room: "Bob's" }, /has ' in it/, /Choose another name/],
    [{ room: 'myorg/weekly' }, /slash/, /tenant="myorg" and room="weekly"/],
    [
      { room: 'vpaas-magic-cookie-1a2b/test', domain: '8x8.vc' },
      /slash/,
      /tenant="vpaas-magic-cookie-1a2b" and room="test"/,
    ],
    [{ room: 'weekly', tenant: 'A&B' }, /tenant "A&B" has & in it/, /tenant/],
    [{ room: 'weekly', tenant: 'static' }, /tenant "static"/, /tenant/],
    [{ room: 'external_api.js' }, /address of Jitsi's own web server/, /another name/],
  ])('is told before anything is asked for: %j', async (change, message, hint) => {
    const loads: string[] = [];
    const { session, clock, backend, options } = makeSession(
      {},
      { loadApi: ({ src }) => (loads.push(src), new Promise(() => {})) },
    );
    Object.assign(options, change);
    session.warmUp('script-and-token');
    const joining = session.join();
    quiet(joining);
    await clock.pass(0);
    expect(session.state).toBe('failed');
    await expect(joining).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
      retryable: false,
    });
    expect([backend.requests, loads]).toEqual([0, []]);
  });
});
