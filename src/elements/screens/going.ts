import { cameraIcon, offlineIcon } from './icons.js';
import type { Screen } from './screen.js';
import type { ScreenView } from './view.js';

export function placeholder({ name, person, say, mayJoin, join, domain }: ScreenView): Screen {
  const text = person === undefined ? say('placeholder') : say('placeholder-as', { name: person });
  return {
    panel: 'placeholder',
    tone: 'neutral',
    icon: cameraIcon,
    title: name || say('placeholder-title'),
    text: domain ? text : undefined,
    actions: mayJoin ? [{ key: 'join', press: join }] : [],
  };
}

/**
 * A name may be written the other way round than the words that it stands in, or turn them round: it is set apart, but for
 * plain ones. 2068 and 2069 are Unicode's `<bdi>`.
 */
export const apart = (name: string): string =>
  /^([a-z][\w -]*)?$/i.test(name) ? name : `\u2068${name.replaceAll('\u2069', '')}\u2069`;

/** On the way in. What more there is to say after a while comes from `slow.ts`. */
export function waiting({ state, say, access, name }: ScreenView): Screen {
  const text = say(state === 'loading' || access === 'none' ? 'loading' : 'connecting');
  return {
    panel: 'loading',
    tone: 'wait',
    title: name ? say('waiting-title', { room: name }) : text,
    text,
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
