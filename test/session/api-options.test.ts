import { describe, expect, it } from 'vitest';
import { apiOptions } from '../../src/session/api-options.js';
import type { MeetingOptions } from '../../src/session/options.js';

const target = { domain: 'meet.example.org', room: 'team', tenant: null };
const given = (options: Partial<MeetingOptions>) =>
  apiOptions({ source: {}, ...options }, target, undefined, undefined);

describe('what the constructor is told of the person', () => {
  it('is nothing where nothing is known', () => {
    expect(given({})).not.toHaveProperty('userInfo');
    expect(given({ userInfo: {} })).not.toHaveProperty('userInfo');
    expect(given({ displayName: undefined, userInfo: { email: undefined } })).not.toHaveProperty('userInfo');
  });

  it('holds no key without a value, which would end up in the address of the frame as the word undefined', () => {
    expect(given({ email: 'ada@example.org' }).userInfo).toStrictEqual({ email: 'ada@example.org' });
    // As an attribute that was taken off.
    const gone = null as unknown as undefined;
    expect(given({ displayName: gone, email: 'ada@example.org' }).userInfo).toStrictEqual({ email: 'ada@example.org' });
  });

  it('is userInfo, and display-name and email fill what that lacks', () => {
    const options = { displayName: 'Ada', email: 'ada@example.org' };
    expect(
      given({ ...options, userInfo: { displayName: undefined, email: 'other@example.org' } }).userInfo,
    ).toStrictEqual({
      displayName: 'Ada',
      email: 'other@example.org',
    });
  });
});
