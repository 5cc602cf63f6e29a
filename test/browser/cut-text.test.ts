import { expect } from '@open-wc/testing';
import type { JitsiMeetingElement } from '../../src/index.js';
import { loadLanguage } from '../../src/locale/index.js';
import { shipped } from '../../src/locale/shipped.js';
import { gallery } from '../support/gallery.js';

const tags = ['en', ...Object.keys(shipped)];
await Promise.all(Object.keys(shipped).map((tag) => loadLanguage(tag)));

const allOf = (root: ParentNode): HTMLElement[] =>
  [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
    one,
    ...(one.shadowRoot ? allOf(one.shadowRoot) : []),
  ]);

/** Where text is read, and not for screen readers alone; for notices see below. */
function cutIn(meeting: JitsiMeetingElement): string[] {
  const found: string[] = [];
  const edge = meeting.getBoundingClientRect();
  for (const one of allOf(meeting.shadowRoot!)) {
    const { display } = getComputedStyle(one);
    if (['inline', 'contents', 'none'].includes(display) || one.closest('.hidden, .frame, .icon, svg')) continue;
    // Their own content is looked at by itself; it includes the frame, which is empty here.
    if (one.matches('.root, .stage')) continue;
    const { left, right } = one.getBoundingClientRect();
    const isWide = one.scrollWidth > one.clientWidth && one.clientWidth > 0;
    const isOut = left < edge.left - 0.5 || right > edge.right + 0.5;
    const isLow = one.matches('button, .button, .facts, h2, p') && one.scrollHeight > one.clientHeight + 1;
    if (isWide || isOut || isLow)
      found.push(`${one.className || one.localName}: ${one.textContent!.trim().slice(0, 40)}`);
  }
  return found;
}

/** Where a machine has no font for a language, Firefox draws boxes that are wider than any letter. */
function hasFont(shown: Element): boolean {
  const context = document.createElement('canvas').getContext('2d')!;
  context.font = getComputedStyle(shown).font;
  const [letter] = /[\u0250-\uffff]/u.exec(shown.textContent!) ?? [];
  const nobodys = '\u0378';
  return letter === undefined || context.measureText(letter).width !== context.measureText(nobodys).width;
}

/** How many lines the bar takes while its list of rights is closed. */
function linesOfBar(meeting: JitsiMeetingElement): number {
  const facts = meeting.shadowRoot!.querySelector('jitsi-token-status')?.shadowRoot!.querySelector('.facts');
  if (!facts || !hasFont(facts)) return 0;
  const range = document.createRange();
  const middles = [...facts.querySelectorAll('.role, summary, .expiry')].flatMap((one) => {
    range.selectNodeContents(one);
    return [...range.getClientRects()].map(({ top, bottom }) => (top + bottom) / 2);
  });
  return middles.toSorted((a, b) => a - b).filter((middle, index, all) => !(middle - all[index - 1]! < 8)).length;
}

describe('no text is cut, in any language', () => {
  it('where names are as long as one word can be', async () => {
    for (const name of ['placeholder', 'connecting', 'connecting-9s', 'token-forbidden']) {
      for (const width of [320, 1000]) {
        const place = document.body.appendChild(document.createElement('div'));
        place.style.cssText = `inline-size: ${width}px`;
        const meeting = await gallery
          .find((one) => one.name === name)!
          .show(place, { room: 'x'.repeat(300), domain: `${'y'.repeat(60)}.${'z'.repeat(60)}.example.org` });
        for (const one of meeting.shadowRoot!.querySelectorAll('details')) one.open = true;
        expect(cutIn(meeting), `${name}, ${width} px`).to.deep.equal([]);
        place.remove();
      }
    }
  });

  for (const width of [320, 240]) {
    it(`on a screen that is ${width} px wide, with its details open`, async function () {
      this.timeout(120_000);
      const cut: string[] = [];
      const bars: string[] = [];
      const start = performance.now();
      for (const { name, show } of gallery) {
        const place = document.body.appendChild(document.createElement('div'));
        // The same in all browsers, whose own differ in width.
        place.style.cssText = `inline-size: ${width}px; font-family: Arial, sans-serif`;
        const meeting = await show(place, { supportUrl: 'https://www.example.org/help' });
        for (const tag of tags) {
          meeting.lang = tag;
          await meeting.updateComplete;
          await meeting.shadowRoot!.querySelector('jitsi-token-status')?.updateComplete;
          const lines = linesOfBar(meeting);
          if (lines > 2 && width >= 320) bars.push(`${name} ${tag}: ${lines}`);
          const banner = meeting.shadowRoot!.querySelector('.banner');
          // With the rights open there is less place; on places narrower than a phone as well. Then notices may scroll.
          if (banner && width >= 320 && hasFont(banner) && banner.scrollHeight > banner.clientHeight + 1)
            cut.push(`${name} in ${tag}: banner`);
          const all = allOf(meeting.shadowRoot!).filter((one) => one instanceof HTMLDetailsElement);
          for (const one of all) one.open = true;
          cut.push(...cutIn(meeting).map((text) => `${name} in ${tag}: ${text}`));
          for (const one of all) one.open = false;
        }
        place.remove();
      }
      console.log(
        `${width} px: ${gallery.length} screens in ${tags.length} languages in ${Math.round(performance.now() - start)} ms`,
      );
      // A few are enough to see why.
      expect(cut.slice(0, 25).join('\n')).to.equal('');
      expect(bars.slice(0, 40).join('\n'), 'lines of the bar').to.equal('');
    });
  }
});
