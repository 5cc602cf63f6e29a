import { html, nothing, type TemplateResult } from 'lit';
import type { MessageKey } from '../../locale/en.js';
import { drawScreen, type Action, type Screen, type Step } from './draw.js';
import { cameraIcon, offlineIcon } from './icons.js';
import type { ScreenView } from './view.js';

/** ms until the screen says more of what it waits for, offers to give up, and offers another way in. */
export const patience = { steps: 3_000, cancel: 8_000, tab: 10_000 };

/** Before and on the way in. */
export function drawGoing(view: ScreenView): TemplateResult | typeof nothing {
  const { state, offline } = view;
  switch (state) {
    case 'idle':
      return drawScreen(view, placeholder(view));
    case 'connecting':
      return drawScreen(view, offline ? offlineScreen(view) : waiting(view));
    case 'loading':
      return drawScreen(view, waiting(view));
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

export function waiting(view: ScreenView): Screen {
  const { state, say, waited, loaded, leave } = view;
  const isSlow = waited >= patience.steps;
  const actions: Action[] = [];
  const url = loaded >= patience.tab ? view.meetingUrl : undefined;
  if (url) actions.push({ key: 'open-tab', href: url, target: '_blank' });
  if (waited >= patience.cancel) actions.push({ key: 'cancel', press: leave, quiet: true });
  return {
    panel: 'loading',
    tone: 'wait',
    title: view.name ? say('waiting-title', { room: view.name }) : say(state === 'loading' ? 'loading' : 'connecting'),
    ...(isSlow
      ? { steps: steps(view) }
      : { text: say(state === 'loading' || view.access === 'none' ? 'loading' : 'connecting') }),
    note: waited >= patience.cancel ? say('takes-longer') : undefined,
    actions,
  };
}

/** Server and access are asked side by side; the first that isn't there yet is what is waited for. */
function steps({ state, access, isReached }: ScreenView): Step[] {
  const isLoading = state === 'loading';
  const all: [MessageKey, boolean][] = [
    ['step-server', isLoading || isReached],
    ...(access === 'none' ? [] : [['step-access', isLoading || access === 'there'] as [MessageKey, boolean]]),
    ['step-open', false],
  ];
  const now = all.findIndex(([, isDone]) => !isDone);
  return all.map(([key, isDone], index) => ({ key, at: isDone ? 'done' : index === now ? 'now' : 'later' }));
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
