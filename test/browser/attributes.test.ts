import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { JitsiMeetingElement } from '../../src/index.js';
import { AppWarmUp } from '../../src/jitsi/app-warm-up.js';
import { preconnect } from '../../src/jitsi/warm-up.js';
import { endpoint, frames, freshRoom, makeMeeting, reached, standin, until } from '../support/in-browser.js';

afterEach(() => {
  document.querySelectorAll('jitsi-meeting, jitsi-token-status').forEach((one) => one.remove());
  document.querySelectorAll('link[rel="preconnect"]').forEach((one) => one.remove());
  localStorage.removeItem('jitsiLocalStorage');
});

const aToken = async (): Promise<string> =>
  ((await (await fetch(endpoint().url, { method: 'POST' })).json()) as { token: string }).token;

const failure = async (meeting: JitsiMeetingElement) => {
  await until(() => meeting.state === 'failed', 'the failure');
  return meeting.error!;
};

describe('a token in an attribute', () => {
  for (const name of ['token', 'jwt']) {
    it(`${name}="..." in the markup is used and taken off`, async () => {
      const token = await aToken();
      const template = document.createElement('template');
      template.innerHTML = `<jitsi-meeting domain="${standin.host}" room="${freshRoom()}" ${name}="${token}"></jitsi-meeting>`;
      document.body.append(template.content);
      const meeting = document.querySelector('jitsi-meeting')!;
      expect(meeting.outerHTML).not.to.contain(token);
      await reached(meeting, 'joined');
      expect(new URL(frames(meeting)[0]!.src).searchParams.get('jwt')).to.equal(token);
      expect(document.documentElement.outerHTML).not.to.contain(token);
    });

    it(`${name}="..." set later, as a framework does, counts from the next join on`, async () => {
      const [first, second] = [await aToken(), await aToken()];
      const meeting = makeMeeting({ tokenUrl: undefined });
      meeting.setAttribute(name, first);
      document.body.append(meeting);
      meeting.setAttribute(name, second);
      expect(meeting.hasAttribute(name)).to.equal(false);
      expect(meeting.token).to.equal(second);
      await reached(meeting, 'joined');
      meeting.setAttribute(name, first);
      expect([meeting.state, meeting.token, meeting.hasAttribute(name)]).to.deep.equal(['joined', first, false]);
    });

    it(`an empty ${name} and one that is taken off clear nothing`, async () => {
      const meeting = makeMeeting({ token: 'a.b.c' });
      meeting.setAttribute(name, '');
      meeting.removeAttribute(name);
      meeting.toggleAttribute(name, false);
      expect([meeting.token, meeting.hasAttribute(name)]).to.deep.equal(['a.b.c', false]);
    });
  }

  it('is gone before a mutation observer of the page can read it, and in no clone', async () => {
    const meeting = makeMeeting({ tokenUrl: undefined, loading: 'manual' });
    document.body.append(meeting);
    const seen: (string | null)[] = [];
    const observer = new MutationObserver(() => seen.push(meeting.getAttribute('token')));
    observer.observe(meeting, { attributes: true });
    meeting.setAttribute('token', 'a.b.c');
    await Promise.resolve();
    observer.disconnect();
    expect(seen).to.deep.equal([null]);
    expect((meeting.cloneNode(true) as Element).hasAttribute('token')).to.equal(false);
  });

  it('is used and taken off a <jitsi-token-status> as well', async () => {
    const token = await aToken();
    const status = document.createElement('jitsi-token-status');
    status.setAttribute('token', token);
    document.body.append(status);
    expect(status.hasAttribute('token')).to.equal(false);
    await status.updateComplete;
    expect(status.shadowRoot!.textContent).to.contain('Access until');
  });
});

describe('an invalid domain opens no frame and no connection', () => {
  for (const domain of [
    'localhost@evil.example',
    'evil.example/x?',
    'https://evil.example',
    'evil.example#',
    'evil.example\\x',
    'evil.example:443/..',
    ' evil.example',
    '',
    '8x8.vc/vpaas-magic-cookie-1',
  ]) {
    it(JSON.stringify(domain), async () => {
      const parent = document.createElement('div');
      const warmUp = new AppWarmUp(domain, parent);
      preconnect(domain);
      expect(parent.childNodes).to.have.length(0);
      expect(document.querySelector('link[rel="preconnect"]')).to.equal(null);
      warmUp.wanted();
      warmUp.done();
    });
  }

  it('and what is one is asked without the address of the page', () => {
    const parent = document.createElement('div');
    const warmUp = new AppWarmUp('Meet.Example.org', parent);
    const frame = parent.querySelector('iframe')!;
    expect([frame.src, frame.referrerPolicy]).to.deep.equal([
      'https://meet.example.org/static/dialInInfo.html',
      'strict-origin-when-cross-origin',
    ]);
    warmUp.done();
  });
});

describe('an address that shows a name and a password', () => {
  for (const [attribute, value] of [
    ['token-url', 'https://ada:hunter2@app.example.org/api/token'],
    ['token-url', '//ada:hunter2@app.example.org/api/token'],
    ['token-url', 'https://hunter2@app.example.org/api/token'],
    ['token-url', 'https://ada:hunter2@[no-host/api/token'],
    ['sign-in-url', 'https://ada:hunter2@app.example.org/login'],
    ['api-src', 'https://ada:hunter2@meet.example.org/external_api.js'],
    ['domain', 'ada:hunter2@meet.example.org'],
  ] as const) {
    it(`is refused, and not quoted: ${attribute}="${value}"`, async () => {
      const meeting = makeMeeting();
      meeting.setAttribute(attribute, value);
      document.body.append(meeting);
      const { code, message, hint, cause } = await failure(meeting);
      expect(code).to.equal('config-invalid');
      expect(message).to.contain(attribute);
      expect(`${message} ${hint} ${String(cause)}`).not.to.contain('hunter2');
      expect(frames(meeting)).to.have.length(0);
    });
  }
});

describe('an empty attribute is one that is not there', () => {
  for (const attribute of [
    'api-src',
    'api-integrity',
    'release',
    'tenant',
    'sign-in-url',
    'email',
    'subject',
    'jwt',
    'token',
  ]) {
    for (const value of ['', ' ']) {
      if (value === ' ' && ['jwt', 'token'].includes(attribute)) continue;
      it(`${attribute}="${value}"`, async () => {
        const meeting = makeMeeting();
        meeting.setAttribute(attribute, value);
        document.body.append(meeting);
        await reached(meeting, 'joined');
      });
    }
  }

  it('token-url="": the visitor is a guest', async () => {
    const meeting = makeMeeting({ tokenUrl: undefined });
    meeting.setAttribute('token-url', '');
    document.body.append(meeting);
    await until(() => frames(meeting).length === 1, 'the frame');
    expect(frames(meeting)[0]!.src).not.to.contain('jwt');
  });
});

describe('api-src is code, and comes by https or from the own origin', () => {
  for (const src of [
    'data:text/javascript,document.title="x"',
    'javascript:alert(1)',
    'ftp://a.example/x.js',
    'http://a.example/x.js',
    'https://',
  ]) {
    it(`not from ${JSON.stringify(src)}`, async () => {
      const meeting = makeMeeting();
      meeting.setAttribute('api-src', src);
      document.body.append(meeting);
      const { code, message } = await failure(meeting);
      expect([code, message.includes('api-src')]).to.deep.equal(['config-invalid', true]);
    });
  }
});

describe('more than a frame takes', () => {
  it('is told at once, with what it may come from', async () => {
    localStorage.setItem('jitsiLocalStorage', JSON.stringify({ appData: 'x'.repeat(2_500_000) }));
    const meeting = makeMeeting();
    document.body.append(meeting);
    const { code, message, hint, cause } = await failure(meeting);
    expect(code).to.equal('config-invalid');
    // Firefox has an error of its own, which quotes the address with the token.
    expect(cause).to.equal(undefined);
    expect(message).to.match(/address of the frame would have \d{7} characters/);
    expect(hint).to.contain('jitsiLocalStorage');
    expect(frames(meeting)).to.have.length(0);
  });
});

describe('where a test environment lacks what browsers have', () => {
  it('an element without internals is made, and joins', async () => {
    class Bare extends JitsiMeetingElement {}
    Object.defineProperty(Bare.prototype, 'attachInternals', { value: undefined });
    customElements.define(`bare-${freshRoom()}`, Bare);
    const meeting = Object.assign(new Bare(), { domain: standin.host, room: freshRoom(), tokenUrl: endpoint().url });
    document.body.append(meeting);
    await reached(meeting, 'joined');
    meeting.remove();
  });

  it('loading="lazy" without IntersectionObserver starts at once', async () => {
    const { IntersectionObserver } = window;
    Reflect.deleteProperty(window, 'IntersectionObserver');
    try {
      const meeting = makeMeeting({ loading: 'lazy' });
      document.body.append(meeting);
      // Jitsi's own script needs one.
      await until(() => meeting.state !== 'idle', 'the start');
    } finally {
      window.IntersectionObserver = IntersectionObserver;
    }
  });
});
