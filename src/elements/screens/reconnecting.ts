import type { TemplateResult } from 'lit/html.js';
import { inOneLine, wordsFor } from '../../locale/screen-words.js';
import { drawAction, drawScreen, type FullScreen } from './draw.js';
import { patience } from '../passing-time.js';
import { offlineScreen } from './going.js';
import { drawBanner, drawRow } from './banner.js';
import type { Action } from './screen.js';
import { stateKey, type ScreenView } from './view.js';

/** A meeting that was lost and is being joined again. */
export function drawReconnecting(view: ScreenView): TemplateResult {
  const { recovery, offline } = view;
  // While the old frame may come back it stays in sight.
  if (recovery === 'in-doubt' || recovery === 'by-app')
    return drawBanner(drawRow(inOneLine(view.say, stateKey(view)), drawAction(view, rejoin(view))));
  return drawScreen(view, offline ? offlineScreen(view) : reconnecting(view));
}

function reconnecting(view: ScreenView): FullScreen {
  const { say, waited, recovery, leave } = view;
  const { title, text } = wordsFor('reconnecting');
  return {
    panel: 'loading',
    tone: 'wait',
    title: say(title!),
    text: say(text!),
    actions: [
      recovery === 'paused' ? rejoin(view) : undefined,
      waited >= patience.cancel ? { key: 'cancel', press: leave, quiet: true } : undefined,
    ],
  };
}

const rejoin = ({ join }: ScreenView): Action => ({ key: 'rejoin', press: join });
