import { html, nothing, type TemplateResult } from 'lit/html.js';
import { inOneLine } from '../../locale/screen-words.js';
import type { Notice, NoticeKind } from '../notices.js';
import { drawBanner, drawRow } from './banner.js';
import { closeIcon } from './more-icons.js';
import { stateKey, type ScreenView } from './view.js';

/** In this order. Each kind has its place, as what is spoken once must not come again in another's. */
const kinds: readonly NoticeKind[] = ['both', 'camera', 'microphone', 'role-differs', 'embed-limited'];

/** What lies over the upper edge of a running meeting. */
export function drawNotices(view: ScreenView): TemplateResult | typeof nothing {
  const { notices, offline, state, waitingFor } = view;
  // Of these the app shows nothing by itself.
  const isUntold = offline || (state === 'ready' && waitingFor === 'start');
  if (notices.length === 0 && !isUntold) return nothing;
  const rows = kinds.map((one) => notices.find(({ kind }) => kind === one)).map((notice) => row(view, notice));
  return drawBanner([isUntold ? drawRow(inOneLine(view.say, stateKey(view))) : nothing, ...rows]);
}

function row({ say, close }: ScreenView, notice: Notice | undefined): TemplateResult | typeof nothing {
  if (!notice) return nothing;
  const { kind, keys } = notice;
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
