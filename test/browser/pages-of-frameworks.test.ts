import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { JitsiMeetingElement, TokenProvider } from '../../src/index.js';
import { buttons, endpoint, frames, freshRoom, makeMeeting, reached, standin, until } from '../support/in-browser.js';

afterEach(() => {
  document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove());
  document.documentElement.removeAttribute('data-turbo-preview');
});

/** Two frames on: whatever was going to start by itself has. */
const idle = async (): Promise<void> => {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
};

/** A meeting as markup has it before a framework sets properties: without a source of tokens. */
function fromMarkup(attributes: Record<string, string> = {}): JitsiMeetingElement {
  const meeting = document.createElement('jitsi-meeting');
  const all = { domain: standin.host, room: freshRoom(), lang: 'en', ...attributes };
  for (const [name, value] of Object.entries(all)) meeting.setAttribute(name, value);
  document.body.append(meeting);
  return meeting;
}

/** The states from now on, without repetition. */
function statesOf(meeting: JitsiMeetingElement): string[] {
  const states: string[] = [];
  meeting.addEventListener('meeting-state-change', ({ detail }) => states.push(detail.state));
  return states;
}

/** Counts the requests of a provider. */
function counted(): { provider: TokenProvider; asked: () => number } {
  let asked = 0;
  const { url } = endpoint();
  const provider: TokenProvider = async (request) => {
    asked++;
    const { domain, room, tenant, signal } = request;
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ domain, room, tenant }), signal });
    return ((await answer.json()) as { token: string }).token;
  };
  return { provider, asked: () => asked };
}

describe('a page that a server rendered', () => {
  it('does not start while defer-hydration is there, and offers nothing; then it starts with what was set', async () => {
    const { provider, asked } = counted();
    const meeting = fromMarkup({ 'defer-hydration': '' });
    const states = statesOf(meeting);
    await idle();
    expect([meeting.state, buttons(meeting)]).to.deep.equal(['idle', []]);
    meeting.tokenProvider = provider;
    meeting.removeAttribute('defer-hydration');
    await reached(meeting, 'joined');
    expect([asked(), states]).to.deep.equal([1, ['connecting', 'loading', 'ready', 'joined']]);
  });

  it('offers the button of loading="click" when it is hydrated', async () => {
    const meeting = fromMarkup({ 'defer-hydration': '', loading: 'click' });
    await idle();
    expect(buttons(meeting)).to.deep.equal([]);
    meeting.removeAttribute('defer-hydration');
    await until(() => buttons(meeting).length === 1, 'the button');
  });

  it('stays as it is when it is removed while it waits', async () => {
    const meeting = fromMarkup({ 'defer-hydration': '' });
    await idle();
    meeting.remove();
    await new Promise((resolve) => setTimeout(resolve));
    meeting.removeAttribute('defer-hydration');
    await idle();
    expect(meeting.state).to.equal('idle');
  });

  for (const late of ['connecting', 'loading', 'ready'] as const) {
    it(`uses a provider that comes while a guest is ${late}: one join, with the token`, async () => {
      const { provider, asked } = counted();
      // The app stays at its prejoin screen.
      const meeting = makeMeeting({ tokenUrl: undefined, configOverwrite: { prejoinConfig: { enabled: true } } });
      const states = statesOf(meeting);
      document.body.append(meeting);
      await reached(meeting, late);
      meeting.configOverwrite = {};
      meeting.tokenProvider = provider;
      await reached(meeting, 'joined');
      expect(asked()).to.equal(1);
      expect(meeting.claims).to.not.equal(undefined);
      expect(states.filter((state) => state === 'joined')).to.have.length(1);
      expect(states).to.not.include('leaving');
      expect(frames(meeting)).to.have.length(1);
    });
  }

  it('joins with a provider that comes when the server has refused the guest, unless the page joins by itself', async () => {
    for (const loading of ['eager', 'manual'] as const) {
      const { provider, asked } = counted();
      const meeting = makeMeeting({ tokenUrl: undefined, loading });
      document.body.append(meeting);
      await idle();
      if (loading === 'manual') meeting.join().catch(() => {});
      await until(() => meeting.state === 'failed', 'the refusal', 8000);
      expect(meeting.error!.code).to.equal('token-auth-required');
      meeting.displayName = 'Ada';
      await meeting.updateComplete;
      expect(meeting.state).to.equal('failed');
      meeting.tokenProvider = provider;
      await meeting.updateComplete;
      if (loading === 'eager') await reached(meeting, 'joined');
      expect([meeting.state, asked()]).to.deep.equal(loading === 'eager' ? ['joined', 1] : ['failed', 0]);
      meeting.remove();
    }
  });

  it('uses a token-url that comes late, and an attribute token, which is taken off', async () => {
    for (const [name, value] of [
      ['token-url', endpoint().url],
      ['token', ((await (await fetch(endpoint().url, { method: 'POST' })).json()) as { token: string }).token],
    ] as const) {
      const meeting = fromMarkup();
      await reached(meeting, 'connecting');
      meeting.setAttribute(name, value);
      expect(meeting.hasAttribute('token')).to.equal(false);
      await reached(meeting, 'joined');
      expect(meeting.claims, name).to.not.equal(undefined);
      meeting.setAttribute('token', value);
      expect(meeting.hasAttribute('token')).to.equal(false);
      meeting.remove();
    }
  });
});

describe('a page that Turbo shows from its cache', () => {
  it('does not start in the preview, and starts when the real page has come', async () => {
    document.documentElement.setAttribute('data-turbo-preview', '');
    const token = endpoint();
    const preview = makeMeeting({ tokenUrl: token.url });
    document.body.append(preview);
    await idle();
    expect([preview.state, await token.asked(), buttons(preview)]).to.deep.equal(['idle', 0, []]);
    // Turbo goes on with the preview for a while after that.
    document.documentElement.removeAttribute('data-turbo-preview');
    await idle();
    expect([preview.state, await token.asked()]).to.deep.equal(['idle', 0]);
    // What is kept from the preview starts in the real page.
    document.dispatchEvent(new Event('turbo:render'));
    await reached(preview, 'joined');
    expect(await token.asked()).to.equal(1);
  });
});

describe('<jitsi-token-status> in a meeting', () => {
  it('is shown in the bar with its slot, without one, and after morphing took the slot away; text beside it is not', async () => {
    for (const slot of ['status', null]) {
      const meeting = makeMeeting({ loading: 'manual' });
      const status = document.createElement('jitsi-token-status');
      const link = Object.assign(document.createElement('a'), { textContent: 'Open the meeting' });
      if (slot) status.slot = slot;
      meeting.append('Some text', link, status);
      document.body.append(meeting);
      await meeting.updateComplete;
      const shown = (): boolean => status.checkVisibility({ visibilityProperty: true });
      expect(shown(), String(slot)).to.equal(true);
      expect(status.getAttribute('slot')).to.equal(slot);
      status.removeAttribute('slot');
      await until(shown, 'the bar after morphing');
      const bar = meeting.shadowRoot!.querySelector('[part="status"]')!;
      expect(link.checkVisibility()).to.equal(false);
      expect(bar.getBoundingClientRect().height).to.equal(status.getBoundingClientRect().height);
      status.remove();
      await until(() => bar.querySelector('jitsi-token-status') !== null, "the meeting's own");
      meeting.remove();
    }
  });
});
