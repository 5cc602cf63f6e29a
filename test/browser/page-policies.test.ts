import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { control, freshRoom, standin, until } from '../support/in-browser.js';
import { openPage } from '../support/page-in-frame.js';

const csp = (policy: string) => ({ 'content-security-policy': policy });
const joined = (meeting: JitsiMeetingElement) =>
  until(() => meeting.state === 'joined' || meeting.state === 'failed', 'the meeting', 8000).then(() =>
    expect(meeting.state, `${meeting.error?.message} ${meeting.error?.hint}`).to.equal('joined'),
  );
const failed = async (meeting: JitsiMeetingElement) => {
  await until(() => meeting.state === 'failed', 'the failure', 3000);
  return meeting.error!;
};

afterEach(async () => {
  document.querySelectorAll('body > iframe').forEach((one) => one.remove());
  await control('fault', { script: 'none', frame: 'none' });
});

describe('on a page with Trusted Types', () => {
  const required = "require-trusted-types-for 'script'";
  const names = 'trusted-types lit-html jitsi-meeting-element';

  for (const [what, policy] of [
    ['required for scripts', required],
    ['with the two policies that it names', `${required}; ${names}`],
    ['with policies of its own as well', `${required}; ${names} other default`],
    [
      'and the smallest other policy',
      `default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' ${standin.origin}; style-src 'unsafe-inline'; frame-src ${standin.origin}; connect-src * ; ${required}; ${names}`,
    ],
    ['that only limits the names', names],
  ] as const) {
    it(`joins where they are ${what}`, async () => {
      const { meeting } = await openPage(csp(policy));
      await joined(meeting);
    });
  }

  it('makes one policy for two copies of this package, whichever comes first', async () => {
    const copy = '/src/jitsi/trusted-types.ts?copy';
    const before = `<script type="module">window.copy = await import("${copy}"); window.other = await import("${copy}2");</script>`;
    const { page, meeting } = await openPage(csp(`${required}; ${names}`), { before });
    await joined(meeting);
    type Copy = typeof import('../../src/jitsi/trusted-types.js');
    const { copy: first, other } = page.defaultView as unknown as Record<'copy' | 'other', Copy>;
    for (const one of [first, other]) {
      const script = page.createElement('script');
      script.src = one.trustedScriptAddress(`${standin.origin}/external_api.js`);
      expect(script.src).to.equal(`${standin.origin}/external_api.js`);
    }
    const shared = Symbol.for('jitsi-meeting-element.trusted-types');
    expect(Object.getOwnPropertyDescriptor(page.defaultView, shared)).to.include({
      writable: false,
      configurable: false,
      enumerable: false,
    });
  });

  it('loads the script of another deployment by the same policy', async () => {
    const { page, meeting } = await openPage(csp(`${required}; ${names}`));
    await joined(meeting);
    const other = page.createElement('jitsi-meeting');
    Object.assign(other, { domain: standin.otherHost, room: freshRoom(), tokenUrl: meeting.tokenUrl });
    page.body.append(other);
    await joined(other);
  });

  it('says which name the page has to allow', async () => {
    const { meeting, asked } = await openPage(csp(`${required}; trusted-types lit-html`));
    const error = await failed(meeting);
    expect(error.code).to.equal('page-policy');
    expect(error.retryable).to.equal(false);
    expect(error.hint).to.contain('trusted-types lit-html jitsi-meeting-element');
    expect(await asked()).to.be.at.most(1);
  });

  it('makes nothing trusted but the address that is being loaded', async () => {
    const { page, meeting } = await openPage(csp(`${required}; ${names}`));
    await joined(meeting);
    const types = (
      page.defaultView as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
    ).trustedTypes;
    // The name is taken, so that no other script gets a policy that the page allows.
    expect(() => types.createPolicy('jitsi-meeting-element', { createScriptURL: (text: string) => text })).to.throw();
  });
});

describe("what the page's own policy forbids is said at once", () => {
  const open = `script-src 'self' 'unsafe-inline' 'unsafe-eval' ${standin.origin}; connect-src *`;

  it('the frame', async () => {
    const { meeting } = await openPage(csp(`frame-src 'self'; ${open}`));
    const error = await failed(meeting);
    expect(error.code).to.equal('page-policy');
    expect(`${error.message} ${error.hint}`).to.contain('frame-src').and.to.contain(standin.origin);
  });

  it('the script, which is not asked for again', async () => {
    const { page, meeting } = await openPage(csp("script-src 'self' 'unsafe-inline' 'unsafe-eval'"));
    let violations = 0;
    page.addEventListener('securitypolicyviolation', () => violations++);
    const error = await failed(meeting);
    expect(error.code).to.equal('page-policy');
    expect(error.hint).to.contain('script-src').and.to.contain(standin.origin);
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(violations).to.be.at.most(1);
  });

  it('the token endpoint', async () => {
    const { meeting, asked } = await openPage(csp("connect-src 'self'"));
    const error = await failed(meeting);
    expect(error.code).to.equal('page-policy');
    expect(error.hint).to.contain('connect-src').and.to.contain(standin.origin);
    expect(await asked()).to.equal(0);
  });

  it('but not what is only reported, or is of something else on the page', async () => {
    const { page, meeting } = await openPage({
      'content-security-policy-report-only': "frame-src 'none'; connect-src 'none'",
      'content-security-policy': "img-src 'none'",
    });
    page.body.append(Object.assign(page.createElement('img'), { src: `${standin.origin}/picture.png` }));
    await joined(meeting);
  });

  for (const [sandbox, missing] of [
    ['allow-scripts', 'allow-same-origin'],
    ['allow-same-origin', 'allow-scripts'],
    ['', 'allow-scripts and allow-same-origin'],
    ['allow-forms allow-popups', 'allow-scripts and allow-same-origin'],
    ['ALLOW-SCRIPTS', 'allow-same-origin'],
  ] as const) {
    it(`sandbox="${sandbox}", before anything loads`, async () => {
      const { meeting, asked } = await openPage({}, { attributes: `sandbox="${sandbox}"` });
      const error = await failed(meeting);
      expect(error.code).to.equal('page-policy');
      expect(error.message).to.contain(missing);
      expect(await asked()).to.equal(0);
    });
  }

  it('the sandbox of a frame around the page, before anything loads', async () => {
    // As such a page sees it; a real one can't be looked into from here.
    const before = `<script>Object.defineProperty(globalThis, 'origin', { value: 'null' })</script>`;
    const { meeting, asked } = await openPage({}, { before });
    const error = await failed(meeting);
    expect(error.code).to.equal('page-policy');
    expect(error.message).to.contain('allow-same-origin');
    expect(await asked()).to.equal(0);
  });

  it('and a wide enough sandbox lets the meeting in', async () => {
    const { meeting } = await openPage({}, { attributes: 'sandbox="allow-scripts allow-same-origin allow-forms"' });
    await joined(meeting);
  });
});

describe('a page whose Referrer-Policy tells its whole address', () => {
  for (const policy of ['unsafe-url', 'no-referrer-when-downgrade']) {
    it(`tells the meeting its origin only: ${policy}`, async () => {
      const { meeting } = await openPage({ 'referrer-policy': policy });
      await joined(meeting);
      expect(meeting.api!.getIFrame()!.referrerPolicy).to.equal('strict-origin-when-cross-origin');
      const { referrers } = (await (await fetch(`${standin.origin}/referrers`)).json()) as {
        referrers: Record<string, string | null>;
      };
      const seen = Object.entries(referrers).filter(([path]) => path.endsWith(`/${meeting.room}`));
      expect(seen).to.deep.equal([[`/${meeting.room}`, `${location.origin}/`]]);
      expect(referrers['/external_api.js']).to.equal(`${location.origin}/`);
      expect(referrers[new URL(meeting.tokenUrl!).pathname]).to.equal(`${location.origin}/`);
    });
  }
});

// Not `createElement`: Jitsi's own script makes its iframe with it.
describe('markup with the names of what the document has', () => {
  for (const name of [
    'currentScript',
    'head',
    'body',
    'baseURI',
    'activeElement',
    'readyState',
    'visibilityState',
    'documentElement',
    'querySelector',
    'createElementNS',
    'addEventListener',
    'removeEventListener',
  ]) {
    it(`does not keep the meeting from joining: <img name="${name}">`, async () => {
      const { meeting } = await openPage({}, { before: `<body><img name="${name}"><form name="${name}"></form>` });
      await joined(meeting);
    });
  }
});
