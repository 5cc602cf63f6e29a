import { html, nothing, svg, type TemplateResult } from 'lit';
import type { MessageKey } from '../../locale/en.js';
import type { Icon } from './icons.js';
import type { ScreenView } from './view.js';

/** Red is for what is broken: a step that a person has to take is neutral, what will pass waits. */
export type Tone = 'neutral' | 'wait' | 'notice' | 'error';

/** A button, or a link where there is an address. The first of a screen that isn't quiet is its main one. */
export interface Action {
  key: MessageKey;
  press?: () => void;
  href?: string | undefined;
  target?: '_top' | '_blank';
  quiet?: boolean;
}

/** All that a screen has; every screen is drawn from this. */
export interface Screen {
  panel: 'placeholder' | 'loading' | 'ended' | 'error';
  tone: Tone;
  /** None: the spinner. */
  icon?: Icon;
  /** Empty: nothing is known to say yet. */
  title: string;
  text?: string | TemplateResult | undefined;
  /** In place of the sentence: what it waits for. */
  steps?: TemplateResult | undefined;
  /** What comes by itself, and when. */
  note?: string | undefined;
  actions: readonly Action[];
  details?: TemplateResult | typeof nothing;
}

export function drawScreen(view: ScreenView, screen: Screen): TemplateResult {
  const { panel, tone, icon, title, text, steps, note, actions, details } = screen;
  return html`
    <div class="panel ${panel}" data-tone=${tone} part="panel">
      <div class="sheet">
        <slot name="logo"></slot>
        <slot name=${panel}>
          <span class="icon" part=${icon ? 'icon' : 'spinner'} aria-hidden="true">
            ${icon ? html`<svg viewBox="0 0 24 24">${icon}</svg>` : spinner}
          </span>
          ${title ? html`<h2 part="title">${title}</h2>` : nothing} ${steps ?? nothing}
          ${text ? html`<p part="message">${text}</p>` : nothing}
          ${note ? html`<p class="note" part="note">${note}</p>` : nothing}
        </slot>
        <div class="actions">${actions.map((action) => drawAction(view, action))}<slot name="actions"></slot></div>
        ${details ?? nothing}
      </div>
    </div>
  `;
}

/** An arc, so that it still turns where colours are forced. */
const spinner = html`<svg class="spinner" viewBox="0 0 24 24">
  ${svg`<circle cx="12" cy="12" r="9" opacity=".25"/><path d="M12 3a9 9 0 0 1 9 9"/>`}
</svg>`;

export function drawAction({ say }: ScreenView, { key, press, href, target, quiet }: Action): TemplateResult {
  const look = quiet ? 'quiet' : '';
  if (href === undefined) {
    return html`<button type="button" class=${look} part="button" @click=${press}>${say(key)}</button>`;
  }
  return html`<a class="button ${look}" part="button" href=${href} target=${target ?? nothing} rel="noreferrer"
    >${say(key)}</a
  >`;
}
