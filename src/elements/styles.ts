import { css } from 'lit';

/** What a page may set; each has a default that fits light and dark. */
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
    font-size: var(--jitsi-meeting-font-size, max(15px, 0.9375rem));
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
    display: block;
    block-size: var(--jitsi-meeting-height, auto);
    min-block-size: 160px;
  }
  .root {
    position: relative;
    display: grid;
    grid-template: minmax(0, 1fr) auto / 1fr;
    inline-size: 100%;
    block-size: 100%;
    overflow: hidden;
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
    block-size: 544px;
    block-size: min(544px, 100dvh);
    box-sizing: border-box;
    /* The border is part of the size. */
    margin-block-end: -2px;
  }
  :host(:fullscreen) .root {
    border: 0;
    border-radius: 0;
  }
  .stage {
    grid-area: 1 / 1;
    position: relative;
    container-type: size;
    min-block-size: 0;
    outline: none;
  }
  .bar {
    grid-area: 2 / 1;
    contain: inline-size;
  }
  .stage:focus-visible::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 3px solid var(--_text);
    border-radius: inherit;
    pointer-events: none;
  }
  .frame {
    position: absolute;
    inset: 0;
  }
  .frame > * {
    display: block;
  }
  .panel {
    position: absolute;
    inset: 0;
    display: flex;
    overflow: auto;
    background: var(--_background);
    --_tone: var(--_accent);
  }
  .sheet {
    display: grid;
    justify-items: center;
    gap: var(--_space);
    inline-size: min(30em, 100%);
    box-sizing: border-box;
    /* Centred as long as there is room, and never cut at the top. */
    margin: auto;
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    text-align: center;
    overflow-wrap: break-word;
  }
  .icon {
    display: grid;
    place-items: center;
    inline-size: var(--jitsi-meeting-icon-size, 52px);
    block-size: var(--jitsi-meeting-icon-size, 52px);
    border-radius: 50%;
    color: var(--jitsi-meeting-icon, var(--_tone));
    background: var(--jitsi-meeting-icon-background, color-mix(in srgb, var(--_tone) 14%, transparent));
  }
  .icon[part='spinner'] {
    color: var(--jitsi-meeting-spinner, var(--_accent));
    background: none;
  }
  svg {
    inline-size: 26px;
    block-size: 26px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon svg {
    inline-size: 50%;
    block-size: 50%;
  }
  .icon .spinner {
    inline-size: 75%;
    block-size: 75%;
  }
  h2 {
    margin: calc(var(--_space) / 2) 0 0;
    font-size: 1.35em;
    font-weight: 700;
    line-height: 1.25;
    text-wrap: balance;
    max-inline-size: 100%;
  }
  p {
    margin: 0;
    color: var(--_muted);
    text-wrap: pretty;
    max-inline-size: 100%;
  }
  .note {
    font-size: 0.92em;
    font-variant-numeric: tabular-nums;
  }
  ol {
    display: grid;
    gap: calc(var(--_space) * 0.75);
    margin: calc(var(--_space) / 2) 0;
    padding: 0;
    list-style: none;
    text-align: start;
  }
  li {
    display: flex;
    gap: calc(var(--_space) * 1.25);
    align-items: center;
    color: var(--_muted);
  }
  li svg {
    inline-size: 20px;
    block-size: 20px;
  }
  li.now {
    color: var(--_text);
    font-weight: 600;
  }
  li.done svg {
    color: light-dark(#0a6b34, #6fdc9b);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space);
    margin-block-start: var(--_space);
  }
  .actions:not(:has(*)) {
    display: none;
  }
  button,
  .button {
    display: inline-grid;
    place-content: center;
    min-block-size: 44px;
    min-inline-size: 44px;
    box-sizing: border-box;
    margin: 0;
    padding: 0.4em 1.4em;
    font: inherit;
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    color: var(--_on-accent);
    background: var(--_accent);
    border: 2px solid var(--_accent);
    border-radius: var(--jitsi-meeting-button-radius, 999px);
    cursor: pointer;
  }
  /* The first is what helps most. */
  .actions > * ~ *,
  .row button {
    color: var(--_secondary);
    background: var(--jitsi-meeting-secondary-background, transparent);
    border-color: var(--_secondary);
  }
  .actions > .quiet {
    color: var(--_secondary);
    background: transparent;
    border-color: transparent;
  }
  .actions > .quiet:first-child {
    border-color: var(--_secondary);
  }
  button:hover,
  .button:hover {
    box-shadow: inset 0 0 0 99px color-mix(in srgb, currentColor 12%, transparent);
  }
  button:active,
  .button:active {
    box-shadow: inset 0 0 0 99px color-mix(in srgb, currentColor 25%, transparent);
  }
  .spinner {
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 6s;
    }
  }
  /* What else stands in the element, text and links without a script, is not part of the bar. */
  .unnamed {
    display: block;
    visibility: hidden;
    font-size: 0;
  }
  .unnamed::slotted(*) {
    display: none;
  }
  .unnamed::slotted(jitsi-token-status) {
    display: block;
    visibility: visible;
  }
  @media (forced-colors: active) {
    .icon {
      border: 1px solid;
    }
    .icon[part='spinner'] {
      border: 0;
    }
    button:hover,
    .button:hover {
      color: Highlight;
      border-color: Highlight;
    }
  }
  /* Landscape phones, 400 % zoom, a small place on the page. */
  @container (max-height: 330px) {
    .icon:not([part='spinner']) {
      display: none;
    }
    .icon {
      inline-size: 32px;
      block-size: 32px;
    }
    .sheet {
      gap: calc(var(--_space) / 2);
      padding-block: var(--_space);
    }
    .actions {
      margin-block-start: calc(var(--_space) / 2);
    }
  }
  @container (max-width: 360px) {
    .sheet {
      padding-inline: calc(2 * var(--_space));
    }
    h2 {
      font-size: 1.2em;
    }
  }
  .banner {
    position: absolute;
    inset: 0 0 auto;
    overflow: auto;
    max-block-size: max(20cqb, 60px);
    background: var(--_surface);
    box-shadow: 0 1px 6px #0005;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--_space);
    padding: calc(var(--_space) / 2) calc(2 * var(--_space));
    line-height: 1.35;
  }
  .row p {
    flex: 1;
    color: var(--_text);
  }
  .row button {
    flex: none;
  }
`;

/** What is seen only when something went wrong, or over a running meeting. */
export const screenStyles = css`
  .panel[data-tone='error'] {
    --_tone: var(--_danger);
  }
  .panel[data-tone='notice'] {
    --_tone: var(--_muted);
  }
  details {
    max-inline-size: 100%;
    font-size: 0.88em;
    color: var(--_muted);
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    margin: auto;
    padding: 4px 8px;
    border-radius: 6px;
    cursor: pointer;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
    align-items: end;
    justify-content: space-between;
    margin-block-start: var(--_space);
    padding: var(--_space) calc(1.5 * var(--_space));
    text-align: start;
    background: var(--_surface);
    border: var(--_border);
    border-radius: 8px;
  }
  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px var(--_space);
    margin: 0;
  }
  dd {
    margin: 0;
    font-family: ui-monospace, monospace;
    overflow-wrap: anywhere;
  }
  button.copy {
    padding-inline: 1em;
    color: var(--_secondary);
    background: transparent;
    border-color: var(--_secondary);
  }
  .row + .row {
    border-block-start: 1px solid color-mix(in srgb, var(--_muted) 35%, transparent);
  }
  .row {
    padding-inline-end: calc(var(--_space) / 2);
  }
  .row button.close {
    padding: 0;
    color: var(--_text);
    background: transparent;
    border-color: transparent;
  }
  .close svg {
    inline-size: 20px;
    block-size: 20px;
  }
`;

export const statusStyles = css`
  :host {
    display: block;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 1.5em;
    margin: 0;
    padding: 4px calc(2 * var(--_space));
    background: var(--_surface);
    border-block-start: var(--_border);
    font-size: 0.9em;
    color: var(--_muted);
  }
  .facts > * {
    margin: 0;
  }
  .role {
    font-weight: 600;
    color: var(--_text);
  }
  summary {
    min-block-size: 24px;
    padding: 4px 8px;
    border-radius: 6px;
    cursor: pointer;
  }
  .expiry {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .expiry.over {
    color: var(--_danger);
  }
`;
