import { css } from '../css.js';

/** What is seen only when something went wrong, or over a running meeting. */
export const screenStyles = css`
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
    padding: calc(var(--_space) / 2);
    padding-inline-start: calc(2 * var(--_space));
    line-height: 1.35;
  }
  .row p {
    flex: 1;
    color: var(--_text);
  }
  .row button {
    flex: none;
  }
  .row button,
  .copy {
    color: var(--_secondary);
    background: var(--jitsi-meeting-secondary-background, transparent);
    border-color: var(--_secondary);
  }
  /* At most a fifth of a phone's meeting. */
  @container (max-width: 400px) {
    .row {
      gap: 4px;
      padding-block: 0;
      padding-inline-start: var(--_space);
      font-size: 0.85em;
      line-height: 1.25;
    }
    .row:only-child p {
      padding-block: 4px;
    }
  }
  /* A long word beside its value would leave that no place. */
  @container (max-width: 300px) {
    .facts dl {
      grid-template-columns: minmax(0, 1fr);
    }
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
  li svg,
  .close svg {
    inline-size: 20px;
    block-size: 20px;
  }
  li.now {
    color: var(--_text);
    font-weight: 600;
  }
  .done svg {
    color: light-dark(#0a6b34, #6fdc9b);
    /* Drawings keep a colour of their own where the system's are forced. */
    forced-color-adjust: auto;
  }
  .panel[data-tone='error'] {
    --_tone: var(--_danger);
  }
  .panel[data-tone='notice'] {
    --_tone: var(--_muted);
  }
  details {
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
    grid-template-columns: fit-content(50%) minmax(0, 1fr);
    gap: 2px var(--_space);
    margin: 0;
  }
  dd {
    margin: 0;
    font-family: ui-monospace, monospace;
  }
  .copy {
    padding-inline: 1em;
  }
  .row + .row {
    border-block-start: 1px solid color-mix(in srgb, var(--_muted) 35%, transparent);
  }
  .row button.close {
    padding: 0;
    color: var(--_text);
    background: transparent;
    border-color: transparent;
  }
`;
