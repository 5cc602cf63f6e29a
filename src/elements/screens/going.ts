import { cameraIcon, offlineIcon } from './icons.js';
import type { Screen } from './screen.js';
import type { ScreenView } from './view.js';

export function placeholder({ name, person, say, mayJoin, join, domain }: ScreenView): Screen {
  // A name may be written the other way round than the words that it stands in.
  const text = person === undefined ? say('placeholder') : say('placeholder-as', { name: `\u2068${person}\u2069` });
  return {
    panel: 'placeholder',
    tone: 'neutral',
    icon: cameraIcon,
    title: name || say('placeholder-title'),
    text: domain ? text : undefined,
    actions: mayJoin ? [{ key: 'join', press: join }] : [],
  };
}

/** On the way in. What more there is to say after a while comes from `slow.ts`. */
export function waiting({ state, say, access, name }: ScreenView): Screen {
  const isOpening = state === 'loading';
  return {
    panel: 'loading',
    tone: 'wait',
    title: name ? say('waiting-title', { room: name }) : say(isOpening ? 'loading' : 'connecting'),
    text: say(isOpening || access === 'none' ? 'loading' : 'connecting'),
    actions: [],
  };
}

export function offlineScreen({ say, state, join, leave }: ScreenView): Screen {
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
