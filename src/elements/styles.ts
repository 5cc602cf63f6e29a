import { css } from 'lit';

/** Colours and sizes that a page may set; each has a default that fits light and dark. */
export const theme = css`
  :host {
    --_background: var(--jitsi-meeting-background, light-dark(#f3f4f6, #15171c));
    --_surface: var(--jitsi-meeting-surface, light-dark(#ffffff, #1f232b));
    --_text: var(--jitsi-meeting-text, light-dark(#16181d, #f1f3f7));
    --_muted: var(--jitsi-meeting-muted, light-dark(#4b5260, #aeb6c4));
    --_accent: var(--jitsi-meeting-accent, light-dark(#0b5cd5, #7fb2ff));
    --_on-accent: var(--jitsi-meeting-on-accent, light-dark(#ffffff, #0c1524));
    --_danger: var(--jitsi-meeting-danger, light-dark(#a3161c, #ff9c9c));
    --_radius: var(--jitsi-meeting-radius, 12px);
    --_font: var(--jitsi-meeting-font, 15px/1.5 system-ui, sans-serif);
    box-sizing: border-box;
    color: var(--_text);
    font: var(--_font);
  }
  :host([hidden]) {
    display: none;
  }
`;

export const meetingStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: var(--jitsi-meeting-height, 34rem);
    min-height: 16rem;
    overflow: hidden;
    background: var(--_background);
    border-radius: var(--_radius);
  }
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
    outline: none;
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
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 1rem;
    padding: 1.5rem;
    overflow: auto;
    text-align: center;
    background: var(--_background);
  }
  .panel p {
    margin: 0;
    max-width: 34rem;
    font-size: 1.1em;
    text-wrap: balance;
  }
  .banner {
    position: absolute;
    inset: 0 0 auto;
    max-height: 60%;
    overflow: auto;
    background: var(--_surface);
    box-shadow: 0 1px 6px #0005;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 1rem;
    padding: 0.5rem 1rem;
  }
  .row + .row {
    border-top: 1px solid color-mix(in srgb, var(--_muted) 35%, transparent);
  }
  .row p {
    flex: 1;
    margin: 0;
  }
  .error p {
    color: var(--_danger);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
  }
  button,
  .button {
    font: inherit;
    font-weight: 600;
    padding: 0.55em 1.3em;
    border: 2px solid var(--_accent);
    border-radius: 999px;
    color: var(--_on-accent);
    background: var(--_accent);
    text-decoration: none;
    cursor: pointer;
  }
  /* The first button is the one that helps most. */
  .actions > * + *,
  .plain {
    color: var(--_accent);
    background: transparent;
  }
  .row button {
    flex: none;
    padding: 0.3em 1em;
  }
  button:focus-visible,
  .button:focus-visible {
    outline: 3px solid var(--_text);
    outline-offset: 2px;
  }
  .spinner {
    width: 2.5rem;
    height: 2.5rem;
    border: 4px solid color-mix(in srgb, var(--_accent) 25%, transparent);
    border-top-color: var(--_accent);
    border-radius: 50%;
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
  .said {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

export const statusStyles = css`
  :host {
    display: block;
    padding: 0.5rem 1rem;
    background: var(--_surface);
    font-size: 0.9em;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.1rem 1.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .role {
    font-weight: 600;
  }
  .rights,
  .expiry {
    color: var(--_muted);
  }
  .expiry {
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .expiry.over {
    color: var(--_danger);
  }
`;
