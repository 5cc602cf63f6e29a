import { nothing, type TemplateResult } from 'lit';
import { drawGoing } from './going.js';
import { drawNotices } from './notice-rows.js';
import { drawOver } from './over.js';
import type { ScreenView } from './view.js';

/** What lies over the frame now. */
export function renderScreen(view: ScreenView): TemplateResult | typeof nothing {
  switch (view.state) {
    case 'ended':
    case 'failed':
      return drawOver(view);
    case 'ready':
    case 'joined':
      return drawNotices(view);
    default:
      return drawGoing(view);
  }
}
