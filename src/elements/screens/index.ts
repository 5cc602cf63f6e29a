import { nothing, type TemplateResult } from 'lit';
import type { Later } from '../later.js';
import { drawScreen } from './draw.js';
import { drawGoing, placeholder, waiting } from './going.js';
import { alertIcon } from './icons.js';
import type { ScreenView } from './view.js';

/**
 * What lies over the frame now.
 * @param later draws what is over and what runs; `undefined` until it is there
 * @param isMissing whether it could not be fetched
 */
export function renderScreen(
  view: ScreenView,
  later: Later | undefined,
  isMissing: boolean,
): TemplateResult | typeof nothing {
  const { state, recovery } = view;
  switch (state) {
    case 'ended':
    case 'failed':
      return later?.drawOver(view) ?? drawPlainly(view, isMissing);
    case 'ready':
    case 'joined':
      return later?.drawNotices(view) ?? nothing;
    case 'reconnecting':
      if (later) return later.drawReconnecting(view);
      return recovery === 'in-doubt' || recovery === 'by-app' ? nothing : drawScreen(view, waiting(view));
    default:
      return drawGoing(view, later);
  }
}

/** Of what is over, without the code that can say more: that the meeting can be joined again. */
function drawPlainly(view: ScreenView, isMissing: boolean): TemplateResult {
  const { state, say, join } = view;
  if (!isMissing) return drawScreen(view, { panel: 'loading', tone: 'wait', title: '', actions: [] });
  if (state === 'ended') return drawScreen(view, placeholder(view));
  return drawScreen(view, {
    panel: 'error',
    tone: 'error',
    icon: alertIcon,
    title: say('script-load-title'),
    text: say('script-load'),
    actions: [{ key: 'retry', press: join }],
  });
}
