import { html, nothing, type TemplateResult } from 'lit';
import type { MessageKey } from '../../locale/en.js';
import type { Later } from '../later.js';
import { drawScreen, type Screen } from './draw.js';
import { cameraIcon, offlineIcon } from './icons.js';
import type { ScreenView } from './view.js';

/** Before and on the way in. */
export function drawGoing(view: ScreenView, later: Later | undefined): TemplateResult | typeof nothing {
  const { state, offline } = view;
  switch (state) {
    case 'idle':
      return drawScreen(view, placeholder(view));
    case 'connecting':
    case 'loading':
      return drawScreen(view, offline ? offlineScreen(view) : (later?.slow(view) ?? waiting(view)));
    case 'leaving':
      return drawScreen(view, { panel: 'loading', tone: 'wait', title: view.say('leaving'), actions: [] });
    default:
      return nothing;
  }
}

export function placeholder(view: ScreenView): Screen {
  const { name, person, say, mayJoin, join } = view;
  const text = person === undefined ? say('placeholder') : withName(view, 'placeholder-as', person);
  return {
    panel: 'placeholder',
    tone: 'neutral',
    icon: cameraIcon,
    title: name || say('placeholder-title'),
    text: view.domain ? text : undefined,
    actions: mayJoin ? [{ key: 'join', press: join }] : [],
  };
}

/** A name may be written the other way round than the words that it stands in. */
function withName(view: ScreenView, key: MessageKey, name: string): TemplateResult {
  const [before = '', after = ''] = view.say(key, { name: '\0' }).split('\0');
  return html`${before}<bdi><b>${name}</b></bdi
    >${after}`;
}

/** On the way in. What more there is to say after a while comes from `slow.ts`. */
export function waiting(view: ScreenView): Screen {
  const { state, say, access, name } = view;
  const isOpening = state === 'loading';
  return {
    panel: 'loading',
    tone: 'wait',
    title: name ? say('waiting-title', { room: name }) : say(isOpening ? 'loading' : 'connecting'),
    text: say(isOpening || access === 'none' ? 'loading' : 'connecting'),
    actions: [],
  };
}

export function offlineScreen(view: ScreenView): Screen {
  const { say, state, join, leave } = view;
  return {
    panel: 'loading',
    tone: 'wait',
    icon: offlineIcon,
    title: say('offline-title'),
    text: say('offline'),
    // A browser may be wrong about the network.
    actions: [
      { key: 'retry', press: join },
      ...(state === 'connecting' ? [{ key: 'cancel', press: leave, quiet: true } as const] : []),
    ],
  };
}
