import { expect } from '@open-wc/testing';
import { gallery } from '../support/gallery.js';

describe('every screen', () => {
  for (const { name, show } of gallery) {
    it(`has one heading or shows the meeting, and axe finds nothing: ${name}`, async function () {
      this.timeout(30_000);
      const place = document.body.appendChild(document.createElement('div'));
      const meeting = await show(place, { supportUrl: 'https://www.example.org/help' });
      const headings = meeting.shadowRoot!.querySelectorAll('h2');
      expect(headings).to.have.length(meeting.shadowRoot!.querySelector('.panel') ? 1 : 0);
      await expect(meeting).to.be.accessible({ ignoredRules: ['frame-tested', 'frame-title'] });
      place.remove();
    });
  }
});
