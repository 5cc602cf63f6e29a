import { expect } from '@open-wc/testing';
import '../../src/index.js';
import type { Clock } from '../../src/clock.js';
import { intercept } from '../../src/jitsi/capture-constructor.js';
import { buildMeetingUrl, scriptAddress } from '../../src/index.js';
import { loadExternalApi } from '../../src/jitsi/load.js';
import { control, frames, freshRoom, makeMeeting, reached, standin, until } from '../support/in-browser.js';

const address = (): string => `${standin.origin}/external_api.js?${freshRoom()}`;
/** A script of one line, as good as Jitsi's for who loads it. */
const scriptOf = (body: string): string => URL.createObjectURL(new Blob([body], { type: 'text/javascript' }));
const code = (load: Promise<unknown>): Promise<unknown> =>
  load.then(
    () => 'loaded',
    (error: { code: string }) => error.code,
  );

afterEach(async () => {
  document.querySelectorAll('jitsi-meeting').forEach((one) => one.remove());
  await control('fault', { script: 'none' });
});

describe('loading external_api.js', () => {
  it('happens once an address, however many ask', async () => {
    const src = address();
    const all = await Promise.all([loadExternalApi({ src }), loadExternalApi({ src }), loadExternalApi({ src })]);
    expect(new Set(all)).to.have.property('size', 1);
    expect(performance.getEntriesByName(src)).to.have.length(1);
    expect(document.querySelector(`script[src="${src}"]`)).to.equal(null);
  });

  it('that never answers is given up, forgotten, and tried again', async () => {
    const src = address();
    await control('fault', { script: 'hang' });
    expect(await code(loadExternalApi({ src }, { timeout: 200 }))).to.equal('script-timeout');
    await control('fault', { script: 'none' });
    expect(await code(loadExternalApi({ src }))).to.equal('loaded');
  });

  it('that fails once and then works is loaded at the second try', async () => {
    const src = address();
    await control('fault', { script: 'fail-once' });
    expect(await code(loadExternalApi({ src }))).to.equal('script-load');
    expect(await code(loadExternalApi({ src }))).to.equal('loaded');
  });

  it("that fails on a cross-origin isolated page names the page's Cross-Origin-Embedder-Policy", async () => {
    await control('fault', { script: '404' });
    const hint = () => loadExternalApi({ src: address() }).then(String, (error: { hint: string }) => error.hint);
    expect(await hint()).not.to.contain('Cross-Origin-Embedder-Policy');
    Object.defineProperty(window, 'crossOriginIsolated', { value: true, configurable: true });
    try {
      expect(await hint()).to.contain('Cross-Origin-Embedder-Policy');
    } finally {
      delete (window as { crossOriginIsolated?: boolean }).crossOriginIsolated;
      await control('fault', { script: 'none' });
    }
  });

  it('whose callers have all given up still ends, and leaves no timer and no element behind', async () => {
    const src = address();
    await control('fault', { script: 'hang' });
    let timers = 0;
    const clock: Clock = { now: Date.now, after: () => (timers++, () => void timers--) };
    const left = new AbortController();
    const load = loadExternalApi({ src }, { clock, signal: left.signal });
    expect(timers).to.equal(1);
    left.abort(new Error('left'));
    expect(await load.catch((error: Error) => error.message)).to.equal('left');
    expect(timers).to.equal(0);
    expect(document.querySelector(`script[src^="${src}"]`)).to.equal(null);
    await control('fault', { script: 'none' });
  });

  it('is used by a later call, though an earlier one gave up waiting', async () => {
    const src = address();
    const left = new AbortController();
    const first = code(loadExternalApi({ src }, { signal: left.signal }));
    left.abort(new Error('left'));
    expect(await code(loadExternalApi({ src }))).to.equal('loaded');
    await first;
    expect(performance.getEntriesByName(src)).to.have.length(1);
  });

  it('is checked against the integrity that is asked for, also when it was loaded without', async () => {
    const src = address();
    const digest = await crypto.subtle.digest('SHA-384', await (await fetch(src)).arrayBuffer());
    const right = `sha384-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`;
    const wrong = `sha384-${btoa('x'.repeat(48))}`;
    expect(await code(loadExternalApi({ src }))).to.equal('loaded');
    expect(await code(loadExternalApi({ src, integrity: wrong }))).to.equal('script-load');
    expect(await code(loadExternalApi({ src, integrity: right }))).to.equal('loaded');
  });

  it("leaves the page's own global what it was", async () => {
    const own = { of: 'the page' };
    window.JitsiMeetExternalAPI = own;
    try {
      expect(await loadExternalApi({ src: address() })).not.to.equal(own);
      expect(window.JitsiMeetExternalAPI).to.equal(own);
    } finally {
      delete window.JitsiMeetExternalAPI;
    }
  });

  for (const [what, appended] of [
    ['by its bare name', 'JitsiMeetExternalAPI.prototype.added = true;'],
    ['as a property of the window', 'window.JitsiMeetExternalAPI.prototype.added = true;'],
    ['in the next microtask', 'Promise.resolve().then(() => { JitsiMeetExternalAPI.prototype.added = true; });'],
    [
      'in a tag that it adds',
      `document.head.append(Object.assign(document.createElement('script'), { text: 'JitsiMeetExternalAPI.prototype.added = true;' }));`,
    ],
    [
      'to put another in its place, in a tag that it adds',
      `document.head.append(Object.assign(document.createElement('script'), { text: 'JitsiMeetExternalAPI = class extends JitsiMeetExternalAPI { added = true; };' }));`,
    ],
    ['to put another in its place', 'JitsiMeetExternalAPI = class extends JitsiMeetExternalAPI { added = true; };'],
  ] as const) {
    it(`with code appended that reads the global: ${what}`, async () => {
      for (const own of [undefined, { of: 'the page' }]) {
        if (own) window.JitsiMeetExternalAPI = own;
        const src = scriptOf(`window.JitsiMeetExternalAPI = class {};\n${appended}`);
        const Api = await loadExternalApi({ src });
        expect(new Api('')).to.have.property('added', true);
        expect(window.JitsiMeetExternalAPI).to.equal(own);
        delete window.JitsiMeetExternalAPI;
      }
    });
  }

  it('at the same time as the page does leaves it its own, whichever comes first', async () => {
    const own = document.createElement('script');
    own.src = address();
    const loaded = new Promise((resolve) => own.addEventListener('load', resolve));
    document.head.append(own);
    try {
      const [Api] = await Promise.all([loadExternalApi({ src: address() }), loaded]);
      expect(window.JitsiMeetExternalAPI).to.be.a('function');
      expect(window.JitsiMeetExternalAPI).not.to.equal(Api);
    } finally {
      own.remove();
      delete window.JitsiMeetExternalAPI;
    }
  });

  it('leaves the page what it sets, changes or takes away meanwhile', async () => {
    const own = { of: 'the page' };
    try {
      const first = loadExternalApi({ src: address() });
      const second = loadExternalApi({ src: address() });
      window.JitsiMeetExternalAPI = own;
      expect(window.JitsiMeetExternalAPI).to.equal(own);
      expect(await first).not.to.equal(await second);
      expect(window.JitsiMeetExternalAPI).to.equal(own);
      const third = loadExternalApi({ src: address() });
      delete window.JitsiMeetExternalAPI;
      expect(await third).to.be.a('function');
      expect(window.JitsiMeetExternalAPI).not.to.equal(await third);
    } finally {
      delete window.JitsiMeetExternalAPI;
    }
  });

  it('gives each script what it brought, also beside another copy of this package', async () => {
    type Copy = typeof import('../../src/jitsi/capture-constructor.js');
    const other = (await import(`../../src/jitsi/capture-constructor.ts?copy=${freshRoom()}`)) as Copy;
    const names = ['One', 'Two', 'Three', 'Four'];
    const all = names.map((name, index) => {
      const script = document.createElement('script');
      const { brought, end } = (index % 2 ? other.intercept : intercept)(script);
      script.src = scriptOf(`var JitsiMeetExternalAPI = class ${name} {};`);
      document.head.append(script);
      script.remove();
      return new Promise((resolve) => {
        script.addEventListener('load', () => {
          resolve((brought() as { name: string }).name);
          end();
        });
      });
    });
    expect(await Promise.all(all)).to.deep.equal(names);
    expect(window.JitsiMeetExternalAPI).to.equal(undefined);
    delete window.JitsiMeetExternalAPI;
  });

  it('leaves no global that the page made by `var`, and takes none for what a broken script brought', async () => {
    const own = document.createElement('script');
    own.textContent = 'var JitsiMeetExternalAPI = "of the page";';
    document.head.append(own);
    try {
      expect((await loadExternalApi({ src: address() })).name).not.to.equal('');
      expect(window.JitsiMeetExternalAPI).to.equal('of the page');
      const broken = code(loadExternalApi({ src: scriptOf('void 0') }));
      expect(await broken).to.equal('script-invalid');
    } finally {
      own.remove();
      window.JitsiMeetExternalAPI = undefined;
    }
  });

  it('works on a page with an AMD loader, and leaves that to others', async () => {
    const seen: unknown[][] = [];
    window.define = Object.assign((...args: unknown[]) => seen.push(args), { amd: {} });
    try {
      // A UMD script as Jitsi serves it: with a loader on the page it registers there, and sets no global.
      const body = 'define([], function () { return class FromAmd {}; })';
      const Api = await loadExternalApi({ src: scriptOf(body) });
      expect(Api.name).to.equal('FromAmd');
      window.define([], 'for somebody else');
      expect(seen).to.deep.equal([[[], 'for somebody else']]);
    } finally {
      delete window.define;
    }
  });

  it('that fails after it has made its iframe leaves none', async () => {
    const body = `window.JitsiMeetExternalAPI = class {
      constructor(domain, { parentNode }) {
        parentNode.append(document.createElement('iframe'));
        throw new Error('no');
      }
    }`;
    const apiSrc = URL.createObjectURL(new Blob([body], { type: 'text/javascript' }));
    const meeting = makeMeeting({ apiSrc });
    document.body.append(meeting);
    await until(() => meeting.state === 'failed', 'the failure');
    expect(meeting.error?.code).to.equal('script-invalid');
    expect(frames(meeting)).to.have.length(0);
  });

  it("gives the page's AMD loader back as it was after two loads at once", async () => {
    const define = Object.assign(() => {}, { amd: {} });
    window.define = define;
    try {
      const load = (name: string) => {
        const body = `define([], function () { return class ${name} {}; })`;
        return loadExternalApi({ src: URL.createObjectURL(new Blob([body], { type: 'text/javascript' })) });
      };
      const [One, Two] = await Promise.all([load('One'), load('Two')]);
      expect([One.name, Two.name]).to.deep.equal(['One', 'Two']);
      expect(window.define === define).to.equal(true);
    } finally {
      delete window.define;
    }
  });

  it('asks for the script of the tenant only at JaaS', () => {
    expect(scriptAddress({ domain: '8x8.vc', tenant: 'vpaas-magic-cookie-1' })).to.equal(
      'https://8x8.vc/vpaas-magic-cookie-1/external_api.js',
    );
    expect(scriptAddress({ domain: 'stage.8x8.vc', tenant: 'vpaas-magic-cookie-1', release: 'r' })).to.equal(
      'https://stage.8x8.vc/vpaas-magic-cookie-1/external_api.js?release=r',
    );
    expect(scriptAddress({ domain: 'meet.example.org:8443', tenant: 'a', release: 'r 1' })).to.equal(
      'https://meet.example.org:8443/external_api.js?release=r%201',
    );
  });
});

describe('the address of the frame', () => {
  for (const room of ['My Room', 'a#b%c', '100%', 'a\\b', 'Größe', '何時？', '🎉 party', '...']) {
    it(`is the one of the room ${JSON.stringify(room)}, and cannot leave the domain`, async () => {
      const meeting = makeMeeting({ room, tokenUrl: undefined });
      document.body.append(meeting);
      await until(() => frames(meeting).length === 1, 'the frame');
      const url = new URL(frames(meeting)[0]!.src);
      expect(url.host).to.equal(standin.host);
      expect(url.pathname).to.equal(new URL(buildMeetingUrl({ domain: standin.host, room })).pathname);
      expect(url.pathname.slice(1)).not.to.contain('/');
      expect(meeting.getMeetingUrl()).to.equal(`${url.origin}${url.pathname}`);
    });
  }

  it('joins a room with blanks and umlauts, as the server spells it', async () => {
    const meeting = makeMeeting({ room: `Große Runde ${freshRoom()}` });
    document.body.append(meeting);
    await reached(meeting, 'joined');
  });
});
