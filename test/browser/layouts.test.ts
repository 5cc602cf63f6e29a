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
  ['a wide place', 'width:2560px', '', [2560, 544]],
  ['a height of its own', 'width:984px', 'height:180px', [984, 180]],
  ['a ratio', 'width:640px', 'aspect-ratio:16/9', [640, 360]],
  ['a height by its property', 'width:984px', '--jitsi-meeting-height:300px', [984, 300]],
  ['all of its place', 'width:500px;height:300px', 'display:block;width:100%;height:100%', [500, 300]],
  ['from right to left', 'width:984px;direction:rtl', '', [984, 544]],
  ['from right to left, a flex row', 'width:984px;display:flex;direction:rtl', '', [960, 544]],
  ['lines from top to bottom', 'width:984px;writing-mode:vertical-rl', 'writing-mode:horizontal-tb', [960, 544]],
  ['a table', 'width:984px', '', [984, 544], 'table'],
  ['a dialog', 'width:984px', '', [984, 544], 'dialog'],
  ['a dialog as wide as what is in it', 'width:fit-content', '', [Math.min(960, innerWidth), 544], 'dialog'],
];
/** What stands around the tag. Returns where it goes. */
const kinds = {
  div: () => document.body.appendChild(document.createElement('div')),
  table() {
    const table = document.body.appendChild(document.createElement('table'));
    Object.assign(table.style, { borderCollapse: 'collapse' });
    const cell = table.insertRow().insertCell();
    cell.style.padding = '0';
    return cell;
  },
  dialog() {
    const dialog = document.body.appendChild(document.createElement('dialog'));
    dialog.showModal();
    return dialog;
  },
};
const states = ['placeholder', 'connecting', 'joined', 'token-forbidden'];

describe('the size of a meeting', () => {
  for (const [what, around, own, size, kind = 'div'] of layouts) {
    it(`is as a person expects: ${what}`, async () => {
      for (const name of states) {
        const place = kinds[kind]();
        const outer = place.closest('table') ?? place;
        places.push(outer);
        outer.style.cssText += around;
        if (kind === 'dialog') outer.style.cssText += ';max-width:none;max-height:none;padding:0;border:0';
        const meeting = await gallery.find((one) => one.name === name)!.show(place);
        meeting.style.cssText = own;
        const { width, height } = meeting.getBoundingClientRect();
        const root = meeting.shadowRoot!.querySelector('.root')!.getBoundingClientRect();
        const shown = [width, height, root.width, root.height].map(Math.round);
        const [wide, high] = size;
        const limit = Math.min(high, high === 544 ? innerHeight : high);
        expect(shown, name).to.deep.equal([wide, limit, wide, limit]);
        places.pop()!.remove();
      }
    });
  }
});
