import { expect } from '@open-wc/testing';
import { gallery } from '../support/gallery.js';

const places: HTMLElement[] = [];
afterEach(() => places.splice(0).forEach((place) => place.remove()));

type Size = [width: number, height: number];
/** What a page puts around the tag and on it, and the size that a person expects. */
const layouts: [what: string, around: string, own: string, size: Size, place?: keyof typeof kinds][] = [
  ['block', 'width:984px', '', [984, 544]],
  ['flex row', 'width:984px;display:flex', '', [960, 544]],
  ['flex row, grows', 'width:984px;display:flex', 'flex:1 1 auto', [984, 544]],
  ['flex row that is narrow', 'width:320px;display:flex', '', [320, 544]],
  ['flex row, beside what does not shrink', 'width:600px;display:flex', 'margin-left:500px', [240, 544]],
  ['as narrow as it can be', 'width:984px', 'width:min-content', [240, 544]],
  ['columns of text', 'width:984px;columns:2;column-gap:4px', '', [490, 544]],
  ['flex column', 'width:984px;display:flex;flex-direction:column', '', [984, 544]],
  ['flex column, centred', 'width:1400px;display:flex;flex-direction:column;align-items:center', '', [960, 544]],
  ['flex column, fills', 'width:984px;height:400px;display:flex;flex-direction:column', 'flex:1', [984, 400]],
  ['grid', 'width:984px;display:grid', '', [984, 544]],
  ['grid, centred', 'width:1400px;display:grid;place-items:center', '', [960, 544]],
  ['grid, at the start', 'width:984px;display:grid;justify-items:start', '', [960, 544]],
  ['float', 'width:984px', 'float:left', [960, 544]],
  ['inline-block', 'width:984px', 'display:inline-block', [960, 544]],
  ['absolute', 'width:984px;height:600px;position:relative', 'position:absolute', [960, 544]],
  [
    'absolute, between edges',
    'width:984px;height:600px;position:relative',
    'position:absolute;inset:0 20px',
    [944, 600],
  ],
  ['a narrow place', 'width:240px', '', [240, 544]],
  ['a narrower place', 'width:200px', '', [200, 544]],
  ['a narrow column of a grid', 'width:984px;display:grid;grid-template-columns:200px 1fr', '', [200, 544]],
  ['a column that shrinks', 'width:200px;display:grid;grid-template-columns:minmax(0,1fr)', '', [200, 544]],
  ['a flex row, as narrow as one likes', 'width:200px;display:flex', 'min-width:0', [200, 544]],
  ['a narrow width of its own', 'width:984px', 'float:left;max-width:200px', [200, 544]],
  ['a place as narrow as it can be', 'width:min-content', '', [240, 544]],
  ['a column as narrow as it can be', 'width:984px;display:grid;grid-template-columns:auto 984px', '', [240, 544]],
  ['a flex box, by the page', 'width:984px', 'display:flex', [984, 544]],
  [
    'a flex box with all in its middle, by the page',
    'width:984px',
    'display:flex;align-items:center;justify-content:center',
    [984, 544],
  ],
  ['a block, by the page', 'width:984px', 'display:block;height:700px', [984, 700]],
  ['wider than its place', 'width:400px', 'margin:0 -20px', [440, 544]],
  ['a wide place', 'width:2560px', '', [2560, 544]],
  ['a height of its own', 'width:984px', 'height:180px', [984, 180]],
  ['a low height of its own', 'width:984px', 'height:120px;min-height:0', [984, 120]],
  ['a lowest height', 'width:984px', 'min-height:700px', [984, 700]],
  ['a highest height', 'width:984px', 'max-height:300px', [984, 300]],
  ['a flex row with a height', 'width:984px;height:300px;display:flex', '', [960, 300]],
  [
    'flex column, with little room',
    'width:984px;height:100px;display:flex;flex-direction:column',
    'flex:1',
    [984, 160],
  ],
  ['a ratio', 'width:640px', 'aspect-ratio:16/9', [640, 360]],
  ['a ratio, floating', 'width:1400px', 'aspect-ratio:16/9;float:left', [960, 540]],
  ['a ratio in a narrow place', 'width:200px', 'aspect-ratio:16/9;min-height:0', [200, 113]],
  ['a ratio in a narrow window', 'width:272px;container-type:inline-size', 'aspect-ratio:16/9', [272, 153]],
  ['a height by its property', 'width:984px', '--jitsi-meeting-height:300px', [984, 300]],
  ['all of its place', 'width:500px;height:300px', 'display:block;width:100%;height:100%', [500, 300]],
  ['from right to left', 'width:984px;direction:rtl', '', [984, 544]],
  ['from right to left, a flex row', 'width:984px;display:flex;direction:rtl', '', [960, 544]],
  ['lines from top to bottom', 'width:984px;writing-mode:vertical-rl', '', [960, 544]],
  ['lines from top to bottom, narrow', 'width:300px;height:600px;writing-mode:vertical-rl', '', [300, 544]],
  ['a table', 'width:984px', '', [984, 544], 'table'],
  ['a dialog', 'width:984px', '', [984, 544], 'dialog'],
  ['a dialog as wide as what is in it', 'width:fit-content', '', [Math.min(960, innerWidth), 544], 'dialog'],
];
/** What stands around the tag. Returns where it goes. */
const kinds = {
  div: (page: Document) => page.body.appendChild(page.createElement('div')),
  table(page: Document) {
    const table = page.body.appendChild(page.createElement('table'));
    Object.assign(table.style, { borderCollapse: 'collapse' });
    const cell = table.insertRow().insertCell();
    cell.style.padding = '0';
    return cell;
  },
  dialog(page: Document) {
    const dialog = page.body.appendChild(page.createElement('dialog'));
    dialog.showModal();
    return dialog;
  },
};
function placeOf(kind: keyof typeof kinds, around: string, page = document): HTMLElement {
  const place = kinds[kind](page);
  const outer = place.closest('table') ?? place;
  places.push(outer);
  outer.style.cssText += around;
  if (kind === 'dialog') outer.style.cssText += ';max-width:none;max-height:none;padding:0;border:0';
  return place;
}
const beforeUpgrade = fetch('/src/before-upgrade.css').then((response) => response.text());
const states = ['placeholder', 'connecting', 'joined', 'token-forbidden'];

describe('the size of a meeting', () => {
  for (const [what, around, own, size, kind = 'div'] of layouts) {
    const [wide, high] = size;
    const expected = [wide, Math.min(high, high === 544 ? innerHeight : high)];

    it(`is as a person expects: ${what}`, async () => {
      for (const name of states) {
        const place = placeOf(kind, around);
        const meeting = await gallery.find((one) => one.name === name)!.show(place);
        meeting.style.cssText = own;
        const root = meeting.shadowRoot!.querySelector('.root')!;
        const parts = [meeting, root, root.querySelector('.stage')!].map((part) => part.getBoundingClientRect());
        const shown = parts.flatMap(({ width, height }) => [Math.round(width), Math.round(height)]);
        // The border is around the stage, and the bar below it.
        expect(shown.slice(0, 5), name).to.deep.equal([...expected, ...expected, wide - 2]);
        places.pop()!.remove();
      }
    });

    it(`is the same before the script is there: ${what}`, async () => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      places.push(frame);
      frame.style.cssText = `width:${innerWidth}px;height:${innerHeight}px;border:0`;
      const { contentDocument: page } = frame;
      const style = page!.head.appendChild(page!.createElement('style'));
      style.textContent = `${await beforeUpgrade} jitsi-meeting { ${own} }`;
      const meeting = page!.createElement('jitsi-meeting');
      for (const content of ['', '<p>Words and <a href="/">a link</a></p>']) {
        meeting.innerHTML = content;
        placeOf(kind, around, page!).append(meeting);
        const { width, height } = meeting.getBoundingClientRect();
        expect([width, height].map(Math.round), content).to.deep.equal(expected);
        places.pop();
      }
    });
  }

  for (const border of ['0', '10px solid']) {
    it(`has the border in it: ${border}`, async () => {
      const meeting = await gallery.find(({ name }) => name === 'joined')!.show(placeOf('div', 'width:984px'));
      meeting.style.setProperty('--jitsi-meeting-border', border);
      expect(meeting.offsetHeight).to.equal(Math.min(544, innerHeight));
    });
  }

  it('stays where a page takes all from it', async () => {
    const meeting = await gallery.find(({ name }) => name === 'joined')!.show(placeOf('div', 'width:984px'));
    meeting.style.cssText = 'all:unset!important';
    const { width, height } = meeting.shadowRoot!.querySelector('.root')!.getBoundingClientRect();
    expect([width, height]).to.deep.equal([984, Math.min(544, innerHeight)]);
  });
});
