import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { en } from '../../src/locale/en.js';
import { type JitsiMeetingElement } from '../../src/index.js';
import { loadExternalApi } from '../../src/jitsi/load.js';
import {
  buttons,
  control,
  endpoint,
  frames,
  freshRoom,
  makeMeeting,
  occupants,
  once,
  press,
  reached,
  standin,
  until,
  words,
} from '../support/in-browser.js';

let meeting: JitsiMeetingElement;

function put(properties: Partial<JitsiMeetingElement> = {}): JitsiMeetingElement {
  meeting = makeMeeting(properties);
  document.body.append(meeting);
  return meeting;
}

const healed = { script: 'none', frame: 'none', warmUp: 'none' };

afterEach(async () => {
  document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove());
  await control('fault', healed);
});

describe('a meeting by one tag', () => {
  it('goes through its states to joined and shows role and expiry', async () => {
    const states: string[] = [];
    put();
    meeting.addEventListener('meeting-state-change', (event) =>
      states.push((event as CustomEvent<{ state: string }>).detail.state),
    );
    await reached(meeting, 'joined');
    expect(states).to.deep.equal(['connecting', 'loading', 'ready', 'joined']);
    await until(
      () => meeting.meetingRole.source === 'live' && meeting.meetingRole.name === 'moderator',
      'the live role',
    );
    await meeting.updateComplete;
    const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
    await status.updateComplete;
    expect(status.shadowRoot!.textContent)
      .to.match(/Moderator/)
      .and.to.match(/Access until .* · renews by itself/);
    expect(meeting.matches(':state(joined)')).to.equal(true);
    expect(frames(meeting)[0]!.title).to.contain(meeting.room);
  });

  it('hangs up first when it leaves, and leaves no iframe and no occupant', async () => {
    put();
    await reached(meeting, 'joined');
    expect(await occupants(meeting.room)).to.equal(1);
    const closed = once(meeting, 'readyToClose');
    await meeting.leave();
    await closed;
    expect(meeting.state).to.equal('ended');
    expect(frames(meeting)).to.have.length(0);
    await until(async () => (await occupants(meeting.room)) === 0, 'no occupant');
    expect(await words(meeting)).to.equal('You left the meeting');
    press(meeting, 'Rejoin');
    await reached(meeting, 'joined');
  });

  it('leaves nothing in the room when the element is removed', async () => {
    put();
    await reached(meeting, 'joined');
    meeting.remove();
    await until(async () => (await occupants(meeting.room)) === 0, 'no occupant');
    expect(meeting.state).to.equal('ended');
    expect(meeting.api).to.equal(undefined);
  });

  it('is the same by markup, by createElement and by a late upgrade', async () => {
    const room = freshRoom();
    const template = document.createElement('template');
    const url = endpoint().url;
    template.innerHTML = `<jitsi-meeting domain="${standin.host}" room="${room}" token-url="${url}"></jitsi-meeting>`;
    const inert = template.content.firstElementChild as JitsiMeetingElement;
    Object.assign(inert, {});
    document.body.append(document.importNode(template.content, true));
    const byMarkup = document.querySelector('jitsi-meeting')!;
    const made = document.createElement('jitsi-meeting');
    made.setAttribute('domain', standin.host);
    made.setAttribute('room', room);
    made.setAttribute('token-url', url);
    document.body.append(made);
    const parsed = new DOMParser().parseFromString(template.innerHTML, 'text/html');
    const late = document.adoptNode(parsed.body.firstElementChild!) as JitsiMeetingElement;
    document.body.append(late);
    await Promise.all([byMarkup, made, late].map((one) => reached(one, 'joined')));
    expect(await occupants(room)).to.equal(3);
  });

  it('takes properties that were set before its definition', async () => {
    // The element is defined already, so a subclass under another name plays the late definition.
    const early = document.createElement('late-meeting') as JitsiMeetingElement;
    Object.assign(early, { domain: standin.host, room: freshRoom(), tokenUrl: endpoint().url });
    document.body.append(early);
    customElements.define('late-meeting', class extends customElements.get('jitsi-meeting')! {});
    await reached(early, 'joined');
    early.remove();
  });

  it('asks for nothing more when it is removed while the token is on its way', async () => {
    const slow = endpoint('hang');
    put({ tokenUrl: slow.url });
    await until(async () => (await slow.asked()) === 1, 'the request');
    const joining = meeting.join().catch((error: { code: string }) => error.code);
    meeting.remove();
    expect(await joining).to.equal('aborted');
    expect(meeting.state).to.equal('idle');
    expect(frames(meeting)).to.have.length(0);
  });

  it('does not join while it is not on the page: rejects at once, and sends no request', async () => {
    const { url, asked } = endpoint();
    const loose = makeMeeting({ tokenUrl: url, loading: 'manual' });
    const failure = await loose.join().catch((error: unknown) => error);
    expect(failure).to.include({ code: 'aborted' });
    expect((failure as Error).message).to.match(/not on the page/);
    expect(loose.state).to.equal('idle');
    document.body.append(loose);
    await loose.updateComplete;
    loose.remove();
    expect(await loose.join().catch((error: { code: string }) => error.code)).to.equal('aborted');
    expect(await asked()).to.equal(0);
  });

  it('joins in the task in which it is put on the page', async () => {
    const made = makeMeeting({ loading: 'manual' });
    document.body.append(made);
    await made.join();
    expect([made.state, frames(made).length]).to.deep.equal(['joined', 1]);
  });

  it('takes up a meeting that was moved within one task', async () => {
    put();
    await reached(meeting, 'joined');
    const place = document.body.appendChild(document.createElement('div'));
    place.append(meeting);
    expect(meeting.state).to.equal('reconnecting');
    await reached(meeting, 'joined');
    expect(frames(meeting)).to.have.length(1);
    await until(async () => (await occupants(meeting.room)) === 1, 'one occupant');
    place.remove();
  });

  it('keeps the frame alive through moveBefore()', async function () {
    const place = document.body.appendChild(document.createElement('div'));
    const move = (place as { moveBefore?: (node: Node, child: Node | null) => void }).moveBefore;
    if (!move) return expect(navigator.userAgent).not.to.contain('Chrome');
    put();
    await reached(meeting, 'joined');
    const frame = frames(meeting)[0];
    move.call(place, meeting, null);
    if (navigator.userAgent.includes('Chrome')) {
      expect(meeting.state).to.equal('joined');
      expect(frames(meeting)[0]).to.equal(frame);
    } else await reached(meeting, 'joined');
    let left = false;
    meeting.addEventListener('videoConferenceLeft', () => (left = true));
    meeting.executeCommand('sendChatMessage', 'still here', '');
    await once(meeting, 'outgoingMessage');
    expect(left).to.equal(false);
    place.remove();
  });

  it('runs two meetings of two deployments on one page, each with its own constructor', async () => {
    const one = put();
    const other = makeMeeting({ domain: standin.otherHost });
    document.body.append(other);
    await Promise.all([reached(one, 'joined'), reached(other, 'joined')]);
    const [Here, There] = await Promise.all(
      [standin.host, standin.otherHost].map((host) => loadExternalApi({ src: `https://${host}/external_api.js` })),
    );
    expect(Here).not.to.equal(There);
    expect(one.api).to.be.instanceOf(Here!);
    expect(other.api).to.be.instanceOf(There!);
    expect('JitsiMeetExternalAPI' in window).to.equal(false);
  });
});

describe('two copies of the script for one deployment', () => {
  it('keep their meetings apart: neither hears what the other one is told', async () => {
    const copy = () => ({ apiSrc: `${standin.origin}/external_api.js?${freshRoom()}` });
    const [one, other] = [makeMeeting(copy()), makeMeeting(copy())];
    const told: string[][] = [one, other].map((each) => {
      const names: string[] = [];
      for (const name of ['meeting-state-change', 'videoConferenceJoined', 'readyToClose'])
        each.addEventListener(name, (event) => {
          const { state = name } = (event as CustomEvent<{ state?: string }>).detail ?? {};
          names.push(state);
        });
      return names;
    });
    document.body.append(one, other);
    await Promise.all([reached(one, 'joined'), reached(other, 'joined')]);
    one.executeCommand('hangup');
    await reached(one, 'ended');
    // What the other would have overheard has come by the time it answers.
    expect(await other.api!.isAudioMuted()).to.equal(false);
    const joining = ['connecting', 'loading', 'ready', 'videoConferenceJoined', 'joined'];
    expect(told).to.deep.equal([[...joining, 'readyToClose', 'ended'], joining]);
  });
});

describe('the token', () => {
  it('is nowhere but in the address of the frame', async () => {
    const told: unknown[] = [];
    put();
    for (const name of ['token-received', 'meeting-state-change', 'videoConferenceJoined']) {
      meeting.addEventListener(name, (event) => told.push((event as CustomEvent).detail));
    }
    await reached(meeting, 'joined');
    const token = new URL(frames(meeting)[0]!.src).searchParams.get('jwt')!;
    expect(token).to.match(/^eyJ/);
    expect(meeting.outerHTML).not.to.contain(token);
    const shadow = meeting.shadowRoot!.innerHTML.replaceAll(/src="[^"]*"/g, '');
    expect(shadow).not.to.contain(token);
    expect(JSON.stringify(told)).not.to.contain(token);
    expect(meeting.getMeetingUrl()).not.to.contain(token);
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain(token);
  });

  it('given as the attribute jwt is read once and taken off', async () => {
    const response = await fetch(endpoint().url, { method: 'POST' });
    const { token } = (await response.json()) as { token: string };
    const made = document.createElement('jitsi-meeting');
    Object.assign(made, { domain: standin.host, room: freshRoom() });
    made.setAttribute('jwt', token);
    document.body.append(made);
    expect(made.hasAttribute('jwt')).to.equal(false);
    expect(made.token).to.equal(token);
    await reached(made, 'joined');
  });

  it('may be missing: the visitor is a guest, and reads that the server asks for more', async () => {
    put({ tokenUrl: undefined });
    await reached(meeting, 'ready');
    await until(
      () => meeting.shadowRoot!.querySelector('[role=status]')!.textContent!.includes('Sign in'),
      'the words',
    );
  });
});

describe('what a visitor reads', () => {
  const cases: [what: string, fault: string, code: string, sentence: string][] = [
    ['an expired token', 'expired', 'token-expired', en['token-expired']],
    ['a token that is not yet valid', 'not-yet', 'token-not-yet-valid', en['token-not-yet-valid-from']],
    ['a token of the wrong secret', 'wrong-secret', 'token-rejected', en['token-rejected']],
    ['a token for another room', 'other-room', 'token-rejected', en['other-room']],
    ['a string that is no token', 'malformed', 'token-malformed', en['token-malformed']],
    ['a login page', 'html', 'token-response-invalid', en['token-response-invalid']],
    ['an empty answer', 'empty', 'token-response-invalid', en['token-response-invalid']],
    ['signed out', '401', 'token-auth-required', en['token-auth-required']],
    ['not allowed', '403', 'token-forbidden', en['token-forbidden']],
    ['no such endpoint', '404', 'token-endpoint-invalid', en['token-endpoint-invalid']],
    ['a broken endpoint', '503', 'token-server', en['token-server']],
  ];
  for (const [what, fault, code, sentence] of cases) {
    it(`${what}: ${code}`, async () => {
      const made = makeMeeting({ tokenUrl: endpoint(fault).url });
      const told = once<{ error: { code: string; message: string; hint: string } }>(made, 'meeting-error');
      document.body.append(made);
      const { error } = await told;
      expect(error.code).to.equal(code);
      expect(made.state).to.equal('failed');
      const [start = '', end = ''] = sentence.split('{time}');
      expect(await words(made)).to.satisfy((read: string) => read.startsWith(start) && read.endsWith(end));
      expect(`${error.message} ${error.hint}`).not.to.contain('eyJ');
      expect(frames(made)).to.have.length(0);
    });
  }

  it('the endpoint unreachable: token-network, and a retry that works once it is back', async () => {
    put({ tokenUrl: 'https://localhost:9/token' });
    await once(meeting, 'meeting-error');
    expect(meeting.error!.code).to.equal('token-network');
    meeting.tokenUrl = endpoint().url;
    await meeting.updateComplete;
    press(meeting, 'Try again');
    await reached(meeting, 'joined');
  });

  const scripts: [fault: string, code: string][] = [
    ['404', 'script-load'],
    ['wrong-global', 'script-invalid'],
    ['throws', 'script-invalid'],
  ];
  for (const [fault, code] of scripts) {
    it(`script ${fault}: ${code}, and a retry that works once it is mended`, async () => {
      await control('fault', { script: fault });
      // The script that throws is meant to; the test runner would take it for a fault of the test.
      const { onerror } = window;
      window.onerror = () => true;
      // Each address is loaded once, so every test has its own.
      put({ apiSrc: `${standin.origin}/external_api.js?${freshRoom()}` });
      await once(meeting, 'meeting-error');
      expect(meeting.error!.code).to.equal(code);
      expect(await words(meeting)).to.match(/internet|meeting server/);
      window.onerror = onerror;
      await control('fault', healed);
      press(meeting, 'Try again');
      await reached(meeting, 'joined');
    });
  }

  it('an app that never gets ready: iframe-timeout, and a way out', async () => {
    await control('fault', { frame: 'never-ready' });
    put({ frameTimeout: 300 });
    await once(meeting, 'meeting-error');
    expect(meeting.error!.code).to.equal('iframe-timeout');
    await meeting.updateComplete;
    expect(buttons(meeting)).to.deep.equal(['Try again', 'Open in a new tab']);
    expect(frames(meeting)).to.have.length(0);
  });

  it('a failure is still shown when the room is gone that a tab could open', async () => {
    await control('fault', { frame: 'never-ready' });
    put({ frameTimeout: 300, loading: 'manual' });
    await meeting.updateComplete;
    await meeting.join().catch(() => {});
    meeting.room = '';
    expect(await words(meeting)).to.match(/open it in a new tab/);
    expect(buttons(meeting)).to.deep.equal(['Try again']);
  });

  const configs: [Partial<JitsiMeetingElement>, RegExp][] = [
    [{ domain: '' }, /domain/],
    [{ domain: 'https://meet.example.org' }, /domain.*scheme/],
    [{ domain: 'meet.example.org/path' }, /domain.*path/],
    [{ domain: 'a@meet.example.org' }, /domain/],
    [{ domain: 'javascript:alert(1)' }, /domain/],
    [{ domain: 'meet example org' }, /domain/],
    [{ room: '' }, /room/],
  ];
  for (const [properties, message] of configs) {
    it(`config-invalid for ${JSON.stringify(properties)}`, async () => {
      put(properties);
      await once(meeting, 'meeting-error');
      expect(meeting.error!.code).to.equal('config-invalid');
      expect(meeting.error!.message).to.match(message);
    });
  }

  it('config-invalid for a JSON child that does not parse', async () => {
    const made = makeMeeting();
    made.innerHTML = '<script type="application/json">{"configOverwrite": {</script>';
    document.body.append(made);
    await once(made, 'meeting-error');
    expect(made.error!.code).to.equal('config-invalid');
    expect(made.error!.message).to.match(/does not parse/);
  });

  it('takes the configuration of a JSON child', async () => {
    const made = makeMeeting();
    made.innerHTML = '<script type="application/json">{"configOverwrite": {"startWithAudioMuted": true}}</script>';
    document.body.append(made);
    await reached(made, 'joined');
    expect(new URL(frames(made)[0]!.src).hash).to.contain('config.startWithAudioMuted=true');
  });
});
