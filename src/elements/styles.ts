import { css } from './css.js';

/**
 * What a page may set; each has a default that fits light and dark. The manifest has its texts from here.
 *
 * @cssproperty --jitsi-meeting-height - height of the element; without it 544px, but no higher than the window
 * @cssproperty --jitsi-meeting-background - behind the frame and its screens
 * @cssproperty --jitsi-meeting-surface - notices and the bar below
 * @cssproperty --jitsi-meeting-text - text
 * @cssproperty --jitsi-meeting-muted - text of less weight
 * @cssproperty --jitsi-meeting-accent - the main button, links, the spinner
 * @cssproperty --jitsi-meeting-on-accent - text on the main button
 * @cssproperty --jitsi-meeting-danger - what is broken
 * @cssproperty --jitsi-meeting-border - around the element, such as `1px solid #ccc`
 * @cssproperty --jitsi-meeting-radius - how round the corners are
 * @cssproperty --jitsi-meeting-spacing - the unit of all distances
 * @cssproperty --jitsi-meeting-font - size, line height and family at once
 * @cssproperty --jitsi-meeting-font-family - family of the font; without it, the page's
 * @cssproperty --jitsi-meeting-font-size - size of the font
 * @cssproperty --jitsi-meeting-button-radius - how round buttons are
 * @cssproperty --jitsi-meeting-secondary - text and edge of the other buttons
 * @cssproperty --jitsi-meeting-secondary-background - behind the text of the other buttons
 * @cssproperty --jitsi-meeting-spinner - what turns while the visitor waits
 * @cssproperty --jitsi-meeting-icon - the icon of a screen
 * @cssproperty --jitsi-meeting-icon-background - behind the icon
 * @cssproperty --jitsi-meeting-icon-size - width and height of the icon
 *
 * @csspart frame - around the iframe
 * @csspart panel - what covers the frame: placeholder, loading, ended, error
 * @csspart icon - the sign of a screen
 * @csspart spinner - in its place while something is under way
 * @csspart note - when the next try comes, or that it takes longer
 * @csspart steps - what it waits for
 * @csspart details - what to tell support
 * @csspart copy - its button
 * @csspart close - the button of a notice
 * @csspart banner - what lies over the upper edge of a running meeting
 * @csspart title - the heading of a screen
 * @csspart message - the sentence below it
 * @csspart button - each button and link
 * @csspart status - the bar below
 * @csspart role - in the bar: what the person is
 * @csspart rights - in the bar: what they can do
 * @csspart expiry - in the bar: how long the access lasts
 */
export const theme = css`
  :host {
    --_background: var(--jitsi-meeting-background, light-dark(#f3f4f6, #15171c));
    --_surface: var(--jitsi-meeting-surface, light-dark(#ffffff, #1f232b));
    --_text: var(--jitsi-meeting-text, light-dark(#16181d, #f1f3f7));
    --_muted: var(--jitsi-meeting-muted, light-dark(#4b5260, #aeb6c4));
    --_accent: var(--jitsi-meeting-accent, light-dark(#0b5cd5, #7fb2ff));
    --_on-accent: var(--jitsi-meeting-on-accent, light-dark(#ffffff, #0c1524));
    --_danger: var(--jitsi-meeting-danger, light-dark(#a3161c, #ff9c9c));
    --_border: var(--jitsi-meeting-border, 1px solid light-dark(#d5d9e0, #333a47));
    --_radius: var(--jitsi-meeting-radius, 14px);
    --_space: var(--jitsi-meeting-spacing, 8px);
    --_secondary: var(--jitsi-meeting-secondary, var(--_accent));
    box-sizing: border-box;
    /* What the person has set in the browser, whatever the page makes of its own. */
    font-size: medium !important;
  }
  :host([hidden]) {
    display: none !important;
  }
  /* Nothing that the page sets on itself reaches the words, but whether they are seen, and their font. */
  .root {
    all: initial;
    box-sizing: border-box;
    visibility: inherit;
    color-scheme: inherit;
    pointer-events: inherit;
    color: var(--_text);
    font-family: var(--jitsi-meeting-font-family, inherit);
    font-size: var(--jitsi-meeting-font-size, max(15px, 0.9375em));
    line-height: 1.5;
    -webkit-text-size-adjust: 100%;
  }
  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_border: 2px solid var(--_text);
    }
  }
  .root > * {
    font: var(--jitsi-meeting-font);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button:focus-visible,
  .button:focus-visible,
  summary:focus-visible {
    outline: 3px solid var(--_text);
    outline-offset: 2px;
  }
`;

export const meetingStyles = css`
  /* The size is its own in every layout: 960 by 544, and no narrower than 240 unless the page says so. */
  :host {
    break-inside: avoid;
    /* Not a block, because WebKit makes a block's child too high where the page gives a ratio. */
    display: flex;
    flex-direction: column;
    writing-mode: horizontal-tb;
    block-size: var(--jitsi-meeting-height, auto);
    /* Less in a narrow window: a ratio makes a width of it, and that has to fit. */
    min-block-size: min(160px, 40cqi);
  }
  .root {
    flex: 1 min(544px, 100dvh);
    min-block-size: 0;
    inline-size: 100%;
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) auto / 100%;
    /* Counts where the page makes a block of the element. */
    block-size: 100%;
    overflow: clip;
    background: var(--_background);
    border: var(--_border);
    border-radius: var(--_radius);
  }
  .root::before {
    content: '';
    grid-area: 1 / 1 / -1 / -1;
    display: grid;
    grid-template-columns: minmax(240px, 960px);
    /* WebKit takes what is in a column of 100 % for as narrow as one likes. */
    min-inline-size: min-content;
    block-size: min(544px, 100dvh);
    /* The border is part of the size. */
    margin: -1px;
  }
  :host(:fullscreen) .root {
    border: 0;
    border-radius: 0;
  }
  .stage {
    grid-area: 1 / 1;
    position: relative;
    container-type: size;
    outline: none;
  }
  .bar {
    grid-area: 2 / 1;
    container-type: inline-size;
  }
  .stage:focus-visible::after {
    content: '';
    border: 3px solid var(--_text);
    border-radius: inherit;
    pointer-events: none;
  }
  .frame,
  .stage:focus-visible::after {
    position: absolute;
    inset: 0;
  }
  .frame > * {
    display: block;
  }
`;
