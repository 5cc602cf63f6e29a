import '../src/index.js';
import { render } from 'lit';
import { api, type Config, type Person } from './api.js';
import { threeLines } from './code/snippets.js';
import { code } from './copy.js';
import { createStage } from './stage.js';
import { startTabs } from './tabs.js';

const element = <T extends HTMLElement>(id: string): T => document.getElementById(id) as T;

async function start(): Promise<void> {
  render(code(threeLines, 'The three lines for your page'), element('start'));
  const meeting = element<HTMLElementTagNameMap['jitsi-meeting']>('meeting');
  const [config, people, me] = await Promise.all([api.config(), api.people(), api.me()]);
  element('deployment').textContent = whomItTalksTo(config);
  if (people.length === 0) element('invitation').textContent = howToJoin(config, me);
  // Real people and real meetings are not broken for a try.
  element('tab-break').hidden = !config.breakable;
  const stage = createStage({
    meeting,
    config,
    people,
    me,
    places: { people: element('people'), meetings: element('meetings'), facts: element('facts') },
  });
  startTabs(element('tabs'), {
    playground: async (place) => (await import('./panels/playground.js')).playgroundPanel(place, meeting),
    states: async (place) => (await import('./panels/states.js')).statesPanel(place),
    break: async (place) => (await import('./panels/break/panel.js')).breakPanel(place, stage, config),
    events: async (place) => (await import('./panels/events.js')).eventsPanel(place, stage.log),
    theme: async (place) => (await import('./panels/theme.js')).themePanel(place),
    token: async (place) => (await import('./panels/token.js')).tokenPanel(place, config),
  });
  await stage.ready;
  document.documentElement.dataset['ready'] = '';
}

function whomItTalksTo({ domain, standin, serverless }: Config): string {
  if (serverless)
    return typeof SharedWorker === 'undefined'
      ? 'Here Jitsi and the backend are made up in the page. People don’t see each other, as this browser has no SharedWorker.'
      : 'Here Jitsi and the backend are made up in the page: no server is involved.';
  return standin
    ? `Meetings here run on a small stand-in for Jitsi Meet, at ${domain}.`
    : `Meetings here run on the Jitsi server at ${domain}.`;
}

/** Where the demo's own people, who are signed in from the start, aren't known. */
function howToJoin({ signIn }: Config, me: Person | null): string {
  if (me) return 'Try it: you are signed in, press Join.';
  return signIn === null ? 'Nobody can sign in to this demo yet.' : 'Try it: sign in, then press Join.';
}

/** Draws the page, or says why that isn't possible. */
export async function startPage(): Promise<void> {
  await start().catch((error: unknown) => {
    element('deployment').textContent =
      `The demo's server does not answer: ${error instanceof Error ? error.message : String(error)}`;
  });
}
