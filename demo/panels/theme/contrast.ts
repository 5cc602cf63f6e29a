type Rgb = readonly [red: number, green: number, blue: number];

/** A colour as the page draws it: `light-dark()` and names resolved where the element stands. */
function rgbOf(place: HTMLElement, colour: string): Rgb {
  const probe = document.createElement('i');
  probe.style.color = colour;
  const meeting = place.querySelector('jitsi-meeting');
  if (meeting) probe.style.colorScheme = getComputedStyle(meeting).colorScheme;
  // What stands in the meeting isn't drawn, and has no colours.
  place.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** `#rrggbb`, which is what a colour field takes. */
export const hexOf = (place: HTMLElement, colour: string): string =>
  `#${rgbOf(place, colour)
    .map((part) => part.toString(16).padStart(2, '0'))
    .join('')}`;

/** WCAG's relative luminance. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [bright, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

const pairs = [
  ['text on the background', 'text', 'background'],
  ['secondary text on the background', 'muted', 'background'],
  ['text on notices and the bar', 'text', 'surface'],
  ['text on the main button', 'on-accent', 'accent'],
  ['other buttons on the background', 'secondary', 'background'],
  ['what is broken on the background', 'danger', 'background'],
] as const;

/** How well each text stands out; 4.5 is enough for everyone (WCAG AA). */
export function contrasts(place: HTMLElement, valueOf: (name: string) => string) {
  const value = (name: string): string => valueOf(name) || (name === 'secondary' ? valueOf('accent') : '');
  return pairs.map(([what, text, ground]) => ({
    what,
    ratio: contrastOf(rgbOf(place, value(text)), rgbOf(place, value(ground))),
  }));
}
