import { nothing, render, type TemplateResult } from 'lit/html.js';
import { drawNotices } from './notice-rows.js';
import { drawOver } from './over.js';
import { drawReconnecting } from './reconnecting.js';
import { drawSlow } from './slow.js';
import type { ScreenView } from './view.js';

/** Draws into the stage what the first screens don't show. `undefined`: one of those is shown. */
export function drawLater(stage: HTMLElement, view: ScreenView | undefined): void {
  render(view ? screenOf(view) : nothing, stage);
}

function screenOf(view: ScreenView): TemplateResult | typeof nothing {
  switch (view.state) {
    case 'connecting':
    case 'loading':
      return drawSlow(view);
    case 'ended':
    case 'failed':
      return drawOver(view);
    case 'reconnecting':
      return drawReconnecting(view);
    default:
      return drawNotices(view);
  }
}
