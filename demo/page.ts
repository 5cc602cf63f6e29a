import '../src/index.js';
import { render } from 'lit';
import { api, type Config } from './api.js';
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
      ? 'Here Jitsi and the backend are made up in the page. In this browser people don’t see each other.'
      : 'Here Jitsi and the backend are made up in the page: no server is involved.';
  return standin
    ? `Here it talks to a local stand-in for Jitsi Meet, at ${domain}.`
    : `Here it talks to the Jitsi server at ${domain}.`;
}

/** Draws the page, or says why that isn't possible. */
export async function startPage(): Promise<void> {
  await start().catch((error: unknown) => {
    element('deployment').textContent =
      `The demo's server does not answer: ${error instanceof Error ? error.message : String(error)}`;
  });
}
