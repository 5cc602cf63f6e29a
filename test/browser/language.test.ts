import { expect } from '@open-wc/testing';
import '../../src/index.js';
import { languageInUse } from '../../src/elements/language.js';
import { addLanguage } from '../../src/locale/index.js';
import { en } from '../../src/locale/en.js';
import { buttons, frames, makeMeeting, reached, until } from '../support/in-browser.js';

addLanguage('x-one', { ...en, join: 'one', status: 'bar in one' });
addLanguage('x-two', { join: 'two', status: 'bar in two' });

const barName = (status: HTMLElement): string | null | undefined =>
  status.shadowRoot!.querySelector('[aria-label]')?.getAttribute('aria-label');

const places: HTMLElement[] = [];
afterEach(() => {
  places.splice(0).forEach((place) => place.remove());
  document.documentElement.removeAttribute('lang');
});

/** A meeting in a shadow tree, whose host stands in `lang`. */
async function put({ lang = '', own = '' } = {}) {
  const place = document.createElement('div');
  if (lang) place.lang = lang;
  const host = place.appendChild(document.createElement('div'));
  const meeting = makeMeeting({ loading: 'click', ...(own ? { lang: own } : {}) });
  // Its bar has nothing to say before there is a meeting.
  Object.defineProperty(meeting, 'state', { get: () => 'joined' });
  host.attachShadow({ mode: 'open' }).append(meeting);
  document.body.append(place);
  places.push(place);
  await meeting.updateComplete;
  const status = meeting.shadowRoot!.querySelector('jitsi-token-status')!;
  await status.updateComplete;
  const words = () => [buttons(meeting)[0], barName(status)];
  return { place, host, meeting, status, words };
}

describe('the language', () => {
  it('is that of what the meeting stands in, beyond a shadow root, for its bar as well', async () => {
    expect((await put({ lang: 'x-one' })).words()).to.deep.equal(['one', 'bar in one']);
  });

  it("is the meeting's own before that", async () => {
    expect((await put({ lang: 'x-one', own: 'x-two' })).words()).to.deep.equal(['two', 'bar in two']);
  });

  it("is the browser's where the page says none, and English where it has no words", async () => {
    const { meeting, place } = await put();
    expect(navigator.language).to.match(/^en/);
    expect(languageInUse(meeting)).to.deep.equal({ tag: 'en', dir: 'ltr', formats: navigator.language });
    place.lang = 'tlh';
    expect(languageInUse(meeting).tag).to.equal('en');
  });

  it('of a bar elsewhere on the page is that of its meeting, unless it has its own', async () => {
    const { meeting } = await put({ lang: 'x-one' });
    const status = document.createElement('jitsi-token-status');
    status.meeting = meeting;
    places.push(document.body.appendChild(status));
    await status.updateComplete;
    expect(barName(status)).to.equal('bar in one');
    meeting.lang = 'x-two';
    await until(() => barName(status) === 'bar in two', 'the language of its meeting');
    status.lang = 'x-one';
    await until(() => barName(status) === 'bar in one', 'its own language');
  });

  it('may be written as backends do', async () => {
    addLanguage('x_three', { join: 'three' });
    const { words, place } = await put({ lang: 'x_three' });
    expect(words()[0]).to.equal('three');
    place.lang = 'x-three';
    await until(() => words()[0] === 'three', 'the usual spelling');
  });

  it('follows the page while it is shown, whichever element around says it', async () => {
    const { place, host, meeting, words } = await put({ lang: 'x-one' });
    const follows = (shown: string) => until(() => words().join() === `${shown},bar in ${shown}`, shown);
    place.lang = 'x-two';
    await follows('two');
    host.lang = 'x-one';
    await follows('one');
    meeting.lang = 'x-two';
    await follows('two');
    for (const one of [meeting, host, place]) one.removeAttribute('lang');
    await until(() => words()[0] === en.join, 'the language of the browser');
    document.documentElement.lang = 'x-one';
    await follows('one');
  });

  it('follows a meeting that is moved to another place', async () => {
    const { meeting, words } = await put({ lang: 'x-one' });
    const other = await put({ lang: 'x-two' });
    other.host.shadowRoot!.append(meeting);
    await until(() => words()[0] === 'two', 'the language of the new place');
    other.place.lang = 'x-one';
    await until(() => words()[0] === 'one', 'its change');
  });

  it('is followed no more by a meeting that is gone', async () => {
    const { place, meeting } = await put({ lang: 'x-one' });
    const stays = await put({ lang: 'x-one' });
    meeting.remove();
    await meeting.updateComplete;
    let renderings = 0;
    meeting.requestUpdate = () => renderings++;
    place.lang = stays.place.lang = 'x-two';
    await until(() => stays.words()[0] === 'two', 'the other meeting');
    expect(renderings).to.equal(0);
  });

  it('is shown as soon as its words come', async () => {
    const { words } = await put({ lang: 'x-late' });
    expect(words()[0]).to.equal(en.join);
    addLanguage('x-late', { join: 'late' });
    await until(() => words()[0] === 'late', 'the words that came late');
  });

  it('is loaded when it is needed, and only then', async () => {
    const isFetched = (tag: string): boolean =>
      performance.getEntriesByType('resource').some(({ name }) => new RegExp(`/locale/${tag}\\.[jt]s`).test(name));
    const { place, meeting, words } = await put({ lang: 'en' });
    expect(isFetched('ar')).to.equal(false);
    place.lang = 'ar-EG';
    const arabic = (await import('../../src/locale/ar.js')).default;
    await until(() => words().join() === `${arabic.join},${arabic.status}`, 'the words in Arabic');
    expect(languageInUse(meeting)).to.deep.equal({ tag: 'ar', dir: 'rtl', formats: 'ar-EG' });
    expect(isFetched('ar')).to.equal(true);
    expect(isFetched('he')).to.equal(false);
  });

  it('goes to the app as well, by the name that the app has for it', async () => {
    const { place, meeting } = await put({ lang: 'zh-Hans' });
    const addressed = (): string | null => new URL(frames(meeting)[0]!.src).searchParams.get('lang');
    await meeting.join();
    expect(addressed()).to.equal('zh-CN');
    await meeting.leave();
    place.lang = '';
    await meeting.join();
    expect(addressed()).to.equal(null);
    await reached(meeting, 'joined');
    await meeting.leave();
  });
});
