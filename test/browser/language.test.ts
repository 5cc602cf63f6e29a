import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { addLanguage } from '../../src/locale/index.js';
import { en } from '../../src/locale/en.js';
import { buttons, makeMeeting } from '../support/in-browser.js';

addLanguage('x-one', { ...en, join: 'one', status: 'bar in one' });
addLanguage('x-two', { ...en, join: 'two', status: 'bar in two' });

const barName = (status: HTMLElement): string | null | undefined =>
  status.shadowRoot!.querySelector('[aria-label]')?.getAttribute('aria-label');

const places: HTMLElement[] = [];
afterEach(() => places.splice(0).forEach((place) => place.remove()));

/** A meeting in a shadow tree, whose host stands in `lang`. */
async function put({ lang = '', own = '' } = {}) {
  const place = document.createElement('div');
  if (lang) place.lang = lang;
  const host = place.appendChild(document.createElement('div'));
  const meeting = makeMeeting({ loading: 'click', ...(own ? { lang: own } : {}) });
  host.attachShadow({ mode: 'open' }).append(meeting);
  document.body.append(place);
  places.push(place);
  await meeting.updateComplete;
  const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
  await status.updateComplete;
  return { place, meeting, status, words: [buttons(meeting)[0], barName(status)] };
}

describe('the language', () => {
  it('is that of what the meeting stands in, beyond a shadow root, for its bar as well', async () => {
    expect((await put({ lang: 'x-one' })).words).to.deep.equal(['one', 'bar in one']);
  });

  it("is the meeting's own before that", async () => {
    expect((await put({ lang: 'x-one', own: 'x-two' })).words).to.deep.equal(['two', 'bar in two']);
  });

  it('of a bar elsewhere on the page is that of its meeting, unless it has its own', async () => {
    const { meeting } = await put({ lang: 'x-one' });
    const status = document.createElement('jitsi-token-status');
    status.meeting = meeting;
    places.push(document.body.appendChild(status));
    await status.updateComplete;
    expect(barName(status)).to.equal('bar in one');
    status.lang = 'x-two';
    status.requestUpdate();
    await status.updateComplete;
    expect(barName(status)).to.equal('bar in two');
  });
});
