import { expect } from '@open-wc/testing';
import { gallery } from '../support/gallery.js';

const places: Element[] = [];
afterEach(() => places.splice(0).forEach((place) => place.remove()));

const put = (name: string, text = ''): HTMLElement => {
  const element = Object.assign(document.createElement(name), { textContent: text });
  places.push(element);
  return document.body.appendChild(element);
};

/** What a page may have for itself, as hard as it can. */
const reset = `box-sizing: content-box; letter-spacing: 3px; text-transform: uppercase; color: lime; font-size: 30px;
  text-align: right; line-height: 3; white-space: nowrap; word-spacing: 9px; text-indent: 30px; cursor: crosshair;
  list-style: square; text-shadow: 1px 1px red; font-weight: 900; font-style: italic; font-variant: small-caps;
  quotes: none; word-break: break-all; overflow-wrap: anywhere; direction: rtl; -webkit-text-stroke: 1px red;
  -webkit-text-fill-color: red; caret-color: red; user-select: none; fill: red; stroke: red; stroke-width: 9px;
  accent-color: red; border-spacing: 9px; hyphens: auto; tab-size: 20; text-wrap: nowrap;`;
const important = (rules: string): string => rules.replaceAll(';', ' !important;');
const pages: [what: string, css: string][] = [
  ['inherited properties', `body { ${reset} }`],
  ['everything, important', `*, *::before, *::after { ${important(reset)} }`],
  ['everything unset', '* { all: unset !important; }'],
  [
    'its headings, buttons and classes',
    `h2 { font-size: 60px; margin: 90px; } p { margin: 99px; } a, summary, time, dt { color: red; }
     button { background: red; padding: 50px; border: 9px solid; } svg, span, .panel, .button, .icon { display: none; }
     div { padding: 10px; opacity: 0.5; } details { padding: 99px; }`,
  ],
];
/** What is seen of the words, but how far the spinner has turned and what the font makes of it. */
const seen = (root: ShadowRoot): string[] =>
  [...root.querySelectorAll('*')].flatMap((element) => {
    const style = getComputedStyle(element);
    const values = [...style].filter((name) => !/^--|rotate|decoration/.test(name));
    return [
      ...values.map(
        (name) => `${element.localName}.${element.getAttribute('class')} ${name}: ${style.getPropertyValue(name)}`,
      ),
      ...(element.shadowRoot ? seen(element.shadowRoot) : []),
    ];
  });

/**
 * Lines that are drawn through the words of a box go through all that is in it, but for what stands by itself: inline
 * blocks and the like, floats, and what is placed absolutely.
 */
const isCrossedOut = (words: Element): boolean => {
  for (let box: Element | null = words; box; box = box.assignedSlot ?? box.parentElement ?? hostOf(box)) {
    const { display, position, float } = getComputedStyle(box);
    if (display.startsWith('inline-') || /fixed|absolute/.test(position) || float !== 'none') return false;
    if (getComputedStyle(box).textDecorationLine !== 'none') return true;
  }
  return false;
};
const hostOf = (element: Element): Element | null => (element.getRootNode() as Partial<ShadowRoot>).host ?? null;

it('lines that a page draws through its words do not go through those of the element', async () => {
  const place = put('section');
  place.style.textDecoration = 'line-through';
  const words = put('p', 'words of the page');
  place.append(words);
  expect(isCrossedOut(words)).to.equal(true);
  for (const name of ['placeholder', 'connecting-9s', 'token-forbidden', 'joined', 'both-permission']) {
    const meeting = await gallery.find((one) => one.name === name)!.show(place);
    meeting.style.textDecoration = 'underline';
    const all = [meeting.shadowRoot!, meeting.shadowRoot!.querySelector('jitsi-token-status')?.shadowRoot];
    for (const one of all.flatMap((root) => [...(root?.querySelectorAll('h2, p, button, summary, time') ?? [])]))
      expect(isCrossedOut(one), `${name}: ${one.textContent}`).to.equal(false);
    meeting.remove();
  }
});

describe('what a page has for itself does not reach the words', () => {
  for (const name of ['placeholder', 'connecting-9s', 'token-forbidden', 'joined', 'both-permission']) {
    for (const [what, css] of pages) {
      it(`${name}: ${what}`, async () => {
        const meeting = await gallery.find((one) => one.name === name)!.show(put('section'));
        // Its place is the page's: the same in both.
        const place = { display: 'block', position: 'fixed', inset: '0', width: '600px', height: '500px' };
        for (const [property, value] of Object.entries(place)) meeting.style.setProperty(property, value, 'important');
        for (const details of meeting.shadowRoot!.querySelectorAll('details')) details.open = true;
        const before = seen(meeting.shadowRoot!);
        put('style', css);
        expect(seen(meeting.shadowRoot!).filter((one, index) => one !== before[index])).to.deep.equal([]);
      });
    }
  }
});
