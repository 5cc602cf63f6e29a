import { css } from '../css.js';

/** What every screen is drawn with. */
export const baseStyles = css`
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
    /* Also a name that is one long word. */
    overflow-wrap: anywhere;
  }
  ::slotted(*) {
    object-fit: contain;
    max-inline-size: 100%;
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
  .icon .spinner > :first-child {
    opacity: 0.25;
  }
  h2 {
    margin: calc(var(--_space) / 2) 0 0;
    font-size: 1.35em;
    line-height: 1.25;
    text-wrap: balance;
  }
  p {
    margin: 0;
    color: var(--_muted);
    text-wrap: pretty;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space);
    margin-block-start: var(--_space);
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
    text-decoration: none;
    /* That of other text where the page's accent is not a colour, and draws no button below the words. */
    color: color-mix(in srgb, var(--_on-accent) 100%, var(--_accent));
    background: var(--_accent);
    border: 2px solid var(--_accent);
    border-radius: var(--jitsi-meeting-button-radius, 999px);
    cursor: pointer;
  }
  /* The first is what helps most. */
  .actions > * ~ *,
  .actions > .quiet {
    color: var(--_secondary);
    background: var(--jitsi-meeting-secondary-background, transparent);
    border-color: var(--_secondary);
  }
  .actions > * ~ .quiet {
    background: transparent;
    border-color: transparent;
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
`;
