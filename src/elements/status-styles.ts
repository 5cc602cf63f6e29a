import { css } from './css.js';

export const statusStyles = css`
  .facts {
    /* Not a block: lines that the page draws under or through its words stop here. */
    display: inline-flex;
    inline-size: 100%;
    box-sizing: border-box;
    vertical-align: top;
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
    box-sizing: border-box;
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
  /* On a phone the bar takes two lines at most. */
  @container (max-width: 400px) {
    .facts {
      gap: 0 0.8em;
      padding-inline: calc(1.5 * var(--_space));
      font-size: 0.85em;
    }
    summary {
      padding: 2px 0;
    }
    .renews {
      display: none;
    }
  }
  @container (max-width: 340px) {
    .facts {
      gap: 0 0.5em;
      padding-inline: var(--_space);
      font-size: 0.8em;
    }
  }
`;
