import { html, nothing, type TemplateResult } from 'lit/html.js';
import { repeat } from 'lit/directives/repeat.js';
import { inOneLine } from '../../locale/screen-words.js';
import type { Notice } from '../notices.js';
import { drawBanner, drawRow } from './banner.js';
import { closeIcon } from './more-icons.js';
import { stateKey, type ScreenView } from './view.js';

/** What lies over the upper edge of a running meeting. */
export function drawNotices(view: ScreenView): TemplateResult | typeof nothing {
  const { notices, offline, state, waitingFor } = view;
  // Of these the app shows nothing by itself.
  const isUntold = offline || (state === 'ready' && waitingFor === 'start');
  if (notices.length === 0 && !isUntold) return nothing;
  // By kind, as what is spoken once must not come again in another's place.
  return drawBanner([
    isUntold ? drawRow(inOneLine(view.say, stateKey(view))) : nothing,
    repeat(
      notices,
      ({ kind }) => kind,
      (notice) => row(view, notice),
    ),
  ]);
}

function row({ say, close }: ScreenView, { kind, keys }: Notice): TemplateResult {
  const id = `notice-${kind}`;
  return html`<div class="row">
    <p part="message" role="alert" id=${id}>${keys.map((key) => say(key)).join(' ')}</p>
    <button
      type="button"
      class="close"
      part="close"
      aria-label=${say('close')}
      aria-describedby=${id}
      @click=${() => close(kind)}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d=${closeIcon} /></svg>
    </button>
  </div>`;
}
