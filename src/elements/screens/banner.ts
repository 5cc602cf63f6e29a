import { html, nothing, type TemplateResult } from 'lit/html.js';

/** One row over the upper edge of a running meeting. */
export function drawRow(words: unknown, action: unknown = nothing): TemplateResult {
  return html`<div class="row">
    <p part="message">${words}</p>
    ${action}
  </div>`;
}

export function drawBanner(rows: unknown): TemplateResult {
  return html`<div class="banner" part="banner">${rows}</div>`;
}
