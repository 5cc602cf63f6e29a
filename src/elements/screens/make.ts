import { page } from '../../jitsi/page.js';

/** Makes an element. Text stays text: nothing is read as markup, so that no policy of a page forbids it. */
export function make(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElement {
  return furnish(page.createElement(name as 'div'), attributes, children);
}

/** A drawing of one line, 24 by 24. */
export function makeDrawing(attributes: Readonly<Record<string, string>>, ...lines: readonly string[]): SVGElement {
  return furnish(
    inSvg('svg'),
    { viewBox: '0 0 24 24', ...attributes },
    lines.map((d) => furnish(inSvg('path'), { d }, [])),
  );
}

const inSvg = (name: string): SVGElement => page.createElementNS('http://www.w3.org/2000/svg', name);

function furnish<Made extends Element>(
  made: Made,
  attributes: Readonly<Record<string, string>>,
  children: readonly (Node | string)[],
): Made {
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Sets attributes and words. What is the same is left alone: screen readers and observers would hear of it. */
export function update(made: Element, attributes: Readonly<Record<string, string>>, words?: string): void {
  for (const [name, value] of Object.entries(attributes))
    if (made.getAttribute(name) !== value) made.setAttribute(name, value);
  if (words !== undefined && made.textContent !== words) made.textContent = words;
}
