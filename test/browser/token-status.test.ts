import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { makeMeeting, once, reached, until } from '../support/in-browser.js';

const part = (value: unknown): string =>
  btoa(JSON.stringify(value)).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
const token = (claims: object): string => `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2ln`;
const seconds = (): number => Math.floor(Date.now() / 1000);

async function text(status: HTMLElementTagNameMap['jitsi-token-status']): Promise<string> {
  await status.updateComplete;
  return status.shadowRoot!.textContent!.replaceAll(/\s+/g, ' ').trim();
}

afterEach(() => document.querySelectorAll('jitsi-meeting, jitsi-token-status').forEach((one) => one.remove()));

function put(claims?: object): HTMLElementTagNameMap['jitsi-token-status'] {
  const status = document.createElement('jitsi-token-status');
  if (claims) status.token = token(claims);
  document.body.append(status);
  return status;
}

describe('<jitsi-token-status>', () => {
  it('alone, says what a token asks for, its rights and how long it lives', async () => {
    const status = put({
      exp: seconds() + 125,
      context: {
        user: { moderator: true },
        features: { recording: true, 'screen-sharing': 'true', livestreaming: false },
      },
    });
    expect(await text(status)).to.match(
      /^Joining as moderator What you can do You can record and share your screen\. Access ends in 2 minutes$/,
    );
  });

  it('tells an end that has passed, and one that never comes', async () => {
    expect(await text(put({ exp: seconds() - 5 }))).to.contain('Your access has ended');
    expect(await text(put({}))).to.contain('Access without a time limit');
    // No server takes that.
    expect(await text(put({ exp: String(seconds() + 60) }))).to.match(/ decides\.$/);
    expect(await text(put())).to.equal('');
  });

  it('claims nothing of a pass that is still to come, and counts none down when the meeting is over', async () => {
    const meeting = makeMeeting({ loading: 'manual' });
    document.body.append(meeting);
    await meeting.updateComplete;
    const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
    expect(await text(status)).to.equal('');
    const connecting = once(meeting, 'meeting-state-change');
    const joining = meeting.join();
    await connecting;
    expect(await text(status)).to.equal('');
    await joining;
    expect(await text(status)).to.match(/Access until .* · renews by itself/);
    await meeting.leave();
    expect(await text(status)).to.equal('');
    meeting.room = '';
    await meeting.updateComplete;
    await meeting.join().catch(() => {});
    expect(meeting.state).to.equal('failed');
    expect(await text(status)).to.equal('');
  });

  it('calls a guest who came without a pass', async () => {
    const meeting = makeMeeting({ loading: 'manual', tokenUrl: undefined });
    document.body.append(meeting);
    await meeting.updateComplete;
    const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
    expect(await text(status)).to.equal('');
    meeting.join().catch(() => {});
    await reached(meeting, 'ready');
    expect(await text(status)).to.equal('Guest');
  });

  it('counts by the wall clock, so a machine that slept shows the truth', async () => {
    const status = put({ exp: seconds() + 100 });
    const { now } = Date;
    try {
      Date.now = () => now() + 90_000;
      document.dispatchEvent(new Event('visibilitychange'));
      expect(await text(status)).to.match(/Access ends in (9|10) seconds/);
    } finally {
      Date.now = now;
    }
  });

  it('follows a meeting elsewhere on the page by for="ID"', async () => {
    const meeting = makeMeeting({ id: 'far', hideStatus: true });
    document.body.append(meeting);
    const status = document.createElement('jitsi-token-status');
    status.setAttribute('for', 'far');
    document.body.append(status);
    await reached(meeting, 'joined');
    await until(async () => (await text(status)).startsWith('Moderator'), 'the live role');
    expect(meeting.shadowRoot!.querySelector('jitsi-token-status')).to.equal(null);
  });

  it('stands in a meeting in place of the bar', async () => {
    const meeting = makeMeeting();
    const status = meeting.appendChild(document.createElement('jitsi-token-status'));
    document.body.append(meeting);
    await reached(meeting, 'joined');
    expect(status.assignedSlot).to.not.equal(null);
    expect(meeting.shadowRoot!.querySelector('jitsi-token-status')).to.equal(null);
    await until(async () => (await text(status)).startsWith('Moderator'), 'the live role');
  });

  it('shows what claims say as text, never as markup', async () => {
    const status = put({ exp: seconds() + 60, context: { features: { '<img src=x onerror=alert(1)>': true } } });
    await status.updateComplete;
    expect(status.shadowRoot!.querySelector('img')).to.equal(null);
  });
});

describe('accessibility', () => {
  it('axe finds nothing in a meeting that waits, fails, ends or goes on', async () => {
    const meeting = makeMeeting({ loading: 'click' });
    document.body.append(meeting);
    const check = async (): Promise<void> => {
      await meeting.updateComplete;
      await expect(meeting).to.be.accessible({ ignoredRules: ['frame-tested'] });
    };
    await check();
    await meeting.join();
    await check();
    await meeting.leave();
    await check();
    meeting.domain = 'not a domain';
    await meeting.updateComplete;
    await meeting.join().catch(() => {});
    expect(meeting.state).to.equal('failed');
    await check();
  });
});
