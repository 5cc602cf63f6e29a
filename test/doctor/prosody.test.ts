// The doctor on a real Prosody, whose plugins are written for this test: Jitsi's own are not packed by Debian.
import { afterEach, describe, expect, it } from 'vitest';
import { missing } from '../../scripts/programs.js';
import { examine, type DoctorWorld, type Report } from '../../src/doctor/index.js';
import { selfHosted } from '../../src/preflight/index.js';
import { domain, type RunningProsody, type Setup, signing, startProsody } from '../support/prosody.js';

let prosody: RunningProsody | undefined;
afterEach(() => prosody?.stop());

/** Examines it, with a web server in front that has what Jitsi's has. */
async function examined(setup: Setup = {}): Promise<Report> {
  prosody = await startProsody(setup);
  const bosh = prosody.address;
  const config = `var config = { hosts: { domain: '${domain}', muc: 'conference.' + subdomain + '${domain}' } };`;
  const world: DoctorWorld = {
    fetch(input, init) {
      const { pathname, search } = new URL(String(input));
      if (pathname === '/http-bind') return fetch(`${bosh}${search}`, init);
      return Promise.resolve(new Response(pathname === '/config.js' ? config : '/* JitsiMeetExternalAPI */'));
    },
    upgrade: async () => 101,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 20))),
    now: Date.now,
  };
  const deployment = selfHosted({ appId: 'my_app', secret: signing.secret, domain });
  return examine({ domain, room: 'doctor', tenant: null, tokens: { signing }, deployment }, world);
}

const reason = missing('prosodyctl');

describe.skipIf(reason)(`on a real Prosody ${reason ?? ''}`, { timeout: 60_000 }, () => {
  it('only a valid token gets in', async () => {
    const { trials, problems, sentence } = await examined();
    expect(problems).toEqual([]);
    expect(sentence).toMatch(/^Only a valid token gets in\./);
    const texts = trials.map(({ name, ...answers }) => {
      const answer = answers.join ?? answers.connect;
      return [name, answer.answer === 'refused' ? answer.text : answer.answer];
    });
    expect(Object.fromEntries(texts)).toMatchObject({
      valid: 'accepted',
      none: 'token required',
      'other-secret': 'Invalid signature',
      'other-room': 'Room and token mismatched',
      'no-typ': 'Invalid typ',
    });
  });

  it.each<[string, Setup, string]>([
    ['anonymous login', { authentication: 'anonymous', rooms: '' }, 'anonymous-login'],
    ['a plugin that didn’t load', { authentication: 'not_there' }, 'login-modules-missing'],
    ['empty tokens', { host: 'allow_empty_token = true' }, 'empty-token-allowed'],
    ['another secret', { host: 'app_secret = "another secret that is long enough"' }, 'other-secret'],
    ['rooms that look at no token', { rooms: '' }, 'room-check-missing'],
    ['a focus that isn’t there', { focus: false }, 'jicofo-down'],
  ])('tells %s', async (_name, setup, code) => {
    const { problems } = await examined(setup);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});
