import { html, nothing, type TemplateResult } from 'lit/html.js';
import { circle, spinnerIcon, type Icon } from './icons.js';
import type { Action, Screen } from './screen.js';
import type { ScreenView } from './view.js';

/** What a screen has that comes later. */
export interface FullScreen extends Omit<Screen, 'actions'> {
  /** Each keeps its place while others come and go: none becomes another one below a finger or a keyboard. */
  actions: readonly (Action | undefined)[];
  /** In place of the sentence: what it waits for. */
  steps?: TemplateResult | undefined;
  /** What comes by itself, and when. */
  note?: string | undefined;
  details?: TemplateResult | typeof nothing;
}

export function drawScreen(view: ScreenView, screen: FullScreen): TemplateResult {
  const { panel, tone, icon, title, text, steps, note, actions, details } = screen;
  return html`
    <div class="panel ${panel}" data-tone=${tone} part="panel">
      <div class="sheet">
        <slot name="logo"></slot>
        <slot name=${view.error?.code ?? panel}
          ><slot name=${panel}>
            <span class="icon" part=${icon ? 'icon' : 'spinner'} aria-hidden="true">
              ${icon ? drawIcon(icon) : spinner}
            </span>
            ${title ? html`<h2 part="title">${title}</h2>` : nothing} ${steps ?? nothing}
            ${text ? html`<p part="message">${text}</p>` : nothing}
            ${note ? html`<p class="note" part="note">${note}</p>` : nothing}
          </slot></slot
        >
        <div class="actions">
          ${actions.map((action) => action && drawAction(view, action))}<slot name="actions"></slot>
        </div>
        ${details ?? nothing}
      </div>
    </div>
  `;
}

const spinner = html`<svg class="spinner" viewBox="0 0 24 24">
  <path d=${circle} />
  <path d=${spinnerIcon} />
</svg>`;

const drawIcon = (icon: Icon): TemplateResult => html`<svg viewBox="0 0 24 24"><path d=${icon} /></svg>`;

export function drawAction({ say }: ScreenView, { key, press, href, target, quiet }: Action): TemplateResult {
  const look = quiet ? 'quiet' : '';
  if (href === undefined) {
    return html`<button type="button" class=${look} part="button" @click=${press}>${say(key)}</button>`;
  }
  return html`<a class="button ${look}" part="button" href=${href} target=${target ?? nothing} rel="noreferrer"
    >${say(key)}</a
  >`;
}
