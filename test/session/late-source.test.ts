import { describe, expect, it } from 'vitest';
import { makeSession } from '../support/session.js';

/** A session that began as a server-rendered page has it, before the framework named a source of tokens. */
function asGuest() {
  const made = makeSession();
  const { source } = made.options;
  made.options.source = {};
  const joining = made.session.join();
  return {
    ...made,
    joining,
    sourceComes(): void {
      made.options.source = source;
      made.session.update();
    },
  };
}

describe('a source of tokens that comes late', () => {
  it('is used before the guest is in; what the page promised and asked for stays', async () => {
    const { session, clock, api, backend, joining, sourceComes, names } = asGuest();
    await clock.pass(0);
    const guest = api();
    session.executeCommand('toggleAudio');
    sourceComes();
    expect(guest.disposed).toBe(true);
    await clock.pass(0);
    api().join();
    await joining;
    expect([guest.options.jwt, typeof api().options.jwt, backend.requests]).toEqual([undefined, 'string', 1]);
    expect(api().commands).toContainEqual(['toggleAudio']);
    expect(names().filter((name) => name === 'state:joined')).toHaveLength(1);
  });

  it('counts once: another one after it is for the next join', async () => {
    const { session, clock, api, options, sourceComes } = asGuest();
    sourceComes();
    await clock.pass(0);
    const frame = api();
    options.source = { token: 'another' };
    session.update();
    expect([session.state, frame.disposed]).toEqual(['loading', false]);
  });

  it('leaves a guest who is in the meeting alone', async () => {
    const { session, clock, api, backend, sourceComes } = asGuest();
    await clock.pass(0);
    api().join();
    sourceComes();
    await clock.pass(0);
    expect([session.state, api().disposed, backend.requests]).toEqual(['joined', false, 0]);
  });
});
