import { expect } from '@open-wc/testing';
import { gallery } from '../support/gallery.js';

const picture = (width: number, height: number): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"/>`)}`;

for (const name of ['placeholder', 'token-forbidden']) {
  it(`a logo larger than its place is made smaller, and keeps its ratio: ${name}`, async () => {
    const place = document.body.appendChild(document.createElement('div'));
    place.style.inlineSize = '320px';
    const meeting = await gallery.find((one) => one.name === name)!.show(place);
    const logo = Object.assign(new Image(), { slot: 'logo', alt: '', src: picture(3000, 1000) });
    meeting.append(logo);
    await logo.decode();
    const { width, height } = logo.getBoundingClientRect();
    expect(width).to.be.within(200, 320);
    expect(width / height).to.be.closeTo(3, 0.1);
    // As the page wants it, and yet not distorted.
    logo.height = 100;
    expect(logo.getBoundingClientRect().width).to.be.closeTo(width, 1);
    expect(getComputedStyle(logo).objectFit).to.equal('contain');
    const panel = meeting.shadowRoot!.querySelector('.panel')!;
    expect(panel.scrollWidth).to.equal(panel.clientWidth);
    place.remove();
  });
}

const shown = (element: Element): boolean => element.checkVisibility();

it('the code of an error is a slot for that error alone', async () => {
  const place = document.body.appendChild(document.createElement('div'));
  for (const [name, expected] of [
    ['token-forbidden', 'Members only'],
    ['token-server', 'Something else'],
    ['ended-left', undefined],
  ] as const) {
    const meeting = await gallery.find((one) => one.name === name)!.show(place);
    const own = [
      ['token-forbidden', 'Members only'],
      ['error', 'Something else'],
    ].map(([slot, textContent]) => Object.assign(document.createElement('h2'), { slot, textContent }));
    const heading = meeting.shadowRoot!.querySelector('h2')!;
    meeting.append(own[0]!);
    expect([shown(own[0]!), shown(heading)], name).to.deep.equal(
      name === 'token-forbidden' ? [true, false] : [false, true],
    );
    meeting.append(own[1]!);
    expect(own.find(shown)?.textContent, name).to.equal(expected);
    expect(shown(heading), name).to.equal(name === 'ended-left');
    meeting.remove();
  }
  place.remove();
});
