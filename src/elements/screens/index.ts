import type { JitsiMeetingError } from '../../errors.js';
import type { Later } from '../later.js';
import { patience } from '../passing-time.js';
import { offlineScreen, placeholder, waiting } from './going.js';
import { alertIcon } from './icons.js';
import type { Screen } from './screen.js';
import type { ScreenView } from './view.js';

/**
 * The screen over the frame, where it is one of those that need nothing fetched. `undefined`: there is none, or `later`
 * draws it.
 * @param later draws what is over and what runs; `undefined` until it is there
 * @param isMissing whether it could not be fetched
 */
export function firstScreen(view: ScreenView, later: Later | undefined, isMissing: boolean): Screen | undefined {
  const { state, recovery, say, offline } = view;
  switch (state) {
    case 'idle':
      return placeholder(view);
    case 'connecting':
    case 'loading':
      if (offline) return offlineScreen(view);
      return later && view.waited >= patience.steps ? undefined : waiting(view);
    case 'leaving':
      return { panel: 'loading', tone: 'wait', title: say('leaving'), actions: [] };
    case 'ended':
    case 'failed':
      return later ? undefined : plainly(view, isMissing);
    case 'reconnecting':
      return later || recovery === 'in-doubt' || recovery === 'by-app' ? undefined : waiting(view);
    default:
      return undefined;
  }
}

/** Which words a failure has without the code that can say more. A page may forbid that code, too. */
export const plainKey = (error: JitsiMeetingError | undefined): 'page-policy' | 'script-load' =>
  error?.code === 'page-policy' ? error.code : 'script-load';

/** Of what is over, without the code that can say more: that the meeting can be joined again. */
function plainly(view: ScreenView, isMissing: boolean): Screen {
  const { state, say, join, error } = view;
  if (!isMissing) return { panel: 'loading', tone: 'wait', title: '', actions: [] };
  if (state === 'ended') return placeholder(view);
  const key = plainKey(error);
  return {
    panel: 'error',
    tone: 'error',
    icon: alertIcon,
    title: say(`${key}-title`),
    text: say(key),
    // A try also fetches what is missing.
    actions: key === 'page-policy' ? [] : [{ key: 'retry', press: join }],
  };
}
