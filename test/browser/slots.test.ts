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
