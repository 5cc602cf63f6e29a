import { expect } from '@open-wc/testing';
import { until } from '../support/in-browser.js';
import { openPage } from '../support/page-in-frame.js';

type Options = Parameters<typeof openPage>[1];

/** What a page with this tag asked for once its meeting has come, has failed, or waits for a click. */
async function askedFor(options: Options) {
  const { page, meeting, asked } = await openPage({}, options);
  const { performance } = page.defaultView!;
  await until(() => ['joined', 'failed', 'idle'].includes(meeting.state), 'the meeting', 8000);
  const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const startOf = (end: string): number[] =>
    files.filter(({ name }) => name.includes(end)).map(({ startTime }) => startTime);
  return {
    state: meeting.state,
    code: meeting.error?.code,
    scripts: startOf('external_api.js'),
    engine: startOf('elements/engine'),
    defined: performance.getEntriesByName('defined')[0]?.startTime,
    tokens: await asked(),
  };
}

afterEach(() => document.querySelectorAll('body > iframe').forEach((one) => one.remove()));

describe('a tag in the page', () => {
  it('has its script asked for once, with the one of a join that comes later', async () => {
    const { state, scripts, engine, tokens } = await askedFor({});
    expect(state).to.equal('joined');
    expect(scripts).to.have.length(1);
    expect(engine).to.have.length(1);
    expect(tokens).to.equal(1);
  });

  it('has both asked for before the elements are defined', async () => {
    const before = `<script>
      const { define } = customElements;
      customElements.define = function (...one) {
        performance.mark('defined');
        define.apply(this, one);
      };
    </script>`;
    const { scripts, engine, defined } = await askedFor({ before });
    expect(scripts[0]).to.be.at.most(defined!);
    expect(engine[0]).to.be.at.most(defined!);
  });

  it('has it asked for by the address that its attributes give', async () => {
    const { state, scripts } = await askedFor({ attributes: 'release="1234"' });
    expect([state, scripts.length]).to.deep.equal(['joined', 1]);
  });

  for (const [what, options, code] of [
    ['loading="click"', { attributes: 'loading="click"' }, undefined],
    ['a sandbox', { attributes: 'sandbox="allow-scripts"' }, 'page-policy'],
    ['an address that may not be loaded', { attributes: 'api-src="data:text/javascript,1"' }, 'config-invalid'],
    ['a domain that is none', { domain: 'no domain' }, 'config-invalid'],
    ['a room that is none', { room: ' ' }, 'config-invalid'],
  ] as const) {
    it(`asks for no script with ${what}, and the file that holds the elements runs`, async () => {
      const found = await askedFor(options);
      expect(found).to.deep.include({ code, scripts: [], tokens: 0 });
    });
  }
});
