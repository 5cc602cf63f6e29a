import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { MessageKey } from '../../locale/en.js';
import { patience } from '../passing-time.js';
import { drawScreen } from './draw.js';
import { waiting } from './going.js';
import { circle, type Icon } from './icons.js';
import type { ScreenView } from './view.js';

type StepKey = 'step-server' | 'step-access' | 'step-open';

interface Step {
  key: StepKey;
  at: 'done' | 'now' | 'later';
}

/** What is said of a step before it is done. */
const underWay: Record<StepKey, MessageKey> = {
  'step-server': 'step-server-now',
  'step-access': 'connecting',
  'step-open': 'loading',
};

/** A way in that takes longer: what it waits for, how to give up, another way. */
export function drawSlow(view: ScreenView): TemplateResult {
  const { say, waited, loaded, leave } = view;
  const url = loaded >= patience.tab ? view.meetingUrl : undefined;
  const isLong = waited >= patience.cancel;
  return drawScreen(view, {
    ...waiting(view),
    text: undefined,
    steps: drawSteps(view),
    note: isLong ? say('takes-longer') : undefined,
    actions: [
      url ? { key: 'open-tab', href: url, target: '_blank' } : undefined,
      isLong ? { key: 'cancel', press: leave, quiet: true } : undefined,
    ],
  });
}

/** Server and access are asked side by side; the first that isn't there yet is what is waited for. */
function steps({ state, access, isReached }: ScreenView): Step[] {
  const isLoading = state === 'loading';
  const all: [StepKey, boolean][] = [
    ['step-server', isLoading || isReached],
    ...(access === 'none' ? [] : [['step-access', isLoading || access === 'there'] as [StepKey, boolean]]),
    ['step-open', false],
  ];
  const now = all.findIndex(([, isDone]) => !isDone);
  return all.map(([key, isDone], index) => ({ key, at: isDone ? 'done' : index === now ? 'now' : 'later' }));
}

function drawSteps(view: ScreenView): TemplateResult {
  return html`<ol part="steps">
    ${steps(view).map(
      ({ key, at }) =>
        html`<li class=${at} aria-current=${at === 'now' ? 'step' : nothing}>
          <svg class=${at === 'now' ? 'spinner' : ''} viewBox="0 0 24 24" aria-hidden="true">
            <path d=${stepIcons[at]} />
          </svg>
          <span
            >${
              at === 'done'
                ? html`${view.say(key)}<span class="hidden">, ${view.say('step-done')}</span>`
                : view.say(underWay[key])
            }</span
          >
        </li>`,
    )}
  </ol>`;
}

const stepIcons: Record<Step['at'], Icon> = {
  done: 'M12 2a10 10 0 0 1 0 20a10 10 0 0 1 0-20ZM7.5 12.5l3 3 6-6.5',
  now: 'M12 3a9 9 0 1 1-9 9',
  later: circle,
};
